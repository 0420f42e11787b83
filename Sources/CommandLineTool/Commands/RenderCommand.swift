import JSON
import WorkloadModel
import YAML

extension Command {
    static let render = Command(
        name: "render",
        summary: "print the Workload that publish would send; no network",
        discussion: "Reads the descriptor and the files it names and prints the Workload as a whole custom resource.",
        example: "render \(WorkloadNames.example)",
        groups: {
            [
                ParameterGroup(title: "What to print", parameters: Parameter.workload),
                ParameterGroup(title: "In which form", parameters: Parameter.rendering),
            ]
        },
        run: { context, values in
            var reader = ParameterReader(values)
            let names = WorkloadNames(&reader)
            guard reader.error.isEmpty, let names else { throw reader.error }
            let workload = try WorkloadSource.read(names, values, context).workload
            let document = values.isOn(.payload) ? workload.payload : workload.customResource
            let isJSON = values.word(.renderOutput) == DocumentFormat.json
            try context.deliver(isJSON ? document.text(.pretty) + "\n" : document.yaml, values)
        })
}
