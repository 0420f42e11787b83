/// How a client connects, how long it waits and whom it trusts.
public struct HTTPConfiguration: Sendable {
    /// The time for all requests, retries and waits together, counted from the client's beginning.
    public var timeout = Duration.seconds(300)
    /// The time for one request, from the name lookup to the last byte of the answer.
    public var requestTimeout = Duration.seconds(30)
    /// The time for the name lookup, the connection and the TLS handshake of one request.
    public var connectTimeout = Duration.seconds(10)
    /// How often one request is tried again after its first try.
    public var maxRetries = 5
    /// A PEM file of the authorities to trust instead of the system's.
    public var caFile: String?
    /// Trusts any certificate of any name.
    public var insecureSkipTLSVerify = false
    /// The value of `User-Agent`.
    public var userAgent = "workload-publisher"
    /// How many bytes of an answer's body are taken before it is refused.
    public var maximumBodySize = 16 * 1024 * 1024
    /// How many bytes of an answer's headers are taken before it is refused.
    var maximumHeaderSize = 256 * 1024
    /// How long a connection may wait for its first request: its server may have closed it after that.
    var freshness = Duration.seconds(4)
    /// How long ago a read may have been sent ahead: what it brought may be overwritten soon, changes since then with it.
    var readFreshness = Duration.seconds(1)
    /// A proxy's URL instead of the environment's, empty for none.
    var proxy: String?
    /// The authorities to trust instead of what `caFile` says.
    var trust: TrustStore?

    /// The product's defaults.
    public init() {}

    /// Throws where the CA file is of no use.
    public func checkCAFile() throws(HTTPError) {
        if let path = caFile, let problem = CertificateFile.problem(at: path) {
            throw .unusableCAFile(path: path, problem)
        }
    }
}
