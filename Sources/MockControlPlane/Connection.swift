import Loopback

/// One client's connection, from its first request to its end, on its own thread.
struct Connection {
    let socket: LoopbackSocket
    let number: Int
    let server: Server

    /// Responds to requests until either side has had enough.
    func run() {
        var reader = HTTPRequestReader(socket)
        do throws(HTTPRequestReader.Failure) {
            while serve(try reader.next()) {}
        } catch {
            if case .refused(let status, let reason) = error {
                let response = MockControlPlane.Response.text(status, reason + "\n")
                if socket.send(response.head(closing: true) + response.body) { socket.finishPolitely() }
            }
        }
        server.end(number, socket)
    }

    /// Responds to one request, or does to it what the script says; false where the connection has to end.
    private func serve(_ request: HTTPRequest) -> Bool {
        let destination = Destination(request, server.configuration)
        let record = MockControlPlane.RecordedRequest(request, connection: number, route: destination.route)
        let (index, fault, onRequest, beforeResponding) = server.state.withLock { state in
            state.requests.append(record)
            let fault = state.faults.next(on: destination.route)
            return (state.requests.count - 1, fault, state.onRequest, state.beforeResponding)
        }
        onRequest?(record)
        var response = MockControlPlane.Response.json(200, [:])
        if fault.doesWork {
            response = server.state.withLock { $0.controlPlane.response(request, to: destination) }
        }
        let isEchoing = server.configuration.echoesRequests
        switch fault.content {
        case .real: break
        case .response(let scripted): response = scripted
        case .error(let status):
            response = Refusal.scripted(status, on: destination.route).response(echoing: isEchoing ? request : nil)
        }
        if isEchoing {
            response.headers.append(MockControlPlane.Header("X-Echo-Headers", request.quotedHeaders))
            response.headers.append(MockControlPlane.Header("X-Echo-Body", request.quotedBody))
        }
        beforeResponding?(record, &response)
        if fault.delay > .zero, !socket.pause(fault.delay) { return false }
        return deliver(response, fault.delivery, to: request) { response in
            server.state.withLock { $0.requests[index].response = response }
        }
    }

    /// Sends the response as the fault has it; `record` is called before the first byte leaves, so that a client that
    /// has read it finds it recorded.
    private func deliver(
        _ response: MockControlPlane.Response, _ delivery: MockControlPlane.Fault.Delivery, to request: HTTPRequest,
        record: (MockControlPlane.Response) -> Void
    ) -> Bool {
        var response = response
        let hasBody = request.method != "HEAD" && response.status != 204 && response.status != 304
        let keepsOpen =
            request.keepsAlive
            && !response.headers.elements(of: "Connection").contains { $0.matchesIgnoringCase("close") }
        let head = response.head(closing: !keepsOpen)
        let body = hasBody ? response.body : []
        switch delivery {
        case .whole:
            record(response)
            return socket.send(head + body) && keepsOpen
        case .drip(let interval):
            record(response)
            for byte in head + body {
                guard socket.send([byte]), socket.pause(interval) else { return false }
            }
            return keepsOpen
        case .truncated(let count):
            record(response)
            let kept = body.prefix(max(0, count ?? body.count / 2))
            let announced = max(body.count, kept.count + 1)
            _ = socket.send(response.head(closing: !keepsOpen, contentLength: announced) + kept)
            return false
        case .halfHead:
            record(response)
            _ = socket.send(head.prefix(head.count / 2))
            return false
        case .huge(let count, let announced):
            response.headers.append(
                announced
                    ? MockControlPlane.Header("Content-Length", String(count))
                    : MockControlPlane.Header("Transfer-Encoding", "chunked"))
            record(response)
            return socket.send(response.head(closing: !keepsOpen)) && stream(count, inChunks: !announced) && keepsOpen
        case .garbage(let bytes):
            _ = socket.send(bytes)
            return false
        case .silence:
            socket.waitForEnd()
            return false
        case .close:
            return false
        case .reset:
            socket.resetWhenClosed()
            return false
        }
    }

    /// Sends so many bytes without ever holding them all.
    private func stream(_ count: Int, inChunks: Bool) -> Bool {
        let piece = [UInt8](repeating: UInt8(ascii: " "), count: 64 * 1024)
        var rest = count
        while rest > 0 {
            let part = piece.prefix(rest)
            rest -= part.count
            let sent =
                inChunks
                ? socket.send("\(String(part.count, radix: 16))\r\n".utf8 + Array(part) + "\r\n".utf8)
                : socket.send(part)
            guard sent else { return false }
        }
        return !inChunks || socket.send("0\r\n\r\n".utf8)
    }
}
