import Foundation
import JSON
import Testing

/// What Argo Workflows makes of a template that is called.
struct ArgoTemplate {
    let template: JSONValue
    let resourceName: String?

    init(_ file: String, template name: String = "generate-workload-cr") throws {
        let document = try PipelineBench.workflow("argo/\(file)")[0]
        resourceName = document["metadata"]?["name"]?.string
        template = try #require(document["spec"]?["templates"]?.named(name))
    }

    /// The template as Argo fills it: the workflow's parameters in the whole of it first, then the inputs.
    func filled(arguments: [String: String], workflow: [String: String]) throws -> JSONValue {
        var inputs: [String: String] = [:]
        for input in template["inputs"]?["parameters"]?.array ?? [] {
            let name = try #require(input["name"]?.string)
            let given = arguments[name] ?? input["value"]?.string ?? input["default"]?.string
            let value = try #require(given, "the parameter \(name) was not supplied")
            inputs["inputs.parameters.\(name)"] = Self.replaced(value, by: Self.globals(workflow))
        }
        return template.mapTexts { Self.replaced($0, by: Self.globals(workflow)) }
            .mapTexts { Self.replaced($0, by: inputs) }
    }

    static func globals(_ workflow: [String: String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: workflow.map { ("workflow.parameters.\($0)", $1) })
            .merging(["workflow.uid": "11111111-2222"]) { first, _ in first }
    }

    static func replaced(_ text: String, by values: [String: String]) -> String {
        substitute(text, open: "{{", close: "}}") { values[$0] }
    }

    /// The output parameters, read from their files as Argo reads them.
    static func outputs(_ filled: JSONValue, in bench: PipelineBench) -> [String: String] {
        var outputs: [String: String] = [:]
        for output in filled["outputs"]?["parameters"]?.array ?? [] {
            guard let name = output["name"]?.string, let path = output["valueFrom"]?["path"]?.string else { continue }
            outputs[name] = bench.read(String(path.dropFirst())) ?? output["valueFrom"]?["default"]?.string
        }
        return outputs
    }
}

/// The calls of published templates that a workflow comes to, `withParam` unfolded.
struct ArgoWorkflow {
    private let document: JSONValue
    /// The workflow's parameters, those of the file and those given for a run.
    let parameters: [String: String]

    init(_ file: String, parameters: [String: String]) throws {
        document = try PipelineBench.workflow("argo/\(file)")[0]
        var all: [String: String] = [:]
        for parameter in document["spec"]?["arguments"]?["parameters"]?.array ?? [] {
            all[try #require(parameter["name"]?.string)] = try #require(parameter["value"]?.string)
        }
        self.parameters = all.merging(parameters) { $1 }
    }

    /// The arguments of every call of a template in another resource.
    func calls(from entrypoint: String? = nil) throws -> [(reference: JSONValue, arguments: [String: String])] {
        try calls(of: try #require(entrypoint ?? document["spec"]?["entrypoint"]?.string), inputs: [:])
    }

    /// One of its own containers as Argo fills it from the workflow's parameters.
    func container(of name: String) throws -> JSONValue {
        let container = try #require(document["spec"]?["templates"]?.named(name)?["container"])
        return container.mapTexts { ArgoTemplate.replaced($0, by: ArgoTemplate.globals(parameters)) }
    }

    private func calls(
        of name: String, inputs: [String: String]
    ) throws -> [(reference: JSONValue, arguments: [String: String])] {
        let template = try #require(document["spec"]?["templates"]?.named(name), "no template \(name)")
        let values = ArgoTemplate.globals(parameters).merging(inputs) { $1 }
        return try (template["steps"]?.array ?? []).flatMap { $0.array ?? [] }.flatMap { step in
            try items(of: step, values).flatMap { item in
                var arguments: [String: String] = [:]
                for argument in step["arguments"]?["parameters"]?.array ?? [] {
                    let text = try #require(argument["value"]?.string)
                    arguments[try #require(argument["name"]?.string)] =
                        ArgoTemplate.replaced(text, by: values.merging(item) { $1 })
                }
                if let reference = step["templateRef"] { return [(reference, arguments)] }
                let inputs = arguments.map { ("inputs.parameters.\($0)", $1) }
                return try calls(
                    of: try #require(step["template"]?.string), inputs: Dictionary(uniqueKeysWithValues: inputs))
            }
        }
    }

    /// What `{{item.NAME}}` means in each of the steps that one step becomes.
    private func items(of step: JSONValue, _ values: [String: String]) throws -> [[String: String]] {
        guard let list = step["withParam"]?.string else { return [[:]] }
        let items = try #require(JSONValue(parsing: ArgoTemplate.replaced(list, by: values)).array)
        return items.map { item in
            let members = item.object?.members ?? []
            return Dictionary(uniqueKeysWithValues: members.map { ("item.\($0.name)", $0.value.string ?? "") })
        }
    }
}
