/// How a client connects, how long it waits and whom it trusts.
public struct HTTPConfiguration: Sendable {
    /// The time for all requests, retries and waits together, counted from the client's beginning.
    public var timeout: Duration
    /// The time for one request, from the name lookup to the last byte of the answer.
    public var requestTimeout: Duration
    /// The time for the name lookup, the connection and the TLS handshake of one request.
    public var connectTimeout: Duration
    /// How often one request is tried again after its first try.
    public var maxRetries: Int
    /// A PEM file of the authorities to trust instead of the system's.
    public var caFile: String?
    /// Trusts any certificate of any name.
    public var insecureSkipTLSVerify: Bool
    /// The value of `User-Agent`.
    public var userAgent: String
    /// How many bytes of an answer's body are taken before it is refused.
    public var maximumBodySize: Int
    /// How many bytes of an answer's headers are taken before it is refused.
    var maximumHeaderSize = 256 * 1024
    /// How long a connection may wait for its first request: its server may have closed it after that.
    var freshness = Duration.seconds(4)
    /// A proxy's URL instead of the environment's, empty for none.
    var proxy: String?
    /// The authorities to trust instead of what `caFile` says.
    var trust: TrustStore?

    /// Throws where the CA file is of no use.
    public func checkCAFile() throws(HTTPError) {
        if let path = caFile, let problem = CertificateFile.problem(at: path) {
            throw .unusableCAFile(path: path, problem)
        }
    }

    /// The product's defaults: 5 minutes for all, 30 s a request, 10 s to connect, 5 retries, 16 MiB an answer.
    public init(
        timeout: Duration = .seconds(300), requestTimeout: Duration = .seconds(30),
        connectTimeout: Duration = .seconds(10), maxRetries: Int = 5, caFile: String? = nil,
        insecureSkipTLSVerify: Bool = false, userAgent: String = "workload-publisher",
        maximumBodySize: Int = 16 * 1024 * 1024
    ) {
        self.timeout = timeout
        self.requestTimeout = requestTimeout
        self.connectTimeout = connectTimeout
        self.maxRetries = maxRetries
        self.caFile = caFile
        self.insecureSkipTLSVerify = insecureSkipTLSVerify
        self.userAgent = userAgent
        self.maximumBodySize = maximumBodySize
    }
}
