import Checkout

/// The kinds of problems with files and folders, by their codes.
enum FileProblem: String, CaseIterable {
    case missing = "file-missing"
    case notAFile = "not-a-file"
    case outside = "file-outside"
    case tooLarge = "file-too-large"
    case badPath = "bad-path"
    case unreadable = "file-unreadable"
    case notUTF8 = "file-not-utf8"
    case misnamedDescriptor = "misnamed-descriptor"
    case folderNotSearched = "folder-not-searched"

    /// What kept a file of the source dir from being read.
    init(_ error: SourceTreeError) {
        self =
            switch error {
            case .missing, .brokenLink, .notAFolder: .missing
            case .isAFolder, .notARegularFile: .notAFile
            case .outside, .absolutePath, .git: .outside
            case .tooLarge: .tooLarge
            case .invalidPath, .tooManyLinks, .tooDeep: .badPath
            case .unreadable, .unwritable, .replaced, .tooManyFiles: .unreadable
            }
    }

    /// What becomes of a descriptor that has such a problem.
    var severity: Diagnostic.Severity {
        switch self {
        case .misnamedDescriptor, .folderNotSearched: .warning
        default: .error
        }
    }

    /// What is wrong, in a few words that begin with a capital letter and end without a full stop.
    var summary: String {
        switch self {
        case .missing: "A file is missing"
        case .notAFile: "What a path leads to is not a regular file"
        case .outside: "A path leads outside the source dir"
        case .tooLarge: "A file is too large"
        case .badPath: "A path cannot be used"
        case .unreadable: "A file cannot be read"
        case .notUTF8: "A file is not UTF-8 text"
        case .misnamedDescriptor: "A file has nearly the name of a descriptor and is not read"
        case .folderNotSearched: "A folder could not be searched for descriptors"
        }
    }
}
