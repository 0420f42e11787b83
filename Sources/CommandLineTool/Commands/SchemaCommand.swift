import WorkloadModel

extension Command {
    static let schema = Command(
        name: "schema",
        summary: "print the JSON Schema of workload.yaml",
        discussion: "With the schema (JSON Schema 2020-12) an editor completes, explains and checks workload.yaml. The "
            + "first line of a descriptor names it: '# yaml-language-server: $schema=workload.schema.json'.",
        groups: { ParameterGroup.all([.outputFile]) },
        run: { context, values in
            try ParameterReader(values).finish()
            try context.deliver(WorkloadSchema.text, values)
        })
}
