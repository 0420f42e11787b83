/// The parts of a step that runs as a pod, for whichever system starts it.
struct PodStep {
    let definition: StepDefinition
    /// How the system writes the value of an input.
    let reference: @Sendable (StepInput) -> String

    private static let caFolder = "/etc/workload-publisher/ca"

    /// The inputs that reach the program, their values written so that Kubernetes leaves them as they are.
    var inputs: [StepInput] {
        let isGiven = definition.clientSecret != nil
        let inputs = definition.inputs.filter { !isGiven || !$0.isCredential } + [secretName].compactMap(\.self)
        return inputs.map { input in
            var input = input
            if input.variable == "CA_FILE", let reference = definition.caConfigMap {
                input.value = "\(Self.caFolder)/\(reference.key)"
            }
            input.value = input.value.map(Self.escaped)
            return input
        }
    }

    /// The input that names the Secret; its variable lets the program say which one is missing.
    private var secretName: StepInput? {
        definition.clientSecret.map { secret in
            StepInput(
                name: "oauth-client-secret-name", variable: "CLIENT_SECRET_NAME",
                summary: "The Secret in the pod's namespace that holds the client's secret", value: secret.name)
        }
    }

    /// The container, which asks for resources under a name of the system's, with fixed variables and further mounts.
    ///
    /// What it asks of a node and what it may take are both said, for namespaces whose quota demands it.
    func container(
        resources: YAMLText = "resources", _ fixed: [(name: String, value: String)], mounts: [YAMLText] = []
    ) -> YAMLText {
        let authorities = definition.caConfigMap.map { _ in
            "- {name: workload-publisher-ca, mountPath: \(Self.caFolder), readOnly: true}" as YAMLText
        }
        return """
            image: \(definition.image)
            command: [workload-publisher]
            args: \(list: ["publish"] + definition.arguments.map(Self.escaped))
            env:
              \(environment(fixed))
            \(resources):
              requests: {cpu: 10m, memory: 32Mi}
              limits: {cpu: "1", memory: 256Mi}
            securityContext:
              runAsNonRoot: true
              runAsUser: 65532
              runAsGroup: 65532
              readOnlyRootFilesystem: true
              allowPrivilegeEscalation: false
              capabilities: {drop: [ALL]}
              seccompProfile: {type: RuntimeDefault}
            volumeMounts:
              \(mounts)
              - {name: workload-publisher-tmp, mountPath: /tmp}
              \(authorities)
            """
    }

    /// The environment: fixed values and inputs, then what is secret.
    ///
    /// Kubernetes replaces `$(NAME)` in a value by a variable that is defined before it, so a secret has to be last.
    private func environment(_ fixed: [(name: String, value: String)]) -> [YAMLText] {
        let store = definition.account == nil ? [] : [("PUBLISH_TO", "kubernetes")]
        let plain = fixed + store + inputs.filter { !$0.isSecret }.map { ($0.variable, reference($0)) }
        var secrets: [YAMLText] = inputs.filter(\.isSecret).map { input in
            """
            # Last, so that no $(NAME) in a value above can mean it. Kubernetes makes $ of $$ in this value, and of
            # $(NAME) a variable: write each $ of the secret twice, or let it come from a Secret.
            - {name: \(input.variable), value: \(reference(input))}
            """
        }
        if let secret = definition.clientSecret, let name = secretName.map(reference) {
            secrets.append(
                """
                # Last, so that no $(NAME) in a value above can mean it. Optional, so that the program can say that it is
                # missing; without that the pod would wait for it and say nothing.
                - {name: CLIENT_SECRET, valueFrom: {secretKeyRef: {name: \(name), key: \(secret.key), optional: true}}}
                """)
        }
        return plain.map { "- {name: \($0.name), value: \($0.value)}" } + secrets
    }

    /// The volumes of `/tmp` and of the certificates.
    var volumes: YAMLText {
        let authorities = definition.caConfigMap.map { reference in
            """
            - name: workload-publisher-ca
              configMap:
                name: \(reference.name)
                items: [{key: \(reference.key), path: \(reference.key)}]
            """ as YAMLText
        }
        return """
            - {name: workload-publisher-tmp, emptyDir: {}}
            \(authorities)
            """
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
}
