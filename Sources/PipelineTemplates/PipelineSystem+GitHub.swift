extension PipelineSystem {
    /// A composite action (GitHub, "Metadata syntax for GitHub Actions").
    static let github = PipelineSystem(
        name: "github", title: "GitHub Actions", expression: "${{", documents: action)

    private static func action(_ definition: StepDefinition) -> YAMLText {
        let inputs = definition.inputsOfCheckout
        let declarations = inputs.map { input in
            """
            \(input.name):
              description: \(input.summary)
              \(input.value.map { "default: \($0)" as YAMLText } ?? "required: true")
            """ as YAMLText
        }
        let variables = inputs.map { "\($0.variable): \("${{ inputs.\($0.name) }}")" as YAMLText }
        return """
            name: \(definition.name)
            description: Creates or updates the OpenChoreo Workload of an image that was built.
            inputs:
              \(declarations)
            outputs:
              workload-name:
                description: The Workload's name
                value: "${{ steps.publish.outputs.workload-name }}"
              action:
                description: "What was done: created, updated or unchanged"
                value: "${{ steps.publish.outputs.action }}"
            runs:
              using: composite
              steps:
                - id: publish
                  shell: bash
                  env:
                    PUBLISHER_IMAGE: \(definition.image)
                    HEAD_COMMIT_TIMESTAMP: "${{ github.event.head_commit.timestamp }}"
                    \(variables)
                  run: \(YAMLText(lines: script(of: definition, inputs)))
            """
    }

    /// What was built is known to the runner, unless the inputs say it.
    ///
    /// Values go by the names of their variables, so nothing of them is ever read as code. The runner's own user runs the
    /// container, for the files of outputs and summary belong to it.
    private static func script(of definition: StepDefinition, _ inputs: [StepInput]) -> String {
        let names =
            ["GITHUB_ACTIONS", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"]
            + ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"]
            + inputs.map(\.variable)
        return """
            if [ -z "$SOURCE_COMMIT" ]; then
              SOURCE_COMMIT=${GITHUB_SHA-}
              SOURCE_BRANCH=${SOURCE_BRANCH:-${GITHUB_HEAD_REF:-${GITHUB_REF_NAME-}}}
              SOURCE_REPOSITORY=${SOURCE_REPOSITORY:-${GITHUB_REPOSITORY:+${GITHUB_SERVER_URL-}/$GITHUB_REPOSITORY}}
              SOURCE_AUTHORED_AT=${SOURCE_AUTHORED_AT:-$HEAD_COMMIT_TIMESTAMP}
            fi
            docker run --rm --user "$(id -u):$(id -g)" \\
              --read-only --cap-drop ALL --security-opt no-new-privileges \\
              --volume "$GITHUB_WORKSPACE:$GITHUB_WORKSPACE:ro" --workdir "$GITHUB_WORKSPACE" \\
              --volume "$RUNNER_TEMP:$RUNNER_TEMP:ro" \\
              --volume "$GITHUB_OUTPUT:$GITHUB_OUTPUT" --volume "$GITHUB_STEP_SUMMARY:$GITHUB_STEP_SUMMARY" \\
            \(names.map { "  --env \($0) \\\n" }.joined())\
              --entrypoint workload-publisher "$PUBLISHER_IMAGE" \(definition.shellCommand)
            """
    }
}
