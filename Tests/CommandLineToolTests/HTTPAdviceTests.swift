import HTTP
import Testing

@testable import CommandLineTool

@Suite struct AdviceAboutHTTP {
    private static func line(_ url: String) throws -> RequestLine {
        HTTPRequest(method: .get, url: try HTTPURL(url)).line
    }

    private static func cases() throws -> [(HTTPError, String)] {
        let line = try line("https://api.example/x")
        let busy = HTTPError(HTTPResponse(request: line, status: 503, headers: [], body: []))
        func gaveUp(_ attempts: Int, _ reason: HTTPError.StopReason) -> HTTPError {
            var error = busy
            error.end = (attempts, reason)
            return error
        }
        let ca = "; name that authority's certificate with --ca-file (CA_FILE)"
        return [
            (
                HTTPError(.network(.unresolvable), line),
                "the host name does not resolve; check the URL and this machine's DNS"
            ),
            (
                HTTPError(.network(.unreachable("Connection refused")), line),
                "no connection: Connection refused; check the URL and that the server is up"
            ),
            (
                HTTPError(.network(.proxyRefused(status: 407)), line),
                "the proxy refused the connection: 407 Proxy Authentication Required; check the proxy variables "
                    + "(HTTPS_PROXY, NO_PROXY, …)"
            ),
            (
                HTTPError(.network(.timedOut(.waiting, after: .seconds(3))), line),
                "timed out after 3s while waiting for the response; try again later, or allow a longer --request-timeout "
                    + "(REQUEST_TIMEOUT)"
            ),
            (
                HTTPError(.network(.timedOut(.connecting, after: .seconds(3))), line),
                "timed out after 3s while connecting; check the URL and that the server is up, or allow a longer "
                    + "--connect-timeout (CONNECT_TIMEOUT)"
            ),
            (
                HTTPError(.deadlinePassed(timeout: .seconds(3), during: nil), line),
                "not sent, because the time for the whole step (3s) is over; allow a longer --timeout (TIMEOUT)"
            ),
            (
                HTTPError(.tls(.unknownIssuer), line),
                "the certificate of api.example is signed by an authority that is not trusted here\(ca)"
            ),
            (
                HTTPError(.tls(.handshake("alert")), line),
                "the TLS handshake failed: alert; check that api.example speaks TLS 1.2 or later on this port"
            ),
            (HTTPError(.notHTTP, line), "the response is not HTTP; check the URL"),
            (
                gaveUp(6, .retriesUsedUp),
                "503 Service Unavailable; try again later (6 attempts; no retries are left)"
            ),
            (
                gaveUp(1, .askedWaitPassesDeadline(.seconds(3600))),
                "503 Service Unavailable; try again later, or allow a longer --timeout (TIMEOUT) (1 attempt; the server "
                    + "asked to wait 1h, beyond the time for the whole step)"
            ),
        ]
    }

    @Test func `advice about HTTP names the parameter that it takes`() throws {
        for (error, message) in try Self.cases() {
            #expect(error.message() == "GET https://api.example/x: \(message)")
        }
        let file = HTTPError(
            .unusableAuthorities(at: "--ca-file (CA_FILE): '/ca.pem'", "was refused by the TLS library"), nil)
        #expect(
            file.message()
                == "--ca-file (CA_FILE): '/ca.pem' was refused by the TLS library; name a PEM file of the authorities to trust "
                + "with --ca-file (CA_FILE)")
    }

    @Test(arguments: [
        ("http://api.openchoreo.localhost:8080/", true), ("http://API.LOCALHOST./", true), ("http://localhost/", false),
        ("http://notlocalhost/", false), ("http://localhost.example/", false),
    ])
    func `advice about HTTP says that a name under localhost never leaves the machine`(url: String, says: Bool) throws {
        let error = HTTPError(.network(.unreachable("Connection refused")), try Self.line(url))
        #expect(error.message().contains("a name under localhost never leaves it") == says)
    }

    @Test func `advice about HTTP comes after the server's words`() throws {
        let response = HTTPResponse(request: try Self.line("http://a/"), status: 503, headers: [], body: [])
        #expect(
            HTTPError(response).message(said: "busy")
                == "GET http://a/: 503 Service Unavailable: busy; try again later")
    }
}
