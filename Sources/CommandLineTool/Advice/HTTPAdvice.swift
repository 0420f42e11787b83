import HTTP

extension HTTPError {
    /// The request, what happened, what the server said, what to do about it and how often it was tried.
    func message(said: String = "") -> String {
        "\(problem)\(said.isEmpty ? "" : ": \(said)"); \(advice)\(story)"
    }

    private var advice: String {
        guard let end, end.because != .retriesUsedUp else { return adviceForNow }
        return "\(adviceForNow), or allow a longer \(Parameter.timeout.name)"
    }

    private var adviceForNow: String {
        let host = request?.url.host ?? ""
        return switch reason {
        case .network(let failure): failure.advice(host: host)
        case .status(let response):
            response.status == 409 ? Advice.conflict : "try again later"
        case .deadlinePassed: "allow a longer \(Parameter.timeout.name)"
        case .tls(let failure): failure.advice(host: host)
        case .unusableAuthorities: "name a PEM file of the authorities to trust with \(Parameter.caFile.name)"
        case .tooLarge, .notHTTP: "check the URL"
        case .libcurl: "report this as a bug"
        }
    }
}

extension NetworkFailure {
    fileprivate func advice(host: String) -> String {
        switch self {
        case .unresolvable: "check the URL and this machine's DNS"
        case .unreachable where host.isLocalhost, .cut(.connecting) where host.isLocalhost:
            "check that the server is up on this very machine: a name under localhost never leaves it, so give another name "
                + "and, where a gateway goes by it, the Host header of its own"
        case .unreachable, .cut(.connecting): "check the URL and that the server is up"
        case .proxyUnusable, .proxyRefused: "check the proxy variables (HTTPS_PROXY, NO_PROXY, …)"
        case .cut, .truncated, .stream: "try again later, or look at the server's log"
        case .timedOut(.waiting, _), .timedOut(.reading, _):
            "try again later, or allow a longer \(Parameter.requestTimeout.name)"
        case .timedOut:
            "check the URL and that the server is up, or allow a longer \(Parameter.connectTimeout.name)"
        }
    }
}

extension String {
    /// Whether it is a name under localhost, which libcurl takes for this machine without asking (RFC 6761 §6.3).
    fileprivate var isLocalhost: Bool {
        let name = lowercased().split(separator: ".", omittingEmptySubsequences: true)
        return name.count > 1 && name.last == "localhost"
    }
}

extension TLSFailure {
    fileprivate func advice(host: String) -> String {
        switch self {
        case .expired: "have it renewed, or check this machine's clock"
        case .notYetValid: "check this machine's clock"
        case .wrongHost: "use the name that it is for, or have it reissued"
        case .unknownIssuer: "name that authority's certificate with \(Parameter.caFile.name)"
        case .noAuthorities: "install ca-certificates, or name their certificates with \(Parameter.caFile.name)"
        case .unverified: "have it reissued"
        case .plainHTTP: "write http:// instead of https://, or another port"
        case .unusableIdentity: "name a certificate and the private key that belongs to it, both in PEM"
        case .handshake: "check that \(host) speaks TLS 1.2 or later on this port"
        }
    }
}
