/// The parts of a step that runs as a pod, for whichever system starts it.
struct PodStep {
    let definition: StepDefinition
    /// How the system writes the value of an input.
    let reference: @Sendable (StepInput) -> String

    static let command: YAMLTree = .inline(["workload-publisher"])
    var arguments: YAMLTree { .inline(.list(["publish"] + definition.arguments.map { .text(Self.escaped($0)) })) }
    private static let caFolder = "/etc/workload-publisher/ca"
    private static let scratchVolume = "workload-publisher-tmp"
    private static let caVolume = "workload-publisher-ca"

    private var options: KubernetesOptions { definition.kubernetes }
    /// Whether the caller says what the client's secret is.
    var takesCredentials: Bool { options.credentials == .inputs }
    var image: YAMLTree { .text(definition.publisherImage ?? definition.standardImage.bare) }

    /// The inputs that reach the program, their values written so that Kubernetes leaves them as they are.
    var inputs: [StepInput] {
        let inputs =
            definition.inputs.filter { takesCredentials || $0.kind == .plain } + [secretName].compactMap(\.self)
        return inputs.map { input in
            var input = input
            if input.variable == "CA_FILE", let reference = options.caConfigMap {
                input.value = "\(Self.caFolder)/\(reference.key)"
            }
            input.value = input.value.map(Self.escaped)
            return input
        }
    }

    /// The input that names the Secret; its variable lets the program say which one is missing.
    private var secretName: StepInput? {
        guard options.access == nil, case .secret(let key) = options.credentials else { return nil }
        return StepInput(
            name: "oauth-client-secret-name", variable: "CLIENT_SECRET_NAME",
            summary: "The Secret in the pod's namespace that holds the client's secret", value: key.name)
    }

    /// The environment: fixed values and inputs, then what is secret.
    ///
    /// Kubernetes replaces `$(NAME)` in a value by a variable that is defined before it, so a secret has to be last.
    func environment(_ fixed: [(name: String, value: String)]) -> YAMLTree {
        let store = options.access == nil ? [] : [("PUBLISH_TO", "kubernetes")]
        let plain = fixed + store + inputs.filter { $0.kind != .secret }.map { ($0.variable, reference($0)) }
        var secrets: [YAMLTree] = inputs.filter { $0.kind == .secret }.map { Self.variable($0.variable, reference($0)) }
        var comment =
            "Last, so that no $(NAME) in a value above can mean it. Kubernetes makes $ of $$ in this value, and of\n"
            + "$(NAME) a variable: write each $ of the secret twice, or let it come from a Secret."
        if case .secret(let key) = options.credentials, let secretName,
            let input = definition.inputs.first(where: { $0.kind == .secret })
        {
            // Without it the pod would wait for a missing Secret for ever, and nothing would say so.
            let source: YAMLTree = [
                "secretKeyRef": ["name": .text(reference(secretName)), "key": .text(key.key), "optional": true]
            ]
            secrets = [.inline(["name": .text(input.variable), "valueFrom": source])]
            comment =
                "Last, so that no $(NAME) in a value above can mean it. Optional, so that the program can say that it is\n"
                + "missing; without that the pod would wait for it and say nothing."
        }
        if let first = secrets.first { secrets[0] = .commented(comment, first) }
        return .list(plain.map { Self.variable($0.name, $0.value) } + secrets)
    }

    /// What the container may do: nothing but run.
    static let securityContext: YAMLTree = [
        "runAsNonRoot": true, "runAsUser": 65_532, "runAsGroup": 65_532, "readOnlyRootFilesystem": true,
        "allowPrivilegeEscalation": false, "capabilities": .inline(["drop": ["ALL"]]),
        "seccompProfile": .inline(["type": "RuntimeDefault"]),
    ]

    /// What it asks of a node, and what it may take: both, for namespaces whose quota demands it.
    static let resources: YAMLTree = [
        "requests": .inline(["cpu": "10m", "memory": "32Mi"]), "limits": .inline(["cpu": "1", "memory": "256Mi"]),
    ]

    /// The mounts of `/tmp` and of the certificates.
    var mounts: [YAMLTree] {
        var mounts: [YAMLTree] = [.inline(["name": .text(Self.scratchVolume), "mountPath": "/tmp"])]
        if options.caConfigMap != nil {
            mounts.append(
                .inline(["name": .text(Self.caVolume), "mountPath": .text(Self.caFolder), "readOnly": true]))
        }
        return mounts
    }

    /// The volumes of those mounts.
    var volumes: [YAMLTree] {
        var volumes: [YAMLTree] = [.inline(["name": .text(Self.scratchVolume), "emptyDir": [:]])]
        if let reference = options.caConfigMap {
            let items: YAMLTree = [["key": .text(reference.key), "path": .text(reference.key)]]
            volumes.append([
                "name": .text(Self.caVolume), "configMap": ["name": .text(reference.name), "items": .inline(items)],
            ])
        }
        return volumes
    }

    /// The text in such a form that Kubernetes makes this text of it: `$$` stands for a `$`, `$(NAME)` for a variable.
    static func escaped(_ text: String) -> String {
        let dollar = UInt8(ascii: "$")
        let isTouched = zip(text.utf8, text.utf8.dropFirst()).contains { first, second in
            first == dollar && (second == dollar || second == UInt8(ascii: "("))
        }
        guard isTouched else { return text }
        return String(decoding: text.utf8.flatMap { $0 == dollar ? [dollar, dollar] : [$0] }, as: UTF8.self)
    }

    private static func variable(_ name: String, _ value: String) -> YAMLTree {
        .inline(["name": .text(name), "value": .text(value)])
    }
}
