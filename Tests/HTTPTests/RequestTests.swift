import Redaction
import Testing

@testable import HTTP

@Suite struct Secrets {
    @Test func `secrets show themselves in no description`() {
        let secret = Secret("hunter22")
        var dumped = ""
        dump([secret], to: &dumped)
        dump(HTTPBody.form([("client_secret", RequestText(secret: secret))]), to: &dumped)
        let texts = ["\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)", dumped]
        for text in texts {
            #expect(text.contains("<redacted>"))
            #expect(!text.contains("hunter22"))
        }
        #expect(secret.revealed() == "hunter22")
    }

    @Test func `the credentials of Basic are made from form-encoded parts`() {
        let credentials = Secret.basicCredentials(clientID: "a b:c", clientSecret: Secret("p+\u{FC}"))
        #expect(credentials.revealed() == "YStiJTNBYzpwJTJCJUMzJUJD")
        #expect("\(credentials)" == "<redacted>")
    }

    @Test func `secrets stay hidden in a text that is partly plain`() throws {
        let text = RequestText("Bearer ", secret: Secret("token"))
        #expect("\(text)" == "Bearer <redacted>")
        #expect(String(reflecting: text) == "Bearer <redacted>")
        #expect(text.revealed() == "Bearer token")
    }
}

@Suite struct HTTPHeaders {
    @Test(arguments: [
        ("a\r\nX: y", "aX: y"), ("a\nb", "ab"), ("a\rb", "ab"), ("a\u{0}b", "ab"), ("a\u{7F}", "a"),
        ("\u{1B}[31m", "[31m"), ("\u{FC}", "\u{FC}"),
    ])
    func `headers lose what could begin another header`(value: String, expected: String) {
        #expect(HTTPHeader.host(value).value.revealed() == expected)
        let bearer = HTTPHeader.authorization("Bearer", Secret(value))
        #expect(bearer.value.revealed() == "Bearer \(expected)")
        #expect("\(bearer.value)" == "Bearer <redacted>")
    }
}

@Suite struct HTTPBodies {
    @Test(arguments: [
        ("a b&c=d", "a+b%26c%3Dd"),
        ("*-._~", "*-._%7E"),
        ("+%", "%2B%25"),
        ("\u{FC}\r\n", "%C3%BC%0D%0A"),
        ("", ""),
    ])
    func `bodies of requests encode the fields of a form`(value: String, encoded: String) {
        let body = HTTPBody.form([
            ("grant type", RequestText(value)),
            ("secret", RequestText(secret: Secret(value))),
        ])
        #expect(String(decoding: body.written(), as: UTF8.self) == "grant+type=\(encoded)&secret=\(encoded)")
        #expect(body.description == "grant+type=\(encoded)&secret=<redacted>")
        #expect(String(reflecting: body) == body.description)
        #expect(body.contentType == "application/x-www-form-urlencoded")
    }

    @Test func `bodies of requests send JSON as it is`() {
        let body = HTTPBody.json(Array(#"{"a":1}"#.utf8))
        #expect(body.written() == Array(#"{"a":1}"#.utf8))
        #expect(body.description == #"{"a":1}"#)
        #expect(body.contentType == "application/json")
    }
}

@Suite struct HTTPResponses {
    @Test func `responses do not show their body, in which a token may be`() throws {
        let line = RequestLine(method: .post, url: try HTTPURL("http://host/token"))
        let response = HTTPResponse(request: line, status: 200, body: Array("token".utf8))
        var dumped = ""
        dump(response, to: &dumped)
        #expect("\(response)" == "POST http://host/token: 200 OK")
        #expect(String(reflecting: response) == "\(response)")
        #expect(!dumped.contains("116"))
    }

    @Test(
        arguments: [
            ("application/json", "application/json"),
            ("Application/JSON; charset=utf-8", "application/json"),
            ("text/html;a=b", "text/html"),
            (" text/plain ", "text/plain"),
            (";", nil),
            ("", nil),
        ] as [(String, String?)])
    func `responses know their media type`(value: String, expected: String?) throws {
        let line = RequestLine(method: .get, url: try HTTPURL("http://host/"))
        let response = HTTPResponse(
            request: line, status: 200, headers: [("CONTENT-type", value)])
        #expect(response.contentType == expected)
        #expect(HTTPResponse(request: line, status: 200).contentType == nil)
    }
}
