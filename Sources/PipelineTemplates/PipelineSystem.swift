/// A CI system for which a step can be written: its row is the one place that knows the system.
public struct PipelineSystem: Sendable {
    /// An option that not every system has.
    public enum Option: Sendable, Hashable {
        case kind
        case templateName
        case credentials
        case workspaceMount
        case caConfigMap
        case retryLimit
        case imagePullSecret
        case access
    }

    /// The word that chooses it.
    public let name: String
    /// What it calls itself.
    public let title: String
    /// The options that mean something to it.
    public let options: Set<Option>
    /// The names of the inputs that existing callers give; nil where there are no such callers.
    public var givenByCallers: Set<String>?
    /// What it cannot take, or could not be kept from changing.
    let objections: [Objection]
    /// The documents of its step definition.
    let documents: @Sendable (StepDefinition) -> [YAMLTree]

    /// All systems, in the order of the help.
    public static let all: [PipelineSystem] = [.argo, .tekton, .github, .gitlab]

    /// The step definition as YAML; the same bytes for the same definition.
    ///
    /// Throws where the system would make something else of a value and could not be kept from it.
    public func text(of definition: StepDefinition) throws(UnusableValues) -> String {
        let problems = definition.values.flatMap { value in
            objections.compactMap { objection in
                objection.reason(value).map { UnusableValues.Problem(name: value.name, reason: $0) }
            }
        }
        if !problems.isEmpty { throw UnusableValues(problems: problems) }
        let comment = YAMLTree.comment(definition.comment).map { $0 + "\n" }.joined()
        return comment + documents(definition).map(\.document).joined(separator: "---\n")
    }
}

/// Values that a system would not leave as they are.
public struct UnusableValues: Error, Equatable {
    /// A value and what is wrong with it.
    public struct Problem: Sendable, Equatable {
        /// The name of the input or option.
        public let name: String
        /// Why the system cannot take it, and what to do.
        public let reason: String
    }

    /// One for each value.
    public let problems: [Problem]
}

extension StepDefinition {
    /// A value that was given, under the name of its option.
    struct NamedValue {
        let name: String
        let text: String
    }

    /// Every value that ends up in the document.
    var values: [NamedValue] {
        var values = [
            NamedValue(name: "name", text: name), NamedValue(name: "template-name", text: kubernetes.templateName),
            NamedValue(name: "workspace-mount", text: kubernetes.workspaceMount),
        ]
        if let publisherImage { values.append(NamedValue(name: "publisher-image", text: publisherImage)) }
        if let sourcePath = sourceDir.value { values.append(NamedValue(name: "source-path", text: sourcePath)) }
        if case .secret(let reference) = kubernetes.credentials {
            values.append(NamedValue(name: "credentials", text: "\(reference.name)/\(reference.key)"))
        }
        if let access = kubernetes.access {
            values.append(NamedValue(name: "namespace", text: access.namespace))
            values.append(NamedValue(name: "service-account", text: "\(access.podNamespace)/\(access.serviceAccount)"))
        }
        if let name = kubernetes.imagePullSecret { values.append(NamedValue(name: "image-pull-secret", text: name)) }
        if let reference = kubernetes.caConfigMap {
            values.append(NamedValue(name: "ca-config-map", text: "\(reference.name)/\(reference.key)"))
        }
        values += arguments.map { NamedValue(name: "oauth-parameter", text: $0) }
        return values + inputs.compactMap { input in input.value.map { NamedValue(name: input.name, text: $0) } }
    }
}
