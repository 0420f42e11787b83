import JSON
import Testing

@testable import PipelineTemplates

@Suite struct StepDefinitions {
    private static let systems = PipelineSystem.all.map(\.name)

    private func system(_ name: String) throws -> PipelineSystem {
        try #require(PipelineSystem.all.first { $0.name == name })
    }

    /// The default of the input `scope`, where each system has it.
    private func scope(_ text: String) throws -> JSONValue? {
        let document = try documents(text)[0]
        return document.at("spec", "templates", "0", "inputs", "parameters")?.named("scope")?["default"]
            ?? document.at("spec", "params")?.named("scope")?["default"]
            ?? document.at("inputs", "scope", "default") ?? document.at("spec", "inputs", "scope", "default")
    }

    @Test(arguments: systems)
    func `a step definition carries every default that it takes as it was given`(name: String) throws {
        let system = try system(name)
        for text in hostileTexts { #expect(try scope(system.text(of: definition(input: text))) == .string(text)) }
        let refused = hostileTexts.filter { system.objection(to: $0) != nil }
        #expect(refused == (name == "gitlab" ? ["${x}", "$x"] : []))
    }

    @Test(arguments: systems)
    func `a step definition has the same shape whatever the values are`(name: String) throws {
        let system = try system(name)
        func shape(_ value: JSONValue) -> JSONValue {
            switch value {
            case .string: "text"
            case .array(let elements): .array(elements.map(shape))
            case .object(let object):
                .object(JSONObject(object.members.map { .init(name: $0.name, value: shape($0.value)) }))
            default: value
            }
        }
        func shapes(_ text: String) throws -> [JSONValue] {
            try documents(
                system.text(
                    of: definition(input: text) { definition in
                        definition.name = name == "gitlab" ? "step" : text
                        definition.image = text
                        definition.sourceDir.value = text
                        definition.arguments = [text]
                        definition.comment = text
                        definition.templateName = text
                        definition.workspaceMount = text
                        definition.clientSecret = (name: text, key: text)
                        definition.caConfigMap = (name: text, key: text)
                        definition.imagePullSecret = text
                        definition.account = StepAccount(text, in: text, writingTo: text)
                    })
            ).map(shape)
        }
        let expected = try shapes("harmless")
        for text in hostileTexts where !text.contains("$") { #expect(try shapes(text) == expected, "\(text)") }
    }

    static let expressions = [
        ("argo", "a{{b", "Argo Workflows would take '{{' for the start of an expression; write the value without it"),
        (
            "argo", "{{workflow.name}}",
            "Argo Workflows would take '{{' for the start of an expression; write the value without it"
        ),
        (
            "tekton", "$(params.image)",
            "Tekton would take '$(' for the start of an expression; write the value without it"
        ),
        (
            "github", "${{ secrets.X }}",
            "GitHub Actions would take '${{' for the start of an expression; write the value without it"
        ),
        (
            "gitlab", "$[[ inputs.x ]]",
            "GitLab CI/CD would take '$' for the start of an expression; write the value without it"
        ),
        ("gitlab", "a$X", "GitLab CI/CD would take '$' for the start of an expression; write the value without it"),
        (
            "gitlab", "a%X%b",
            "GitLab CI/CD would take what stands between two '%' for a variable; write the value without them"
        ),
    ]

    @Test(arguments: expressions)
    func `a step definition refuses what the system would make something else of`(
        name: String, text: String, reason: String
    ) throws {
        #expect(try system(name).objection(to: text) == reason)
    }

    @Test(arguments: [
        ("argo", "$(x) $[[ y ]] %z%"), ("tekton", "{{x}} ${{ y }} %z%"), ("github", "{{x}} $(y) $[[ z ]] %a%"),
        ("gitlab", "{{x}} %2F"),
    ])
    func `a step definition takes what only another system would read`(name: String, text: String) throws {
        let system = try system(name)
        #expect(system.objection(to: text) == nil)
        let written = try scope(system.text(of: definition(input: text)))
        #expect(written == .string(PodStep.escaped(text)) || written == .string(text))
    }

    @Test(arguments: [
        ("plain", "plain"), ("a$b", "a$b"), ("$", "$"), ("$(A)", "$$(A)"), ("$$", "$$$$"), ("$$(A)", "$$$$(A)"),
        ("$x $(A)", "$$x $$(A)"), ("a$", "a$"),
    ])
    func `a step definition doubles a dollar where Kubernetes would read it`(text: String, escaped: String) {
        #expect(PodStep.escaped(text) == escaped)
    }
}
