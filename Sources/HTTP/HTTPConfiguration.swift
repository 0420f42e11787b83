public import Redaction

/// How a client connects, how long it waits and whom it trusts.
public struct HTTPConfiguration: Sendable {
    /// The time for all requests, retries and waits together, counted from the client's beginning.
    public var timeout = Duration.seconds(300)
    /// The time for one request, from the name lookup to the last byte of the response.
    public var requestTimeout = Duration.seconds(30)
    /// The time for the name lookup, the connection and the TLS handshake of one request.
    public var connectTimeout = Duration.seconds(10)
    /// How often one request is tried again after its first try.
    public var maxRetries = 5
    /// The authorities to trust instead of the system's.
    public var authorities: AuthorityFile?
    /// Trusts any certificate of any name.
    public var insecureSkipTLSVerify = false
    /// What the client shows a server that asks who it is.
    public var clientIdentity: ClientIdentity?
    /// The name that a server's certificate must have, where it is not the URL's host; it is asked for by that name (RFC 6066 §3).
    public var serverName: String?
    /// A proxy's URL instead of the environment's, empty for none.
    public var proxy: String?
    /// The value of `User-Agent`.
    public var userAgent = "workload-publisher"
    /// How many bytes of a response's body are taken before it is refused.
    public var maximumBodySize = 16 * 1024 * 1024
    /// How many bytes of a response's headers are taken before it is refused.
    var maximumHeaderSize = 256 * 1024
    /// How long ago a read may have been sent ahead: what it brought may be overwritten soon, changes since then with it.
    var readFreshness = Duration.milliseconds(250)
    /// The authorities to trust instead of what `authorities` says.
    var trust: TrustStore?

    /// The product's defaults.
    public init() {}
}

/// The certificate and the key of a client (RFC 8446 §4.4.2), both in PEM.
public struct ClientIdentity: Sendable {
    /// The certificate, and those between it and its authority.
    public var certificate: [UInt8]
    /// Its private key.
    public var key: Secret

    /// A certificate and its key; libcurl judges them at the first handshake.
    public init(certificate: [UInt8], key: Secret) {
        self.certificate = certificate
        self.key = key
    }
}

/// The certificates of authorities in PEM, and where they stand.
public struct AuthorityFile: Sendable {
    /// Where they stand, in the words of errors.
    public let place: String
    /// The PEM text.
    public let bytes: [UInt8]

    /// Certificates from there; throws where the text holds none, libcurl judges the rest at the first handshake.
    public init(at place: String, bytes: [UInt8]) throws(HTTPError) {
        self.place = place
        self.bytes = bytes
        let hasCertificate = bytes.split(separator: 0x0A).contains { line in
            let text = String(decoding: line, as: UTF8.self)
            return text.hasPrefix("-----BEGIN ") && text.contains("CERTIFICATE-----")
        }
        guard hasCertificate else {
            throw HTTPError(
                .unusableAuthorities(at: place, "has no PEM certificate (-----BEGIN CERTIFICATE-----) in it"), nil)
        }
    }
}
