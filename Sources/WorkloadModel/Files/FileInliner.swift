public import Checkout
import Text

/// Reads a file that a descriptor names, by its path as the descriptor wrote it: at most so many bytes.
public typealias FileReader = (_ path: String, _ limit: Int) throws(SourceTreeError) -> [UInt8]

/// Reads the files of one descriptor, each once, and stops before they outgrow what a Workload can hold.
struct FileInliner {
    /// Why a file cannot be used, and what to do about it.
    struct Failure: Error {
        let rule: DiagnosticRule
        let reason: String
    }

    /// The size beyond which a file is refused, in bytes: no Workload holds more.
    private static let maximumFile = 3 << 19

    private let read: FileReader
    private var known: [ExactText: Result<String, Failure>] = [:]
    private var spent = 0

    init(_ read: @escaping FileReader) {
        self.read = read
    }

    /// The text of a file; a file that is named again counts again, for its text is sent again.
    mutating func text(of path: String) throws(Failure) -> String {
        guard spent <= Workload.maximumStored else {
            throw Failure(
                rule: .payloadTooLarge,
                reason: "not read: the files before it hold more than the 1.5 MiB that Kubernetes stores; shorten them")
        }
        let key = ExactText(path)
        let result = known[key] ?? Result { () throws(Failure) in try contents(of: path) }
        known[key] = result
        if case .success(let text) = result { spent += text.utf8.count }
        return try result.get()
    }

    private mutating func contents(of path: String) throws(Failure) -> String {
        do throws(SourceTreeError) {
            let bytes = try read(path, Self.maximumFile)
            if let text = String(validating: bytes, as: UTF8.self) { return text }
            spent += bytes.count
        } catch {
            let advice = error.isAbsence ? "; write the path relative to the descriptor's folder" : ""
            throw Failure(rule: DiagnosticRule(error), reason: "\(error)\(advice)")
        }
        throw Failure(rule: .fileNotUTF8, reason: "\(ShownText.quoted(path)) is not UTF-8 text; save it as UTF-8")
    }
}
