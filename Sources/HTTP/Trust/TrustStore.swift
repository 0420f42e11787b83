internal import CCurl
internal import System
internal import Text

/// Where the certificates of trusted authorities are read from.
enum TrustStore: Sendable, Equatable {
    /// The certificates in a PEM text and nothing else.
    case given([UInt8])
    /// A PEM file and nothing else.
    case file(String)
    /// A folder with a link for each authority by the hash of its name, of which one file is read for a handshake.
    ///
    /// The bundle, a file of all authorities, is asked as well where the folder does not know an issuer: it takes ten
    /// times as long to load, and yet it is what administrators of containers mount their own authorities over.
    case hashedFolder(String, bundle: String?)
    /// Whatever this libcurl was built with.
    case builtIn
    /// None, which costs nothing.
    case empty

    /// Where distributions keep the bundle.
    private static let bundles = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem",
    ]

    /// The system's, found once.
    static let system = find(folder: "/etc/ssl/certs", bundles: bundles)

    static func find(folder: String, bundles: [String]) -> TrustStore {
        let bundle = bundles.first { FileSystem.isReadable($0) }
        let entries = (try? FileDescriptor.open(folder, [.read, .folder]).entries()) ?? []
        let hasHashedLinks = entries.contains { entry in
            let name = entry.name
            return name.count > 9 && name[..<8].allSatisfy { Hexadecimal.value($0) != nil }
                && name[8] == UInt8(ascii: ".") && 0x30...0x39 ~= name[9]
        }
        return hasHashedLinks ? .hashedFolder(folder, bundle: bundle) : bundle.map(TrustStore.file) ?? .builtIn
    }

    /// A wider store to ask when this one does not know an issuer.
    var wider: TrustStore? {
        if case .hashedFolder(_, .some(let bundle)) = self { .file(bundle) } else { nil }
    }

    /// Sets it up in libcurl, for the server and for a proxy that is spoken to over TLS.
    func apply(to handle: EasyHandle) {
        var (file, folder): (String?, String?)
        switch self {
        case .builtIn: return
        case .empty: break
        case .file(let path): file = path
        case .hashedFolder(let path, _): folder = path
        case .given(let bytes):
            handle.set(CURLOPT_CAINFO_BLOB, bytes)
            handle.set(CURLOPT_PROXY_CAINFO_BLOB, bytes)
        }
        handle.set(CURLOPT_CAINFO, file)
        handle.set(CURLOPT_CAPATH, folder)
        handle.setIfKnown(CURLOPT_PROXY_CAINFO, file)
        handle.setIfKnown(CURLOPT_PROXY_CAPATH, folder)
    }
}
