extension PipelineSystem {
    /// A template that a Workflow refers to (Argo Workflows, `fields.md`).
    static let argo = PipelineSystem(
        name: "argo", title: "Argo Workflows",
        options: [
            "kind", "template-name", "credentials", "workspace-mount", "ca-config-map", "retry-limit",
            "image-pull-secret", "to", "namespace", "service-account",
        ],
        givenByCallers: ["image", "namespace", "project", "component", "app-path", "run-name"],
        expression: "{{", documents: { ArgoTemplate(definition: $0).documents })
}

private struct ArgoTemplate {
    let definition: StepDefinition

    var documents: YAMLText {
        let pod = PodStep(definition: definition) { "{{inputs.parameters.\(Self.name(of: $0))}}" }
        let mount = definition.workspaceMount
        let sourceDir = definition.sourceDir.value ?? (mount == "/" ? "/source" : "\(mount)/source")
        let container = pod.container(
            [(definition.sourceDir.variable, PodStep.escaped(sourceDir)), ("OUTPUTS_DIR", "/tmp/outputs")],
            mounts: ["- {name: workspace, mountPath: \(mount), readOnly: true}"])
        return """
            apiVersion: argoproj.io/v1alpha1
            kind: \(definition.isClusterWide ? "ClusterWorkflowTemplate" : "WorkflowTemplate")
            metadata:
              name: \(definition.name)
            spec:
              templates:
                - name: \(definition.templateName)
                  inputs:
                    parameters:
                      \(pod.inputs.map(Self.parameter))
                      \(ignoredSecret)
                  outputs:
                    parameters:
                      - name: workload-name
                        valueFrom: {path: /tmp/outputs/workload-name, default: ""}
                      - name: action
                        valueFrom: {path: /tmp/outputs/action, default: ""}
                  \(definition.retryLimit > 0 ? retryStrategy : nil)
                  \(definition.account.map { "serviceAccountName: \($0.name)" as YAMLText })
                  \(definition.imagePullSecret.map(Self.podSpecPatch))
                  volumes:
                    \(pod.volumes)
                  container:
                    \(container)
                    # The last line of standard error becomes the node's message.
                    terminationMessagePolicy: FallbackToLogsOnError
            \(definition.account?.documents)
            \(definition.account?.executor)
            """
    }

    private var retryStrategy: YAMLText {
        """
        # Exit code 75 is a temporary failure, an Error one of the pod; no other is tried again. OpenChoreo finds
        # logs and events by the name of the task's node, which a retry strategy changes.
        retryStrategy:
          limit: \(String(definition.retryLimit))
          retryPolicy: Always
          expression: "lastRetry.exitCode == '75' || lastRetry.status == 'Error'"
          backoff: {duration: 10s, factor: "2"}
        """
    }

    private static func podSpecPatch(_ secret: String) -> YAMLText {
        "podSpecPatch: \("{\"imagePullSecrets\": [{\"name\": \"\(secret)\"}]}")"
    }

    private var ignoredSecret: YAMLText? {
        guard definition.clientSecret != nil else { return nil }
        return """
            # Taken for workflows that pass it, and not used: the secret comes from a Secret.
            - {name: oauth-client-secret, default: ""}
            """
    }

    private static func parameter(_ input: StepInput) -> YAMLText {
        let name = name(of: input)
        if isOfWorkflow(input), input.value?.isEmpty != false {
            return "- {name: \(name), default: \("{{workflow.parameters.\(name)}}")}"
        }
        return input.value.map { "- {name: \(name), default: \($0)}" } ?? "- {name: \(name)}"
    }

    /// The parameters that workflows which build components have, with one name for the program and one in Argo.
    private static func isOfWorkflow(_ input: StepInput) -> Bool {
        ["NAMESPACE_NAME", "PROJECT_NAME", "COMPONENT_NAME", "APP_PATH"].contains(input.variable)
    }

    private static func name(of input: StepInput) -> String {
        isOfWorkflow(input) ? input.variable.lowercased().replacing("_", with: "-") : input.name
    }
}
