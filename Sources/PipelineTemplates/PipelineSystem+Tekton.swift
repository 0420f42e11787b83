extension PipelineSystem {
    /// A Task (Tekton Pipelines, `docs/tasks.md`).
    static let tekton = PipelineSystem(
        name: "tekton", title: "Tekton", options: [.credentials, .caConfigMap, .access],
        objections: [.nul, .expression("$(", of: "Tekton")],
        documents: { definition in
            [TektonTask(definition: definition).document] + (definition.kubernetes.access?.documents() ?? [])
        })
}

private struct TektonTask {
    let definition: StepDefinition
    private let pod: PodStep

    init(definition: StepDefinition) {
        self.definition = definition
        pod = PodStep(definition: definition) { "$(params.\($0.name))" }
    }

    var document: YAMLTree {
        [
            "apiVersion": "tekton.dev/v1",
            "kind": "Task",
            "metadata": ["name": .text(definition.name)],
            "spec": [
                "description": "Creates or updates the OpenChoreo Workload of an image that was built.",
                "params": .list((pod.inputs + [sourceDir]).map(parameter)),
                "workspaces": [["name": "source", "description": "The checkout", "readOnly": true]],
                "results": [
                    ["name": "workload-name", "description": "The Workload's name"],
                    ["name": "action", "description": "What was done: created, updated or unchanged"],
                ],
                "steps": [step],
                "volumes": .list(pod.volumes),
            ],
        ]
    }

    private var sourceDir: StepInput {
        var input = definition.sourceDir
        input.value = input.value.map(PodStep.escaped) ?? "."
        input.summary += ", relative to the workspace"
        return input
    }

    /// Where the checkout is: in the workspace, unless the definition says a place of its own.
    private var sourcePath: String {
        let reference = "$(params.\(definition.sourceDir.name))"
        let isAbsolute = definition.sourceDir.value?.utf8.first == UInt8(ascii: "/")
        return isAbsolute ? reference : "$(workspaces.source.path)/\(reference)"
    }

    private var step: YAMLTree {
        [
            "name": "publish", "image": pod.image, "command": PodStep.command, "args": pod.arguments,
            "env": pod.environment([
                (definition.sourceDir.variable, sourcePath), ("OUTPUTS_DIR", "/tekton/results"),
            ]),
            "computeResources": PodStep.resources, "securityContext": PodStep.securityContext,
            "volumeMounts": .list(pod.mounts),
        ]
    }

    private func parameter(_ input: StepInput) -> YAMLTree {
        var entries: [YAMLTree.Entry] = [
            .init(key: "name", value: .text(input.name)), .init(key: "description", value: .text(input.summary)),
        ]
        if let value = input.value { entries.append(.init(key: "default", value: .text(value))) }
        return .map(entries)
    }
}
