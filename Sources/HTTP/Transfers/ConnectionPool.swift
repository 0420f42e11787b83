internal import CCurl

/// Keeps one connection to each server open between exchanges, and performs exchanges side by side in the calling thread.
final class ConnectionPool {
    /// Exchanges beside others, which are withdrawn where they would cost those any time.
    struct Companions {
        /// The exchanges.
        var transfers: [Transfer] = []
        /// Whether they leave when the first of the others is on its way, instead of at once.
        var followTheFirst = false
        /// How long they may still take, with the time that the others took.
        var patience: (Duration) -> Duration = { _ in .zero }
    }

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

    /// Performs the transfers until each has its code, and their companions as long as that takes.
    func perform(_ transfers: [Transfer], beside companions: Companions) {
        // libcurl does not copy a body.
        ConnectionPool.withBodies(transfers[...]) { run(transfers, beside: companions) }
        if transfers.contains(where: { $0.code == CURLE_OPERATION_TIMEDOUT }) { dropConnections() }
    }

    private static func withBodies(_ transfers: ArraySlice<Transfer>, _ body: () -> Void) {
        guard let first = transfers.first else { return body() }
        guard let requestBody = first.requestBody else { return withBodies(transfers.dropFirst(), body) }
        requestBody.withUnsafeBytes { bytes in
            first.handle.setBody(bytes)
            withBodies(transfers.dropFirst(), body)
        }
    }

    private func run(_ transfers: [Transfer], beside companions: Companions) {
        let all = transfers + companions.transfers
        let start = ContinuousClock.now
        var end: ContinuousClock.Instant?
        var haveCompanionsBegun = false
        var isPendingSaid = false
        begin(transfers)
        while true {
            if !haveCompanionsBegun, !companions.followTheFirst || transfers.first?.sent != nil {
                haveCompanionsBegun = true
                begin(companions.transfers)
            }
            advance(all)
            if transfers.allSatisfy({ $0.code != nil }) {
                let now = ContinuousClock.now
                let last = end ?? now + companions.patience(start.duration(to: now))
                end = last
                if now >= last || !haveCompanionsBegun || companions.transfers.allSatisfy({ $0.code != nil }) { break }
                curl_multi_poll(multi, nil, 0, Int32(min(now.duration(to: last).milliseconds, 1000)), nil)
            } else if let slow = transfers.first(where: { $0.code == nil }), !isPendingSaid,
                start.duration(to: .now) >= .seconds(2)
            {
                isPendingSaid = true
                pending(slow, start.duration(to: .now))
            } else if haveCompanionsBegun || transfers.first?.sent == nil {
                curl_multi_poll(multi, nil, 0, 1000, nil)
            }
        }
        for transfer in all { transfer.handle.leave(multi) }
    }

    private func begin(_ transfers: [Transfer]) {
        for transfer in transfers { transfer.code = transfer.handle.enter(multi) }
    }

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
