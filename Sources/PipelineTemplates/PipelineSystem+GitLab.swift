extension PipelineSystem {
    /// A CI/CD component (GitLab, "CI/CD components", "CI/CD inputs", "CI/CD YAML syntax reference").
    static let gitlab = PipelineSystem(
        name: "gitlab", title: "GitLab CI/CD", needsShell: true,
        keywords: [
            "image", "services", "stages", "types", "variables", "cache", "include", "true", "false", "nil", "default",
            "workflow", "spec", "pages",
        ],
        expression: "$", readsPercent: true, documents: component)

    /// What a group sets for all its projects: such a variable stands in for an input that is left empty.
    private static let setByGroups: Set<String> = [
        "API_URL", "OAUTH_TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET", "CLIENT_SECRET_FILE", "CLIENT_ASSERTION_FILE",
        "ACCESS_TOKEN_FILE", "CA_FILE",
    ]

    private static func component(_ definition: StepDefinition) -> YAMLText {
        let inputs = definition.inputsOfCheckout
        let declarations = inputs.map { input in
            let value = input.value ?? (setByGroups.contains(input.variable) ? "" : nil)
            return """
                \(input.name):
                  description: \(input.summary)
                  \(value.map { "default: \($0)" as YAMLText })
                """ as YAMLText
        }
        let variables = inputs.map {
            "\("COMPONENT_INPUT_\($0.variable)"): \("$[[ inputs.\($0.name) ]]")" as YAMLText
        }
        return """
            spec:
              inputs:
                stage:
                  description: The stage of the job
                  default: deploy
                \(declarations)
            ---
            \(definition.name):
              stage: "$[[ inputs.stage ]]"
              # GitLab's runner needs a shell in the image.
              image:
                name: \(definition.image)
                entrypoint: [""]
              # Names of their own: a variable of the project wins over one of the job.
              variables:
                \(variables)
              script:
                \(script(of: definition, inputs).map { "- \($0)" as YAMLText })
              # Exit code 75 is a temporary failure.
              retry:
                max: 2
                when: [runner_system_failure]
                exit_codes: [75]
              artifacts:
                reports:
                  dotenv: workload-publisher-outputs/published.env
            """
    }

    /// The variables that the program reads, from the inputs; what was built, which the runner knows, unless the inputs say
    /// it; and the outputs, which leave the job as variables of the later ones and which a dry run has none of.
    private static func script(of definition: StepDefinition, _ inputs: [StepInput]) -> [String] {
        let exports = inputs.map { input in
            let given = "COMPONENT_INPUT_\(input.variable)"
            let isSetByGroup = setByGroups.contains(input.variable)
            return "export \(input.variable)=\"\(isSetByGroup ? "${\(given):-${\(input.variable)-}}" : "$\(given)")\""
        }
        return exports + [
            "export OUTPUTS_DIR=workload-publisher-outputs",
            "if [ -z \"$SOURCE_COMMIT\" ]; then SOURCE_COMMIT=\"${CI_COMMIT_SHA-}\" "
                + "SOURCE_BRANCH=\"${SOURCE_BRANCH:-${CI_COMMIT_REF_NAME-}}\" "
                + "SOURCE_REPOSITORY=\"${SOURCE_REPOSITORY:-${CI_PROJECT_URL-}}\" "
                + "SOURCE_AUTHORED_AT=\"${SOURCE_AUTHORED_AT:-${CI_COMMIT_TIMESTAMP-}}\"; fi",
            "workload-publisher \(definition.shellCommand)",
            "if [ -f \"$OUTPUTS_DIR/action\" ]; then "
                + "printf 'PUBLISHED_WORKLOAD_NAME=%s\\nPUBLISHED_ACTION=%s\\n' \"$(cat \"$OUTPUTS_DIR/workload-name\")\" "
                + "\"$(cat \"$OUTPUTS_DIR/action\")\" > \"$OUTPUTS_DIR/published.env\"; fi",
        ]
    }
}
