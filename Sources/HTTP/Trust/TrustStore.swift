internal import CCurl
import Glibc
internal import Text

/// Where the certificates of trusted authorities are read from.
enum TrustStore: Sendable, Equatable {
    /// A PEM file and nothing else.
    case file(String)
    /// A folder with a link for each authority by the hash of its name, of which one file is read for a handshake.
    ///
    /// The bundle, a file of all authorities, is asked as well where the folder does not know an issuer: it takes ten
    /// times as long to load, and yet it is what administrators of containers mount their own authorities over.
    case hashedFolder(String, bundle: String?)
    /// Whatever this libcurl was built with.
    case builtIn

    /// Where distributions keep the bundle.
    private static let bundles = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem",
    ]

    /// The system's, found once.
    static let system = find(folder: "/etc/ssl/certs", bundles: bundles)

    static func find(folder: String, bundles: [String]) -> TrustStore {
        let bundle = bundles.first { access($0, R_OK) == 0 }
        if holdsHashedLinks(folder) { return .hashedFolder(folder, bundle: bundle) }
        return bundle.map(TrustStore.file) ?? .builtIn
    }

    private static func holdsHashedLinks(_ folder: String) -> Bool {
        guard let stream = opendir(folder) else { return false }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let isHash = withUnsafeBytes(of: &entry.pointee.d_name) { name in
                name.count > 9 && name[..<8].allSatisfy { Hexadecimal.value($0) != nil }
                    && name[8] == UInt8(ascii: ".") && name[9] >= UInt8(ascii: "0") && name[9] <= UInt8(ascii: "9")
            }
            if isHash { return true }
        }
        return false
    }

    /// A wider store to ask when this one does not know an issuer.
    var wider: TrustStore? {
        if case .hashedFolder(_, .some(let bundle)) = self { .file(bundle) } else { nil }
    }

    /// Tells libcurl, for the server and for a proxy that is spoken to over TLS.
    func apply(to handle: EasyHandle) {
        switch self {
        case .file(let path): set(file: path, folder: nil, on: handle)
        case .hashedFolder(let path, _): set(file: nil, folder: path, on: handle)
        case .builtIn: break
        }
    }

    private func set(file: String?, folder: String?, on handle: EasyHandle) {
        handle.set(CURLOPT_CAINFO, file)
        handle.set(CURLOPT_CAPATH, folder)
        handle.setIfKnown(CURLOPT_PROXY_CAINFO, file)
        handle.setIfKnown(CURLOPT_PROXY_CAPATH, folder)
    }

    /// Trusts nobody, which costs nothing, where nobody is asked.
    static func clear(on handle: EasyHandle) {
        handle.set(CURLOPT_CAINFO, nil)
        handle.set(CURLOPT_CAPATH, nil)
    }
}
