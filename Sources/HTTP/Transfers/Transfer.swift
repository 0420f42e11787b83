internal import CCurl

/// One request on its way, and what it has brought so far, filled by libcurl's callbacks.
final class Transfer {
    let request: HTTPRequest
    let limits: ExchangeLimits
    /// The bytes of the request's body; nil where it has none.
    let requestBody: [UInt8]?
    let handle = EasyHandle()
    /// How it ended; nil while it is under way, or where it was withdrawn before its end.
    var code: CURLcode?

    private(set) var body: [UInt8] = []
    private(set) var bodyIsTooLarge = false
    private(set) var headersAreTooLarge = false
    private(set) var hasBegun = false
    /// Whether the response's headers came to their end.
    private(set) var headersAreComplete = false
    /// When the request was sent; nil while it was not.
    private(set) var sent: ContinuousClock.Instant?
    /// Whether libcurl was about to send the request a second time, which it was kept from.
    private(set) var wasCutOnReuse = false
    /// The port that was connected to last: the server's, or a proxy's.
    private(set) var port: Int?

    let configuration: HTTPConfiguration
    private var headerSize = 0

    /// A request that is ready to be sent; `trust` says whom to trust over TLS, nil where that is not spoken.
    init(_ request: HTTPRequest, limits: ExchangeLimits, configuration: HTTPConfiguration, trust: TrustStore?) {
        self.request = request
        self.limits = limits
        self.configuration = configuration
        // A method that writes has a body, if an empty one.
        requestBody = request.body?.written() ?? (request.method == .get ? nil : [])
        configure(configuration, trust)
    }

    /// The transfer behind a callback's context.
    static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Notes that the request is sent now, over a connection that is ready; false where it was sent before.
    ///
    /// Where a connection that was kept open is cut before any response, libcurl would send the request again by itself: not
    /// counted, without a wait, and an update without reading afresh. That is the caller's to do.
    func allowSending() -> Bool {
        wasCutOnReuse = sent != nil
        sent = sent ?? .now
        return !wasCutOnReuse
    }

    /// Notes where a connection is about to be opened to.
    func notePort(_ port: Int) {
        self.port = port
    }

    /// Takes a piece of the body; fewer bytes than were given end the transfer.
    func takeBody(_ data: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        let limit = configuration.maximumBodySize
        guard count <= limit - body.count else {
            bodyIsTooLarge = true
            return 0
        }
        // One that grows step by step takes up to twice as much.
        if body.isEmpty { body.reserveCapacity(min(max(count, announcedBodySize ?? 0), limit)) }
        body.append(contentsOf: UnsafeRawBufferPointer(start: data, count: count))
        return count
    }

    /// Takes one line of the headers; fewer bytes than were given end the transfer.
    func takeHeader(_ data: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        hasBegun = true
        headerSize += count
        guard headerSize <= configuration.maximumHeaderSize else {
            headersAreTooLarge = true
            return 0
        }
        let isEmpty = UnsafeRawBufferPointer(start: data, count: count).allSatisfy { $0 == 0x0A || $0 == 0x0D }
        // An interim response (1xx) has headers of its own.
        if isEmpty, status >= 200 { headersAreComplete = true }
        return count
    }

    /// The status, that of an interim response as long as there is no other.
    var status: Int { handle.number(CURLINFO_RESPONSE_CODE) }

    /// Whether the response came over HTTP/2.
    var isOverHTTP2: Bool { handle.number(CURLINFO_HTTP_VERSION) == Int(CURL_HTTP_VERSION_2_0) }

    private var announcedBodySize: Int? {
        let size = handle.quantity(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
        return size < 0 ? nil : size
    }

    /// The response, nil where there is none or not the whole of it.
    var response: HTTPResponse? {
        // libcurl is content with a response that breaks off in its headers.
        guard headersAreComplete, code == CURLE_OK || isWholeBeforeReset else { return nil }
        return HTTPResponse(
            request: request.line, status: status, headers: handle.headers, body: body)
    }

    /// Whether a refusal came that was meant to end with the connection, which then was reset instead: a server that is
    /// spoken to over plain HTTP on its TLS port says so, and does not read what it was sent.
    private var isWholeBeforeReset: Bool {
        guard code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR, !(200..<300 ~= status) else { return false }
        guard let announcedBodySize else {
            return !handle.headers.contains { $0.name.lowercased() == "transfer-encoding" }
        }
        return body.count == announcedBodySize
    }
}
