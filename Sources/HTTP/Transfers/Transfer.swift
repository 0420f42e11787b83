/// What one exchange has brought so far, filled by libcurl's callbacks.
final class Transfer {
    private(set) var headers: [HTTPResponse.Field] = []
    private(set) var body: [UInt8] = []
    private(set) var bodyIsTooLarge = false
    private(set) var headersAreTooLarge = false
    private(set) var hasBegun = false
    /// Whether the answer's headers came to their end.
    private(set) var headersAreComplete = false
    /// Whether the server agreed to HTTP/2 when this connection was opened.
    private(set) var hasAgreedToHTTP2 = false
    /// Whether libcurl was about to send the request a second time, which it was kept from.
    private(set) var wasCutOnReuse = false

    /// Whether the request was allowed to leave.
    private(set) var wasSent = false

    /// What a connection that is ready has to wait for before it may be used.
    var permission: (() -> Bool)?

    private let maximumBodySize: Int
    private let keptBodySize: Int
    /// How many bytes of the body came, kept or not.
    private(set) var bodySize = 0
    private let maximumHeaderSize: Int
    private var headerSize = 0
    private var isInHeaders = false
    /// Whether the answer's status is 2xx: of any other one all is kept, for it says what is wrong.
    private var isSuccess = false

    init(maximumBodySize: Int, keptBodySize: Int, maximumHeaderSize: Int) {
        self.maximumBodySize = maximumBodySize
        self.keptBodySize = keptBodySize
        self.maximumHeaderSize = maximumHeaderSize
    }

    /// The transfer behind a callback's context.
    static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Allows the request to be sent over a connection that is ready; once.
    ///
    /// Where a connection that was kept open is cut before any answer, libcurl sends the request again by itself: not
    /// counted, not told to anybody, without a wait, and an update without reading afresh. That is the caller's to do.
    func allowSending() -> Bool {
        wasCutOnReuse = wasSent
        if let permission, !permission() { return false }
        wasSent = true
        return !wasCutOnReuse
    }

    /// Takes a line of what libcurl tells of its doings, where it was asked to.
    ///
    /// Nothing else tells the protocol before the answer is there: `ALPN: server accepted h2`. Were the words to change,
    /// reads would only go in turn.
    func takeNote(_ data: UnsafeMutablePointer<CChar>?, _ count: Int) {
        let words = String(decoding: UnsafeRawBufferPointer(start: data, count: count), as: UTF8.self).split {
            $0 == " " || $0.isNewline
        }
        guard words.first == "ALPN:" else { return }
        hasAgreedToHTTP2 = words.contains("accepted") && words.contains("h2")
    }

    /// Takes a piece of the body; fewer bytes than were given end the transfer.
    func takeBody(_ data: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard count <= maximumBodySize - bodySize else {
            bodyIsTooLarge = true
            return 0
        }
        bodySize += count
        let kept = isSuccess ? max(0, min(count, keptBodySize - body.count)) : count
        body.append(contentsOf: UnsafeRawBufferPointer(start: data, count: kept))
        return count
    }

    /// Takes one line of the headers; fewer bytes than were given end the transfer.
    func takeHeader(_ data: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        hasBegun = true
        headerSize += count
        guard headerSize <= maximumHeaderSize else {
            headersAreTooLarge = true
            return 0
        }
        let line = UnsafeRawBufferPointer(start: data, count: count).prefix { $0 != 0x0A && $0 != 0x0D }
        // An interim answer (1xx) has headers of its own, which are not the answer's.
        if body.isEmpty, !isInHeaders, line.starts(with: "HTTP/".utf8) {
            headers = []
            isInHeaders = true
            isSuccess = line.split(separator: 0x20).dropFirst().first?.first == UInt8(ascii: "2")
            headersAreComplete = false
        } else if line.isEmpty {
            isInHeaders = false
            headersAreComplete = true
            reserveBody()
        } else if isInHeaders {
            takeField(line)
        }
        return count
    }

    /// Makes room for the body that is announced: one that grows step by step takes up to twice as much.
    private func reserveBody() {
        let announced = headers.last { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        body.reserveCapacity(min(max(0, announced), maximumBodySize, isSuccess ? keptBodySize : .max))
    }

    private func takeField(_ line: Slice<UnsafeRawBufferPointer>) {
        let isContinuation = line.first == 0x20 || line.first == 0x09
        if isContinuation, let last = headers.popLast() {
            headers.append(HTTPResponse.Field(name: last.name, value: last.value + " " + Transfer.trimmed(line)))
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let name = Transfer.trimmed(line[..<colon])
            headers.append(HTTPResponse.Field(name: name, value: Transfer.trimmed(line[(colon + 1)...])))
        }
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        var text = UnsafeRawBufferPointer(rebasing: bytes)
        while text.first == 0x20 || text.first == 0x09 { text = UnsafeRawBufferPointer(rebasing: text.dropFirst()) }
        while text.last == 0x20 || text.last == 0x09 { text = UnsafeRawBufferPointer(rebasing: text.dropLast()) }
        return String(decoding: text, as: UTF8.self)
    }
}
