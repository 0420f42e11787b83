extension PipelineSystem {
    /// A composite action (GitHub, "Metadata syntax for GitHub Actions").
    static let github = PipelineSystem(
        name: "github", title: "GitHub Actions", options: [],
        objections: [.nul, .expression("${{", of: "GitHub Actions")],
        documents: { [GitHubAction(definition: $0).document] })
}

private struct GitHubAction {
    let definition: StepDefinition
    private static let outputs = [
        ("workload-name", "The Workload's name"), ("action", "What was done: created, updated or unchanged"),
    ]

    var document: YAMLTree {
        [
            "name": .text(definition.name),
            "description": "Creates or updates the OpenChoreo Workload of an image that was built.",
            "inputs": .map(inputs.map { .init(key: $0.name, value: declaration($0)) }),
            "outputs": .map(
                Self.outputs.map { name, summary in
                    .init(
                        key: name,
                        value: [
                            "description": .text(summary), "value": .text("${{ steps.publish.outputs.\(name) }}"),
                        ])
                }),
            "runs": [
                "using": "composite",
                "steps": [["id": "publish", "shell": "bash", "env": environment, "run": .lines(script)]],
            ],
        ]
    }

    private var inputs: [StepInput] { definition.inputsOfCheckout }

    private func declaration(_ input: StepInput) -> YAMLTree {
        guard let value = input.value else { return ["description": .text(input.summary), "required": true] }
        return ["description": .text(input.summary), "default": .text(value)]
    }

    private var environment: YAMLTree {
        let image = YAMLTree.Entry(
            key: "PUBLISHER_IMAGE", value: .text(definition.publisherImage ?? definition.standardImage.bare))
        let time = YAMLTree.Entry(
            key: "HEAD_COMMIT_TIMESTAMP", value: .text("${{ github.event.head_commit.timestamp }}"))
        return .map(
            [image, time] + inputs.map { .init(key: $0.variable, value: .text("${{ inputs.\($0.name) }}")) })
    }

    /// Values go by the names of their variables, so nothing of them is ever read as code.
    ///
    /// The runner's own user runs the container, for the files of outputs and summary belong to it.
    private var script: String {
        let proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"]
        let names = ["GITHUB_ACTIONS", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"] + proxies + inputs.map(\.variable)
        let lines =
            [
                "docker run --rm --user \"$(id -u):$(id -g)\"",
                "--read-only --cap-drop ALL --security-opt no-new-privileges",
                "--volume \"$GITHUB_WORKSPACE:$GITHUB_WORKSPACE:ro\" --workdir \"$GITHUB_WORKSPACE\"",
                "--volume \"$RUNNER_TEMP:$RUNNER_TEMP:ro\"",
                "--volume \"$GITHUB_OUTPUT:$GITHUB_OUTPUT\" --volume \"$GITHUB_STEP_SUMMARY:$GITHUB_STEP_SUMMARY\"",
            ] + Self.environmentFlags(names) + [
                "--entrypoint workload-publisher \"$PUBLISHER_IMAGE\" \(definition.shellCommand)"
            ]
        return Self.source + lines.joined(separator: " \\\n  ") + "\n"
    }

    /// What was built is known to the runner, unless the inputs say it.
    private static let source = """
        if [ -z "$SOURCE_COMMIT" ]; then
          SOURCE_COMMIT=${GITHUB_SHA-}
          SOURCE_BRANCH=${SOURCE_BRANCH:-${GITHUB_HEAD_REF:-${GITHUB_REF_NAME-}}}
          SOURCE_REPOSITORY=${SOURCE_REPOSITORY:-${GITHUB_REPOSITORY:+${GITHUB_SERVER_URL-}/$GITHUB_REPOSITORY}}
          SOURCE_AUTHORED_AT=${SOURCE_AUTHORED_AT:-$HEAD_COMMIT_TIMESTAMP}
        fi

        """

    /// `--env NAME` for each, as many on a line as fit.
    private static func environmentFlags(_ names: [String]) -> [String] {
        names.map { "--env \($0)" }.reduce(into: [String]()) { lines, flag in
            if let last = lines.last, last.utf8.count + flag.utf8.count < 100 {
                lines[lines.count - 1] = "\(last) \(flag)"
            } else {
                lines.append(flag)
            }
        }
    }
}
