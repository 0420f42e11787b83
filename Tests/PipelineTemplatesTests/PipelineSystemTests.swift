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
        var refused: [String] = []
        for text in hostileTexts {
            do {
                #expect(try scope(system.text(of: definition(input: text))) == .string(text))
            } catch is UnusableValues {
                refused.append(text)
            }
        }
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
                        definition.publisherImage = text
                        definition.sourceDir.value = text
                        definition.comment = text
                        definition.kubernetes.templateName = text
                        definition.kubernetes.workspaceMount = text
                        definition.kubernetes.credentials = .secret(.init(name: text, key: text))
                        definition.kubernetes.caConfigMap = .init(name: text, key: text)
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
            "GitLab would take '$' for the start of an expression; write the value without it"
        ),
        ("gitlab", "a$X", "GitLab would take '$' for the start of an expression; write the value without it"),
        (
            "gitlab", "a%X%b",
            "GitLab would take what stands between two '%' for a variable; write the value without them"
        ),
        ("argo", "a\0b", "it holds a NUL character, which no environment variable can; remove it"),
        ("tekton", "\0", "it holds a NUL character, which no environment variable can; remove it"),
        ("github", "\0", "it holds a NUL character, which no environment variable can; remove it"),
        ("gitlab", "\0", "it holds a NUL character, which no environment variable can; remove it"),
    ]

    @Test(arguments: expressions)
    func `a step definition refuses what the system would make something else of`(
        name: String, text: String, reason: String
    ) throws {
        let system = try system(name)
        #expect(throws: UnusableValues(problems: [.init(name: "scope", reason: reason)])) {
            try system.text(of: definition(input: text))
        }
        #expect(throws: UnusableValues(problems: [.init(name: "source-path", reason: reason)])) {
            try system.text(of: definition { $0.sourceDir.value = text })
        }
        #expect(throws: UnusableValues(problems: [.init(name: "publisher-image", reason: reason)])) {
            try system.text(of: definition { $0.publisherImage = text })
        }
    }

    @Test(arguments: [
        ("argo", "$(x) $[[ y ]] %z%"), ("tekton", "{{x}} ${{ y }} %z%"), ("github", "{{x}} $(y) $[[ z ]] %a%"),
        ("gitlab", "{{x}} %2F"),
    ])
    func `a step definition takes what only another system would read`(name: String, text: String) throws {
        let system = try system(name)
        let written = try scope(system.text(of: definition(input: text)))
        #expect(written == .string(PodStep.escaped(text)) || written == .string(text))
    }

    @Test(arguments: ["pages", "image", "default"])
    func `a step definition names no job in GitLab like a keyword`(name: String) throws {
        #expect(
            throws: UnusableValues(
                problems: [
                    .init(name: "name", reason: "no job in GitLab can have this name, which is a keyword; take another")
                ])
        ) {
            try PipelineSystem.gitlab.text(of: definition { $0.name = name })
        }
    }

    @Test(arguments: [
        ("plain", "plain"), ("a$b", "a$b"), ("$", "$"), ("$(A)", "$$(A)"), ("$$", "$$$$"), ("$$(A)", "$$$$(A)"),
        ("$x $(A)", "$$x $$(A)"), ("a$", "a$"),
    ])
    func `a step definition doubles a dollar where Kubernetes would read it`(text: String, escaped: String) {
        #expect(PodStep.escaped(text) == escaped)
    }
}
