import Text

/// Reads the files of one descriptor, each once, and stops before they outgrow what a Workload can hold.
struct FileInliner {
    /// The size beyond which a file is refused, in bytes: no Workload holds more.
    static let maximumFile = 3 << 19

    private let files: any ReferencedFiles
    private var known: [ExactText: Result<String, ReferencedFileError>] = [:]
    private var spent = 0
    private var failures = 0

    /// After so many files that could not be read the rest is not tried: there may be thousands, and each takes time.
    private static let maximumFailures = 100

    init(files: any ReferencedFiles) {
        self.files = files
    }

    /// The text of a file; a file that is named again counts again, for its text is sent again.
    mutating func text(of path: String) throws(ReferencedFileError) -> String {
        guard spent <= Workload.maximumStored else {
            throw ReferencedFileError(
                .payloadTooLarge,
                "not read: the files before it hold more than the 1.5 MiB that Kubernetes stores; shorten them")
        }
        let key = ExactText(path)
        let result = known[key] ?? read(path)
        known[key] = result
        if case .success(let text) = result { spent += text.utf8.count }
        return try result.get()
    }

    private mutating func read(_ path: String) -> Result<String, ReferencedFileError> {
        guard failures < Self.maximumFailures else {
            return .failure(
                ReferencedFileError(
                    .notReadable, "not read: \(Self.maximumFailures) files before it could not be read; fix those first"
                )
            )
        }
        do throws(ReferencedFileError) {
            let bytes = try files.contents(of: path, limit: Self.maximumFile)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ReferencedFileError(
                    .fileNotUTF8, "\(ShownText.quoted(path)) is not UTF-8 text; save it as UTF-8")
            }
            return .success(text)
        } catch {
            failures += 1
            return .failure(error)
        }
    }
}
