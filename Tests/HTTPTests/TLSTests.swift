import Foundation
import Redaction
import Testing

@testable import HTTP

@Suite struct TLSExchanges {
    private let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates.shared.get()
    }

    /// What a request to an `openssl s_server` with that certificate ends in.
    private struct Outcome {
        var response: HTTPResponse?
        var error: HTTPError?
        /// The error after the method and the URL.
        var text: String?
        var requestCount = 0
    }

    private func outcome(
        certificate: String, _ options: String..., configuration: HTTPConfiguration
    ) throws -> Outcome {
        try certificates.serve(certificate, options) { port in
            let client = HTTPClient(configuration: configuration)
            let request = HTTPRequest(
                method: .get, url: try HTTPURL("https://127.0.0.1:\(port)/"),
                headers: [HTTPHeader(name: "Host", value: "api.test")])
            var outcome = Outcome()
            outcome.error = failure { outcome.response = try client.attempt(request) }
            outcome.text = outcome.error.map { "\($0)".replacing("\(request.line): ", with: "") }
            outcome.requestCount = client.requestCount
            return outcome
        }
    }

    private func configuration(caFile path: String? = nil) throws -> HTTPConfiguration {
        var configuration = HTTPConfiguration.test
        configuration.authorities = try path.map { try AuthorityFile(at: $0, bytes: try bytes($0)) }
        return configuration
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }

    @Test func `exchanges over TLS succeed with the authority's certificate`() throws {
        let trusting = try configuration(caFile: certificates.path("ca.pem"))
        let outcome = try outcome(certificate: "good", configuration: trusting)
        #expect(outcome.text == nil)
        #expect(outcome.response?.status == 200)
        #expect(outcome.response?.contentType == "text/html")
    }

    private static let unknown =
        "the certificate of 127.0.0.1 is signed by an authority that is not trusted here"

    @Test(
        arguments: [
            ("good", nil, unknown),
            ("good", "other.pem", unknown),
            (
                "expired", "ca.pem",
                "the certificate of 127.0.0.1 has expired"
            ),
            ("future", "ca.pem", "the certificate of 127.0.0.1 is not valid yet"),
            (
                "elsewhere", "ca.pem",
                "the certificate is not for 127.0.0.1 but for other names"
            ),
        ] as [(String, String?, String)])
    func `exchanges over TLS fail for a certificate that does not verify`(
        certificate: String, caFile: String?, expected: String
    ) throws {
        let configuration = try configuration(caFile: caFile.map(certificates.path))
        let outcome = try outcome(certificate: certificate, configuration: configuration)
        #expect(outcome.text == expected)
        #expect(outcome.error?.isRetryable == false)
    }

    @Test(arguments: ["good", "expired", "elsewhere"])
    func `exchanges over TLS succeed with any certificate where none is verified`(certificate: String) throws {
        var careless = try configuration()
        careless.insecureSkipTLSVerify = true
        let outcome = try outcome(certificate: certificate, configuration: careless)
        #expect(outcome.text == nil)
        #expect(outcome.response?.status == 200)
    }

    @Test func `exchanges over TLS ask the bundle for an authority that the folder does not know`() throws {
        var configuration = try configuration()
        configuration.trust = .hashedFolder(certificates.path("hashed-other"), bundle: certificates.path("ca.pem"))
        let outcome = try outcome(certificate: "good", configuration: configuration)
        #expect(outcome.response?.status == 200)
        #expect(outcome.requestCount == 1)
    }

    @Test func `exchanges over TLS find an authority in a hashed folder`() throws {
        let trust = TrustStore.find(folder: certificates.path("hashed"), bundles: ["/nonexistent"])
        #expect(trust == .hashedFolder(certificates.path("hashed"), bundle: nil))
        var configuration = try configuration()
        configuration.trust = trust
        let outcome = try outcome(certificate: "good", configuration: configuration)
        #expect(outcome.response?.status == 200)
        #expect(outcome.requestCount == 1)
    }

    @Test func `exchanges over TLS use the bundle where a folder has no hashed links`() throws {
        let bundle = certificates.path("ca.pem")
        #expect(TrustStore.find(folder: certificates.path("."), bundles: ["/nonexistent", bundle]) == .file(bundle))
        #expect(TrustStore.find(folder: "/nonexistent", bundles: []) == .builtIn)
    }

    @Test func `exchanges over TLS fail where no authorities are installed`() throws {
        var configuration = try configuration()
        configuration.trust = .file("/nonexistent/bundle.crt")
        let outcome = try outcome(certificate: "good", configuration: configuration)
        #expect(outcome.text == "no authorities to trust are installed here")
        #expect(outcome.error?.isRetryable == false)
    }

    @Test func `exchanges over TLS fail for a CA file that only looks like one`() throws {
        let path = certificates.path("hollow.pem")
        let outcome = try outcome(certificate: "good", configuration: try configuration(caFile: path))
        #expect(
            outcome.text == "\(path) was refused by the TLS library")
        #expect(outcome.error?.request == nil)
        guard case .unusableAuthorities(path, _) = outcome.error?.reason else {
            Issue.record("expected the CA file to be the cause")
            return
        }
    }

    @Test func `exchanges over TLS fail for a server that speaks plain HTTP there`() throws {
        let response = LoopbackServer.Step.response("400 Bad Request", body: "plain HTTP")
        try LoopbackServer.run([.readSome, response]) { server in
            let client = HTTPClient(configuration: try configuration())
            let url = try server.url(scheme: "https")
            let error = failure { _ = try client.attempt(HTTPRequest(method: .get, url: url)) }
            #expect(
                error.map { "\($0)" } == "GET \(url): 127.0.0.1 does not speak TLS on this port")
            #expect(error?.isRetryable == false)
        }
    }

    @Test func `exchanges over TLS fail for a server that shares no way to encrypt`() throws {
        // A fatal alert (RFC 8446 §6): handshake_failure.
        try LoopbackServer.run([.readSome, .send([0x15, 3, 3, 0, 2, 2, 40])]) { server in
            let client = HTTPClient(configuration: try configuration())
            let url = try server.url(scheme: "https")
            let text = failure { _ = try client.attempt(HTTPRequest(method: .get, url: url)) }.map { "\($0)" } ?? ""
            #expect(text.hasPrefix("GET \(url): the TLS handshake failed: "), "\(text)")
        }
    }

    @Test func `exchanges over TLS fail for a certificate that is no server's`() throws {
        let outcome = try outcome(
            certificate: "client", configuration: try configuration(caFile: certificates.path("ca.pem")))
        let text = outcome.text ?? ""
        #expect(text.hasPrefix("the certificate of 127.0.0.1 does not verify: "), "\(text)")
        #expect(outcome.error?.isRetryable == false)
    }

    @Test(arguments: [[.readSome, .reset], [.readSome]] as [[LoopbackServer.Step]])
    func `exchanges over TLS that are cut in the handshake are network failures`(script: [LoopbackServer.Step]) throws {
        try LoopbackServer.run(script) { server in
            let client = HTTPClient(configuration: try configuration())
            let url = try server.url(scheme: "https")
            let error = failure { _ = try client.attempt(HTTPRequest(method: .get, url: url)) }
            #expect(
                error.map { "\($0)" } == "GET \(url): the connection was cut while negotiating TLS")
            #expect(error?.isRetryable == true)
        }
    }

    @Test func `exchanges over TLS that are reset before the handshake are network failures`() throws {
        // The reset comes at any moment from the connection on, so the phase is not certain.
        try LoopbackServer.run([.reset]) { server in
            let client = HTTPClient(configuration: try configuration())
            let url = try server.url(scheme: "https")
            let error = failure { _ = try client.attempt(HTTPRequest(method: .get, url: url)) }
            #expect(error?.isRetryable == true, "\(String(describing: error))")
        }
    }

    /// What libcurl 7.88 says where a connection is reset, or ends, before or after each of its calls on the socket.
    @Test(arguments: [
        ("getpeername() failed with errno 107: Transport endpoint is not connected", HandshakeFailure.cut),
        ("Send failure: Connection reset by peer", .cut),
        ("Send failure: Broken pipe", .cut),
        ("Recv failure: Connection reset by peer", .cut),
        ("Recv failure: Connection timed out", .cut),
        ("OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to 127.0.0.1:8443 ", .cut),
        // Where the stream ended, libcurl repeats an error of before.
        ("OpenSSL SSL_connect: Connection reset by peer in connection to 127.0.0.1:8443 ", .cut),
        ("OpenSSL SSL_connect: Resource temporarily unavailable in connection to 127.0.0.1:8443 ", .cut),
        ("OpenSSL SSL_connect: Transport endpoint is not connected in connection to 127.0.0.1:8443 ", .cut),
        ("OpenSSL SSL_connect: No such file or directory in connection to 127.0.0.1:8443 ", .cut),
        ("error:0A000126:SSL routines::unexpected eof while reading", .cut),
        ("error:80000068:system library::Connection reset by peer", .cut),
        ("error:0A00010B:SSL routines::wrong version number", .plainHTTP),
        ("error:0A00009C:SSL routines::http request", .plainHTTP),
        ("error:0A0000C6:SSL routines::packet length too long", .plainHTTP),
        ("error:0A000410:SSL routines::sslv3 alert handshake failure", .refused),
        ("TLS connect error: error:0A000410:SSL routines::ssl/tls alert handshake failure", .refused),
        ("", .refused),
    ])
    func `exchanges over TLS that fail in the handshake are network failures where the connection ended`(
        text: String, expected: HandshakeFailure
    ) {
        #expect(HandshakeFailure(libcurlSays: text) == expected)
    }

    @Test func `exchanges over TLS show a server that asks for it the client's certificate`() throws {
        var configuration = try configuration(caFile: certificates.path("ca.pem"))
        let bare = try outcome(certificate: "good", "-Verify", "1", configuration: configuration)
        #expect(bare.response == nil)
        configuration.clientIdentity = ClientIdentity(
            certificate: try bytes(certificates.path("client.pem")),
            key: Secret(String(decoding: try bytes(certificates.path("client.key")), as: UTF8.self)))
        let outcome = try outcome(certificate: "good", "-Verify", "1", configuration: configuration)
        #expect(outcome.text == nil)
        #expect(outcome.response?.status == 200)
        let page = String(decoding: outcome.response?.body ?? [], as: UTF8.self)
        #expect(page.contains("Peer signature type: ECDSA"))
    }

    @Test func `exchanges over TLS fail for a key that is not the certificate's, or none`() throws {
        var configuration = try configuration(caFile: certificates.path("ca.pem"))
        let certificate = try bytes(certificates.path("client.pem"))
        for key in [Secret(String(decoding: try bytes(certificates.path("good.key")), as: UTF8.self)), Secret("k3y")] {
            configuration.clientIdentity = ClientIdentity(certificate: certificate, key: key)
            let outcome = try outcome(certificate: "good", configuration: configuration)
            let text = outcome.text ?? ""
            #expect(text.hasPrefix("the client certificate or its key cannot be used: "), "\(text)")
            #expect(!text.contains("k3y"))
            #expect(outcome.error?.isRetryable == false)
        }
    }

    @Test func `exchanges over TLS ask for a server by another name than the URL's host`() throws {
        var configuration = try configuration(caFile: certificates.path("ca.pem"))
        configuration.serverName = "elsewhere.test"
        let outcome = try outcome(certificate: "elsewhere", configuration: configuration)
        #expect(outcome.text == nil)
        #expect(outcome.response?.status == 200)
        configuration.serverName = "another.test"
        let other = try self.outcome(certificate: "elsewhere", configuration: configuration)
        guard case .tls(.wrongHost) = other.error?.reason else {
            Issue.record("\(String(describing: other.error))")
            return
        }
    }
}
