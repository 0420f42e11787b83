import Glibc
public import Redaction
import Text

/// A secret, or the place where it is read whenever it is needed.
public enum Credential: Sendable {
    case given(Secret)
    case file(CredentialFile)

    /// The secret, told to the redactor before anybody else sees it.
    func read(_ redactor: Redactor) throws(PublishingError) -> Secret {
        switch self {
        case .given(let secret):
            redactor.register(secret)
            return secret
        case .file(let file):
            let secret = try file.read()
            redactor.register(secret)
            return secret
        }
    }
}

/// A file that holds a secret, an assertion or a token, on one line.
public struct CredentialFile: Sendable {
    /// The flag that named it, for errors.
    public let flag: String
    /// Where it is.
    public let path: String

    /// Nothing is read yet.
    public init(flag: String, path: String) {
        self.flag = flag
        self.path = path
    }

    /// More than any credential; beyond this the wrong file was named.
    private static let limit = 64 << 10

    /// Reads it now, without the newlines at its end.
    public func read() throws(PublishingError) -> Secret {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot be read: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= Self.limit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot be read: \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        guard bytes.count <= Self.limit else { throw failure("is larger than 64 KiB") }
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw failure("is empty") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw failure("is not UTF-8 text") }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw failure("holds more than one line, or control characters")
        }
        return Secret(text)
    }

    private func failure(_ reason: String) -> PublishingError {
        .unusableCredentials(flag: flag, path: shownPath, reason: reason)
    }

    /// The path, unless it may be the secret itself, given to the wrong flag: then there is no such file or folder.
    private var shownPath: String {
        let isThere = access(path, F_OK) == 0
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) }
        let isInFolder = folder.map { !$0.isEmpty && access($0, F_OK) == 0 } ?? false
        return isThere || isInFolder
            ? "\(Quoted(path))" : "the file (not named here, for this may be the secret itself)"
    }
}
