internal import CCurl

/// Keeps one connection to each server open between exchanges, and performs exchanges side by side in the calling thread.
final class ConnectionPool {
    private var multi: UnsafeMutableRawPointer?
    /// Called with an exchange that takes longer than two seconds, once for each call of `perform`.
    private let pending: (Transfer, Duration) -> Void

    init(pending: @escaping (Transfer, Duration) -> Void) {
        multi = ConnectionPool.newMulti()
        self.pending = pending
    }

    deinit { curl_multi_cleanup(multi) }

    /// One connection for each server: what it cannot carry now waits, for handshakes cost more than turns.
    private static func newMulti() -> UnsafeMutableRawPointer? {
        let multi = curl_multi_init()
        wp_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 1)
        return multi
    }

    /// Performs a transfer until it has its code, and others beside it, which are withdrawn where they would cost it any time.
    ///
    /// With a freshness they leave when it is on its way, and all may take so long; else they leave at once, and may take
    /// twice as long as it takes, but not a second more.
    func perform(_ transfer: Transfer, beside others: [Transfer] = [], following freshness: Duration? = nil) {
        let start = ContinuousClock.now
        var end: ContinuousClock.Instant?
        var haveOthersBegun = false
        var isPendingSaid = false
        begin(transfer)
        while true {
            if !haveOthersBegun, freshness == nil || transfer.sent != nil {
                haveOthersBegun = true
                others.forEach(begin)
            }
            advance([transfer] + others)
            let now = ContinuousClock.now
            let elapsed = start.duration(to: now)
            if transfer.code != nil {
                let last = end ?? now + (freshness.map { $0 - elapsed } ?? min(elapsed, .seconds(1)))
                end = last
                if now >= last || !haveOthersBegun || others.allSatisfy({ $0.code != nil }) { break }
                curl_multi_poll(multi, nil, 0, Int32(min(now.duration(to: last).milliseconds, 1000)), nil)
            } else if !isPendingSaid, elapsed >= .seconds(2) {
                isPendingSaid = true
                pending(transfer, elapsed)
            } else if haveOthersBegun || transfer.sent == nil {
                curl_multi_poll(multi, nil, 0, 1000, nil)
            }
        }
        for transfer in [transfer] + others { transfer.handle.leave(multi) }
        if transfer.code == CURLE_OPERATION_TIMEDOUT { dropConnections() }
    }

    private func begin(_ transfer: Transfer) { transfer.code = transfer.handle.enter(multi) }

    /// Does what can be done now, and notes how those exchanges ended that did.
    private func advance(_ transfers: [Transfer]) {
        var running: Int32 = 0
        if curl_multi_perform(multi, &running) != CURLM_OK {
            for transfer in transfers where transfer.code == nil { transfer.code = CURLE_FAILED_INIT }
        }
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left)?.pointee {
            guard message.msg == CURLMSG_DONE else { continue }
            transfers.first { $0.handle.isSame(as: message.easy_handle) }?.code = message.data.result
        }
    }

    /// Closes all connections.
    ///
    /// Over HTTP/2 libcurl keeps the connection of an exchange whose time is over. It may be dead without a word, as
    /// behind a gateway that has forgotten it, and then no retry would get through.
    private func dropConnections() {
        curl_multi_cleanup(multi)
        multi = ConnectionPool.newMulti()
    }
}
