import PipelineTemplates
import Text

extension Command {
    static let template = Command(
        name: "template",
        summary: "print a pipeline step definition that runs publish",
        discussion:
            "Prints the step as \(Alternatives.list(PipelineSystem.all.map(\.title))) define one. A connection "
            + "parameter becomes the default of the step's input of the same name. Variables are not read here: only "
            + "what stands on the command line is printed, and the same command line prints the same bytes.",
        operands: PipelineSystem.all.map(\.name).joined(separator: "|"),
        operandWords: { PipelineSystem.all.map(\.name) },
        example: "template argo --publisher-image registry.example.com/ci/workload-publisher:0.1.0",
        groups: {
            [
                ParameterGroup(title: "The step", parameters: Parameter.template),
                ParameterGroup(title: "Defaults of its inputs", parameters: Parameter.inputDefaults),
            ]
        },
        run: { context, values in
            let parameters = try StepParameters(values)
            if let warning = parameters.imageWarning {
                context.console.log(.warning, "mutable-image", "\(Parameter.publisherImage.name): \(warning)")
            }
            let open = parameters.open
            if !open.isEmpty {
                context.console.log(
                    .warning, "open-inputs",
                    "OpenChoreo's workflows do not give the inputs \(Alternatives.list(open, joint: "and")), which are "
                        + "empty here; print the template with " + open.map { "--\($0)" }.joined(separator: ", ")
                        + ", or give them in each call")
            }
            if values.text(given: .oauthClientSecret) != nil {
                context.console.log(
                    .warning, "secret-in-template",
                    "the client's secret is printed as the default of the input oauth-client-secret, where everybody "
                        + "can read it who can read the step definition; keep it among the secrets of the CI system")
            }
            try context.deliver(parameters.system.text(of: parameters.definition), values)
        })
}
