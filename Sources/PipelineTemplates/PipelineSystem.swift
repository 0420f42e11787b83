/// A CI system for which a step can be written: its row is the one place that knows the system.
public struct PipelineSystem: Sendable {
    /// The word that chooses it.
    public let name: String
    /// What it calls itself.
    public let title: String
    /// The names of the options that mean something to it, of those that not every system has.
    public var options: Set<String> = []
    /// The names of the inputs that existing callers give; nil where there are no such callers.
    public var givenByCallers: Set<String>?
    /// Whether its runner needs a shell in the image.
    public var needsShell = false
    /// The names that no step can have.
    public var keywords: Set<String> = []
    /// What begins an expression; nothing can keep the system from reading it.
    let expression: String
    /// Whether what stands between two percent signs is a variable.
    var readsPercent = false
    /// The documents of its step definition.
    let documents: @Sendable (StepDefinition) -> YAMLText

    /// All systems, in the order of the help.
    public static let all: [PipelineSystem] = [.argo, .tekton, .github, .gitlab]

    /// Why the system would make something else of a value, and what to do; nil where it takes the value as it is.
    public func objection(to value: String) -> String? {
        // What a system reads are bytes; strings compare by characters.
        let bytes = Array(value.utf8)
        if bytes.indices.contains(where: { bytes[$0...].starts(with: expression.utf8) }) {
            return "\(title) would take '\(expression)' for the start of an expression; write the value without it"
        }
        let parts = bytes.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false).dropFirst().dropLast()
        let word = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_".utf8)
        guard readsPercent, parts.contains(where: { !$0.isEmpty && $0.allSatisfy(word.contains) }) else { return nil }
        return "\(title) would take what stands between two '%' for a variable; write the value without them"
    }

    /// The step definition as YAML, the same bytes for the same definition.
    ///
    /// No value in it may be one that the system objects to.
    public func text(of definition: StepDefinition) -> String {
        YAMLText(comment: definition.comment).document + documents(definition).document
    }
}
