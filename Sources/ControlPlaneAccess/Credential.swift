public import Objects
public import Redaction
import System
import Text

/// A secret, or the place where it is read whenever it is needed.
public enum Credential: Sendable {
    case given(Secret)
    case file(CredentialFile)

    /// The secret, registered with the redactor before anything else sees it.
    func read(_ redactor: Redactor) throws(Problem) -> Secret {
        let secret =
            switch self {
            case .given(let secret): secret
            case .file(let file): try file.read()
            }
        redactor.register(secret)
        return secret
    }
}

/// A file that holds a secret, an assertion or a token, on one line.
public struct CredentialFile: Sendable {
    /// What the file holds.
    public enum Role: Sendable, Hashable {
        case clientSecret
        case clientAssertion
        case accessToken
        /// The access token of a kubeconfig or a pod.
        case clusterToken
    }

    /// What it holds.
    public let role: Role
    /// Where it is.
    public let path: String

    /// Nothing is read yet.
    public init(_ role: Role, path: String) {
        self.role = role
        self.path = path
    }

    /// More than any credential; beyond this the wrong file was named.
    private static let limit = 64 << 10

    /// Reads it now, without a byte order mark at its beginning and the newlines at its end.
    public func read() throws(Problem) -> Secret {
        var bytes: [UInt8]
        do throws(SystemError) {
            bytes = try FileDescriptor.open(path, .read).read(upTo: Self.limit)
        } catch {
            throw failure("cannot be read: \(error.text)")
        }
        guard bytes.count <= Self.limit else { throw failure("is larger than 64 KiB") }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw failure("is empty") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw failure("is not UTF-8 text") }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw failure("holds more than one line, or control characters")
        }
        return Secret(text)
    }

    private func failure(_ reason: String) -> Problem {
        // What a kubeconfig names is a part of it.
        Problem(
            role == .clusterToken ? .configuration : .unreadableInput, at: "", "\(shownPath) \(reason)",
            cause: AccessProblem.credentialFile(role))
    }

    /// The path, unless it may be the secret itself, given to the wrong flag: then there is no such file or folder.
    private var shownPath: String {
        let isThere = FileSystem.status(of: path) != nil
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) }
        let isInFolder = folder.map { !$0.isEmpty && FileSystem.status(of: $0) != nil } ?? false
        return isThere || isInFolder
            ? "\(Quoted(path))" : "the file (not named here, for this may be the secret itself)"
    }
}
