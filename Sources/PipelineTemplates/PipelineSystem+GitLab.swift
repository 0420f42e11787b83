extension PipelineSystem {
    /// A CI/CD component (GitLab, "CI/CD components", "CI/CD inputs").
    static let gitlab = PipelineSystem(
        name: "gitlab", title: "GitLab CI/CD", options: [],
        objections: [.nul, .expression("$", of: "GitLab"), .percentVariable, .keyword],
        documents: { definition in
            let component = GitLabComponent(definition: definition)
            return [component.header, component.jobs]
        })
}

private struct GitLabComponent {
    let definition: StepDefinition
    private static let outputs = "workload-publisher-outputs"

    var header: YAMLTree {
        let stage: YAMLTree = ["description": "The stage of the job", "default": "deploy"]
        let entries = inputs.map { YAMLTree.Entry(key: $0.name, value: declaration($0)) }
        return ["spec": ["inputs": .map([.init(key: "stage", value: stage)] + entries)]]
    }

    var jobs: YAMLTree {
        let image = definition.publisherImage ?? definition.standardImage.withShell
        let variables = inputs.map {
            YAMLTree.Entry(key: Self.variable(of: $0), value: .text("$[[ inputs.\($0.name) ]]"))
        }
        let job: YAMLTree = [
            "stage": "$[[ inputs.stage ]]",
            "image": .commented(
                "GitLab's runner needs a shell in the image.", ["name": .text(image), "entrypoint": .inline([""])]),
            "variables": .commented(
                "Names of their own: a variable of the project wins over one of the job.", .map(variables)),
            "script": .list(script.map { .text($0) }),
            "retry": .commented(
                "Exit code 75 is a temporary failure.",
                ["max": 2, "when": .inline(["runner_system_failure"]), "exit_codes": .inline([75])]),
            "artifacts": ["reports": ["dotenv": .text("\(Self.outputs)/published.env")]],
        ]
        return .map([.init(key: definition.name, value: job)])
    }

    private var inputs: [StepInput] { definition.inputsOfCheckout }

    private static func variable(of input: StepInput) -> String { "COMPONENT_INPUT_\(input.variable)" }

    /// The variables that the program reads, from the inputs.
    private var exports: [String] {
        let assignments = inputs.map { input in
            let given = Self.variable(of: input)
            let isSetByGroup = Self.setByGroups.contains(input.variable)
            let value = isSetByGroup ? "${\(given):-${\(input.variable)-}}" : "$\(given)"
            return "\(input.variable)=\"\(value)\""
        }
        return (assignments + ["OUTPUTS_DIR=\(Self.outputs)"]).map { "export \($0)" }
    }

    /// What was built is known to the runner, unless the inputs say it.
    private static let source =
        "if [ -z \"$SOURCE_COMMIT\" ]; then SOURCE_COMMIT=\"${CI_COMMIT_SHA-}\" "
        + "SOURCE_BRANCH=\"${SOURCE_BRANCH:-${CI_COMMIT_REF_NAME-}}\" "
        + "SOURCE_REPOSITORY=\"${SOURCE_REPOSITORY:-${CI_PROJECT_URL-}}\" "
        + "SOURCE_AUTHORED_AT=\"${SOURCE_AUTHORED_AT:-${CI_COMMIT_TIMESTAMP-}}\"; fi"

    /// Outputs leave the job as variables of the later ones; a dry run has none.
    private var script: [String] {
        let value = { (file: String) in "\"$(cat \"$OUTPUTS_DIR/\(file)\")\"" }
        return exports + [
            Self.source, "workload-publisher \(definition.shellCommand)",
            "if [ -f \"$OUTPUTS_DIR/action\" ]; then "
                + "printf 'PUBLISHED_WORKLOAD_NAME=%s\\nPUBLISHED_ACTION=%s\\n' "
                + "\(value("workload-name")) \(value("action")) > \"$OUTPUTS_DIR/published.env\"; fi",
        ]
    }

    /// What a group sets for all its projects: such a variable stands in for an input that is left empty.
    private static let setByGroups = [
        "API_URL", "OAUTH_TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET", "CLIENT_SECRET_FILE", "CLIENT_ASSERTION_FILE",
        "ACCESS_TOKEN_FILE", "CA_FILE",
    ]

    private func declaration(_ input: StepInput) -> YAMLTree {
        guard let value = input.value ?? (Self.setByGroups.contains(input.variable) ? "" : nil) else {
            return ["description": .text(input.summary)]
        }
        return ["description": .text(input.summary), "default": .text(value)]
    }
}

extension Objection {
    /// GitLab reads `%NAME%` as a variable, as Windows does.
    fileprivate static let percentVariable = Objection { value in
        let parts = value.text.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
        let isRead = parts.dropFirst().dropLast().contains { part in
            !part.isEmpty && part.allSatisfy { isWordByte($0) }
        }
        return isRead
            ? "GitLab would take what stands between two '%' for a variable; write the value without them" : nil
    }

    /// A job may not be named like a keyword of the file (GitLab, "CI/CD YAML syntax reference", "Job names").
    fileprivate static let keyword = Objection { value in
        let keywords = [
            "image", "services", "stages", "types", "variables", "cache", "include", "true", "false", "nil", "default",
            "workflow", "spec", "pages",
        ]
        guard value.name == "name", keywords.contains(value.text) else { return nil }
        return "no job in GitLab can have this name, which is a keyword; take another"
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
    }
}
