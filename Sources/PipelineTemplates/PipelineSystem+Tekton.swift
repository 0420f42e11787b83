extension PipelineSystem {
    /// A Task (Tekton Pipelines, `docs/tasks.md`).
    static let tekton = PipelineSystem(
        name: "tekton", title: "Tekton",
        options: ["credentials", "ca-config-map", "to", "namespace", "service-account"],
        expression: "$(", documents: task)

    private static func task(_ definition: StepDefinition) -> YAMLText {
        let pod = PodStep(definition: definition) { "$(params.\($0.name))" }
        var sourceDir = definition.sourceDir
        // The checkout is in the workspace, unless the definition says a place of its own.
        let isElsewhere = sourceDir.value?.utf8.first == UInt8(ascii: "/")
        let sourcePath = (isElsewhere ? "" : "$(workspaces.source.path)/") + "$(params.\(sourceDir.name))"
        sourceDir.value = sourceDir.value.map(PodStep.escaped) ?? "."
        sourceDir.summary += ", relative to the workspace"
        let container = pod.container(
            resources: "computeResources", [(sourceDir.variable, sourcePath), ("OUTPUTS_DIR", "/tekton/results")])
        let parameters = (pod.inputs + [sourceDir]).map { input in
            """
            - name: \(input.name)
              description: \(input.summary)
              \(input.value.map { "default: \($0)" as YAMLText })
            """ as YAMLText
        }
        return """
            apiVersion: tekton.dev/v1
            kind: Task
            metadata:
              name: \(definition.name)
            spec:
              description: Creates or updates the OpenChoreo Workload of an image that was built.
              params:
                \(parameters)
              workspaces:
                - name: source
                  description: The checkout
                  readOnly: true
              results:
                - name: workload-name
                  description: The Workload's name
                - name: action
                  description: "What was done: created, updated or unchanged"
              steps:
                - name: publish
                  \(container)
              volumes:
                \(pod.volumes)
            \(definition.account?.documents)
            """
    }
}
