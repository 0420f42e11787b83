internal import CCurl

/// Keeps the connections to servers open between exchanges, and performs one exchange at a time over them.
///
/// Reads may go beside it on its connection, where that is HTTP/2. Over HTTP/1.1, which carries one exchange at a time,
/// they do not leave.
final class ConnectionPool {
    /// The handle of every exchange that is no read beside another.
    let handle: EasyHandle
    private var multi: UnsafeMutableRawPointer
    /// The servers that have answered over HTTP/2.
    private var http2Origins: Set<String> = []
    private var reads: [ReadAhead] = []
    /// Whether no connection may be opened beside the one that is there.
    private var isLimited = false

    init?() {
        guard let handle = EasyHandle(), let multi = curl_multi_init() else { return nil }
        self.handle = handle
        self.multi = multi
    }

    deinit {
        for read in reads { read.handle.leave(multi) }
        curl_multi_cleanup(multi)
    }

    /// Sends the handle's request with this body, if any, to that server, and collects the answer in the transfer.
    ///
    /// `beside` is asked for the reads to send with it once the request is on its way over HTTP/2.
    func perform(
        body: [UInt8]?, to origin: String, into transfer: Transfer, beside: () -> [ReadAhead]
    ) -> CURLcode {
        handle.prepare(body: body, for: transfer) {
            var result = handle.enter(multi)
            var isOnItsWay = false
            while result == nil {
                result = advance(until: handle)
                guard result == nil else { break }
                letOthersConnect()
                if !isOnItsWay, transfer.wasSent {
                    isOnItsWay = true
                    if transfer.hasAgreedToHTTP2 || http2Origins.contains(origin) { begin(beside()) }
                } else {
                    curl_multi_poll(multi, nil, 0, 1000, nil)
                }
            }
            if handle.hadHTTP2 { http2Origins.insert(origin) }
            handle.leave(multi)
            withdrawUnsentReads()
            if result == CURLE_OPERATION_TIMEDOUT { dropConnections() }
            return result ?? CURLE_FAILED_INIT
        }
    }

    /// The read for that request which was sent ahead of it, once it has ended; nil where there is none.
    func take(_ request: RequestLine) -> ReadAhead? {
        guard let index = reads.firstIndex(where: { $0.request.line == request }) else { return nil }
        let read = reads.remove(at: index)
        BrokenPipeGuard.run {
            while read.code == nil {
                read.code = advance(until: read.handle)
                if read.code == nil { curl_multi_poll(multi, nil, 0, 1000, nil) }
            }
            read.handle.leave(multi)
            if read.code == CURLE_OPERATION_TIMEDOUT { dropConnections() }
        }
        return read
    }

    /// Closes all connections, and with them what is read over them.
    ///
    /// Over HTTP/2 libcurl keeps the connection of an exchange whose time is over. It may be dead without a word, as
    /// behind a gateway that has forgotten it, and then no retry would get through.
    private func dropConnections() {
        guard let fresh = curl_multi_init() else { return }
        for read in reads { read.handle.leave(multi) }
        reads = []
        curl_multi_cleanup(multi)
        multi = fresh
    }

    private func begin(_ reads: [ReadAhead]) {
        guard !reads.isEmpty else { return }
        // Where the connection cannot take it now, a read waits instead of opening one of its own.
        isLimited = true
        wp_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 1)
        for read in reads {
            read.code = read.handle.prepare(for: read.transfer) ?? read.handle.enter(multi)
            self.reads.append(read)
        }
    }

    /// Takes back the reads that the connection has not carried beside the exchange.
    private func withdrawUnsentReads() {
        for read in reads where !read.transfer.wasSent { read.handle.leave(multi) }
        reads.removeAll { !$0.transfer.wasSent }
        letOthersConnect()
    }

    /// Lets new connections be opened again once every read has one.
    private func letOthersConnect() {
        guard isLimited, reads.allSatisfy(\.transfer.wasSent) else { return }
        isLimited = false
        wp_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 0)
    }

    /// Does what can be done now; the result of the handle's exchange where that has ended.
    private func advance(until handle: EasyHandle) -> CURLcode? {
        var running: Int32 = 0
        guard curl_multi_perform(multi, &running) == CURLM_OK else { return CURLE_FAILED_INIT }
        var result: CURLcode?
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left)?.pointee {
            guard message.msg == CURLMSG_DONE else { continue }
            if handle.isSame(as: message.easy_handle) { result = message.data.result }
            for read in reads where read.handle.isSame(as: message.easy_handle) { read.code = message.data.result }
        }
        return result
    }
}
