extension PipelineSystem {
    /// A template that a Workflow refers to (Argo Workflows, `fields.md`).
    static let argo = PipelineSystem(
        name: "argo", title: "Argo Workflows",
        options: [
            .kind, .templateName, .credentials, .workspaceMount, .caConfigMap, .retryLimit, .imagePullSecret, .access,
        ],
        givenByCallers: ["image", "namespace", "project", "component", "app-path", "run-name"],
        objections: [.nul, .expression("{{", of: "Argo Workflows")],
        documents: { definition in
            [ArgoTemplate(definition: definition).document]
                + (definition.kubernetes.access?.documents(executor: ClusterAccess.executing) ?? [])
        })
}

private struct ArgoTemplate {
    let definition: StepDefinition
    private let pod: PodStep
    private static let outputs = "/tmp/outputs"

    init(definition: StepDefinition) {
        self.definition = definition
        pod = PodStep(definition: definition) { "{{inputs.parameters.\(Self.name(of: $0))}}" }
    }

    /// The parameters that workflows which build components have, with one name for the program and one in Argo.
    private static func isOfWorkflow(_ input: StepInput) -> Bool {
        ["NAMESPACE_NAME", "PROJECT_NAME", "COMPONENT_NAME", "APP_PATH"].contains(input.variable)
    }

    private static func name(of input: StepInput) -> String {
        guard isOfWorkflow(input) else { return input.name }
        return input.variable.lowercased().split(separator: "_").joined(separator: "-")
    }

    var document: YAMLTree {
        [
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": definition.kubernetes.isClusterWide ? "ClusterWorkflowTemplate" : "WorkflowTemplate",
            "metadata": ["name": .text(definition.name)],
            "spec": ["templates": [template]],
        ]
    }

    private var template: YAMLTree {
        var entries: [YAMLTree.Entry] = [
            .init(key: "name", value: .text(definition.kubernetes.templateName)),
            .init(key: "inputs", value: ["parameters": .list(parameters)]),
            .init(key: "outputs", value: ["parameters": [output("workload-name"), output("action")]]),
        ]
        if definition.kubernetes.retryLimit > 0 {
            entries.append(.init(key: "retryStrategy", value: retryStrategy))
        }
        if let access = definition.kubernetes.access {
            entries.append(.init(key: "serviceAccountName", value: .text(access.serviceAccount)))
        }
        if let name = definition.kubernetes.imagePullSecret {
            let patch = "{\"imagePullSecrets\": [{\"name\": \"\(name)\"}]}"
            entries.append(.init(key: "podSpecPatch", value: .text(patch)))
        }
        entries.append(.init(key: "volumes", value: .list(pod.volumes)))
        entries.append(.init(key: "container", value: container))
        return .map(entries)
    }

    private var retryStrategy: YAMLTree {
        .commented(
            "Exit code 75 is a temporary failure, an Error one of the pod; no other is tried again. OpenChoreo finds\n"
                + "logs and events by the name of the task's node, which a retry strategy changes.",
            [
                "limit": .text(String(definition.kubernetes.retryLimit)), "retryPolicy": "Always",
                "expression": "lastRetry.exitCode == '75' || lastRetry.status == 'Error'",
                "backoff": .inline(["duration": "10s", "factor": "2"]),
            ])
    }

    private var container: YAMLTree {
        let mount = definition.kubernetes.workspaceMount
        let sourceDir = definition.sourceDir.value ?? (mount == "/" ? "/source" : "\(mount)/source")
        let workspace: YAMLTree = .inline(["name": "workspace", "mountPath": .text(mount), "readOnly": true])
        return [
            "image": pod.image, "command": PodStep.command, "args": pod.arguments,
            "env": pod.environment([
                (definition.sourceDir.variable, PodStep.escaped(sourceDir)), ("OUTPUTS_DIR", Self.outputs),
            ]),
            "resources": PodStep.resources, "securityContext": PodStep.securityContext,
            "volumeMounts": .list([workspace] + pod.mounts),
            "terminationMessagePolicy": .commented(
                "The last line of standard error becomes the node's message.", "FallbackToLogsOnError"),
        ]
    }

    private var parameters: [YAMLTree] {
        let passed = Set(pod.inputs.map(\.name))
        let ignored = definition.inputs.filter { $0.kind == .secret && !passed.contains($0.name) }
        return pod.inputs.map(parameter)
            + ignored.map { input in
                .commented(
                    "Taken for workflows that pass it, and not used: the secret comes from a Secret.",
                    .inline(["name": .text(input.name), "default": ""]))
            }
    }

    private func parameter(_ input: StepInput) -> YAMLTree {
        let name = Self.name(of: input)
        if Self.isOfWorkflow(input), input.value?.isEmpty != false {
            return .inline(["name": .text(name), "default": .text("{{workflow.parameters.\(name)}}")])
        }
        guard let value = input.value else { return .inline(["name": .text(name)]) }
        return .inline(["name": .text(name), "default": .text(value)])
    }

    private func output(_ name: String) -> YAMLTree {
        ["name": .text(name), "valueFrom": .inline(["path": .text("\(Self.outputs)/\(name)"), "default": ""])]
    }
}
