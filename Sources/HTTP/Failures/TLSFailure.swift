/// Why a server cannot be trusted, or not be spoken to over TLS.
public enum TLSFailure: Sendable, Equatable {
    /// The certificate's time is over.
    case expired
    /// The certificate's time has not come.
    case notYetValid
    /// The certificate is for other names.
    case wrongHost
    /// No trusted authority signed the certificate, itself included.
    case unknownIssuer
    /// This machine has no authorities to trust, as a bare container has none.
    case noAuthorities
    /// The certificate does not verify for another reason, in OpenSSL's words.
    case unverified(String)
    /// The server on the https port responded in plain text.
    case plainHTTP
    /// The client's certificate or its key cannot be used, in the words of libcurl.
    case unusableIdentity(String)
    /// The two sides could not agree, in OpenSSL's words.
    case handshake(String)
}

extension TLSFailure {
    /// What is wrong with a request to that host.
    func problem(host: String) -> String {
        switch self {
        case .expired: "the certificate of \(host) has expired"
        case .notYetValid: "the certificate of \(host) is not valid yet"
        case .wrongHost: "the certificate is not for \(host) but for other names"
        case .unknownIssuer: "the certificate of \(host) is signed by an authority that is not trusted here"
        case .noAuthorities: "no authorities to trust are installed here"
        case .unverified(let reason): "the certificate of \(host) does not verify: \(reason)"
        case .plainHTTP: "\(host) does not speak TLS on this port"
        case .unusableIdentity(let reason): "the client certificate or its key cannot be used: \(reason)"
        case .handshake(let reason): "the TLS handshake failed: \(reason)"
        }
    }
}
