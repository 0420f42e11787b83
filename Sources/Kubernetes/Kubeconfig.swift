public import ControlPlaneAccess
public import HTTP
import JSON
public import Objects
public import Redaction
import System
import Text
import YAML

/// How to reach a cluster, as a kubeconfig or a pod's service account has it.
public struct ClusterAccess: Sendable {
    /// The API's URL, not yet checked.
    public var server: String
    /// The certificates of authorities in PEM and a name for where they stand; nil means the system's.
    public var authorities: (name: String, bytes: [UInt8])?
    /// Whether any certificate is taken.
    public var skipsTLSVerify = false
    /// The name that the server's certificate must have, where that is not the URL's host.
    public var serverName: String?
    /// The proxy's URL; nil means the environment's.
    public var proxy: String?
    /// What to authenticate with; nil where the client's certificate is all.
    public var token: Credential?
    /// What the client shows a server that asks who it is.
    public var identity: ClientIdentity?
    /// The namespace of what has none.
    public var namespace: String?
}

/// Why a kubeconfig is of no use.
public enum KubeconfigProblem: Error, Sendable {
    /// It wants a program to be run for a credential, which is never done.
    case wantsProgram
    /// Several files are named, and one is read.
    case severalFiles
    /// A pod has no credentials of a service account.
    case noServiceAccount
    /// Something else.
    case other
}

extension ClusterAccess {
    /// More than any kubeconfig or certificate.
    static let fileLimit = 1 << 20

    /// What the caller has from elsewhere, so that it is not even read here.
    public enum Field: Sendable {
        /// What to authenticate with, apart from the client's certificate.
        case token
        /// The authorities.
        case authorities
    }

    /// Reads one context of a kubeconfig, the current one where none is named, and the files that it names.
    ///
    /// Nothing that it names is run. Every secret is registered with the redactor.
    public init(
        kubeconfig path: String, context: String?, without fields: Set<Field> = [], redactor: Redactor
    ) throws(Problem) {
        let reader = try KubeconfigReader(path: path, redactor: redactor)
        guard let name = context ?? reader.root["current-context"]?.nonemptyString else {
            throw reader.problem("it has no current-context, so a context has to be named")
        }
        let selected = try reader.entry("context", named: name)
        let cluster = try reader.entry("cluster", named: try reader.text("cluster", of: selected, "the context"))
        self.init(server: try reader.text("server", of: cluster, "the cluster"))
        if !fields.contains(.authorities) { authorities = try reader.data("certificate-authority", of: cluster) }
        skipsTLSVerify = cluster["insecure-skip-tls-verify"] == true
        serverName = cluster["tls-server-name"]?.nonemptyString
        proxy = cluster["proxy-url"]?.nonemptyString
        namespace = selected["namespace"]?.nonemptyString
        guard let user = selected["user"]?.nonemptyString else { return }
        let entry = try reader.entry("user", named: user)
        if !fields.contains(.token) { token = try Self.token(of: entry, reader) }
        let certificate = try reader.data("client-certificate", of: entry)
        let key = try reader.data("client-key", of: entry)
        guard (certificate == nil) == (key == nil) else {
            throw reader.problem("its user has a client certificate or a client key alone")
        }
        if let certificate, let key {
            let secret = Secret(String(decoding: key.bytes, as: UTF8.self))
            redactor.register(secret)
            identity = ClientIdentity(certificate: certificate.bytes, key: secret)
        }
    }

    private static func token(of user: JSONValue, _ reader: KubeconfigReader) throws(Problem) -> Credential? {
        for member in ["exec", "auth-provider"] where user[member] != nil {
            throw reader.problem(
                "its user gets its credential from a program (\(member)), and none is run", .wantsProgram)
        }
        if user["username"] != nil {
            throw reader.problem("its user has a password, which no API server takes any more")
        }
        // With less rights, mostly: as itself it might write what it was not to write.
        if user["as"] != nil { throw reader.problem("its user acts as another one (as), and that is not done here") }
        // As kubectl has it, the file wins over the text beside it.
        if let file = user["tokenFile"]?.nonemptyString {
            return .file(CredentialFile(.clusterToken, path: reader.resolve(file)))
        }
        guard let text = user["token"]?.nonemptyString else { return nil }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw reader.problem("its token holds more than one line, spaces or control characters")
        }
        return .given(Secret(text))
    }
}

/// The text of a kubeconfig, and the files beside it.
private struct KubeconfigReader {
    let path: String
    private(set) var root = JSONValue.null
    let redactor: Redactor

    init(path: String, redactor: Redactor) throws(Problem) {
        self.path = path
        self.redactor = redactor
        let bytes = try contents(of: path)
        do throws(YAMLProblem) {
            if let node = try YAMLDocument.all(in: bytes).first { root = try JSONValue(asKubernetesReads: node) }
        } catch {
            throw problem("it cannot be read as YAML at line \(error.mark.line), column \(error.mark.column)")
        }
        for user in root["users"]?.array ?? [] {
            for member in ["token", "client-key-data", "password"] {
                if let text = user["user"]?[member]?.nonemptyString { redactor.register(Secret(text)) }
            }
        }
        guard root["clusters"]?.array != nil else { throw problem("this is not a kubeconfig, for it has no clusters") }
    }

    func problem(_ text: String, _ cause: KubeconfigProblem = .other) -> Problem {
        Problem(.configuration, at: Quoted(path).description, text, cause: cause)
    }

    /// The bytes of a file that is missing or cannot be read where a parameter named it.
    private func contents(of file: String) throws(Problem) -> [UInt8] {
        do throws(SystemError) {
            return try FileSystem.bytes(of: file, upTo: ClusterAccess.fileLimit)
        } catch {
            guard file.isExactly(path) else { throw problem("\(Quoted(file)) cannot be read: \(error.text)") }
            if path.utf8.contains(UInt8(ascii: ":")) {
                throw problem("this is a list of kubeconfigs, and one file is read", .severalFiles)
            }
            throw Problem(.unreadableInput, at: Quoted(path).description, error.text, cause: KubeconfigProblem.other)
        }
    }

    /// A path in the kubeconfig, which is relative to its folder.
    func resolve(_ file: String) -> String {
        guard !file.utf8.starts(with: "/".utf8), let end = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            return file
        }
        return path[...end] + file
    }

    /// What a named entry of one of the lists holds.
    func entry(_ kind: String, named name: String) throws(Problem) -> JSONValue {
        let found = root["\(kind)s"]?.array?.first { $0["name"]?.string?.isExactly(name) == true }
        guard let entry = found?[kind], let object = entry.object else {
            throw problem("it has no \(kind) named \(Quoted(name))")
        }
        // A token of digits, say, would be no text and so as if it were not there.
        for member in object.members where !["insecure-skip-tls-verify", "disable-compression"].contains(member.name) {
            if case .bool = member.value {} else if case .number = member.value {} else { continue }
            throw problem("the \(kind)'s \(member.name) is \(member.value.kind); write it in quotes")
        }
        return entry
    }

    func text(_ member: String, of entry: JSONValue, _ what: String) throws(Problem) -> String {
        guard let text = entry[member]?.nonemptyString else { throw problem("\(what) has no \(member)") }
        return text
    }

    /// What a member with `-data` behind its name holds in Base64 or, without that, the file that it names.
    func data(_ member: String, of entry: JSONValue) throws(Problem) -> (name: String, bytes: [UInt8])? {
        if let text = entry["\(member)-data"]?.nonemptyString {
            let digits = text.utf8.filter { $0 > 0x20 }
            guard let bytes = Base64.decode(digits) else { throw problem("its \(member)-data is not Base64") }
            return ("\(Quoted(path)): \(member)-data", bytes)
        }
        guard let file = entry[member]?.nonemptyString.map(resolve) else { return nil }
        return (Quoted(file).description, try contents(of: file))
    }
}

extension JSONValue {
    /// The text, where this is one that is not empty.
    var nonemptyString: String? { string.flatMap { $0.isEmpty ? nil : $0 } }
}
