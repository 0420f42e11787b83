/// The files that a descriptor may name, with whatever fence stands around them.
public protocol ReferencedFiles: Sendable {
    /// The bytes of the file of that path as the descriptor wrote it, at most `limit` bytes.
    func contents(of path: String, limit: Int) throws(ReferencedFileError) -> [UInt8]
}

/// Why a file that a descriptor names cannot be used.
public struct ReferencedFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of problem in kebab-case, as a diagnostic's code.
    public let code: String
    /// What is wrong with the file and what to do about it, in lower case and without a full stop.
    public let description: String

    init(_ rule: DiagnosticRule, _ description: String) {
        self.init(code: rule.code, description: description)
    }

    /// A reason with its kind.
    public init(code: String, description: String) {
        self.code = code
        self.description = description
    }
}
