import Testing

@testable import HTTP

@Suite struct HTTPURLParsing {
    @Test(arguments: [
        ("http://Host", "http://Host/", "http://host:80", "/"),
        ("https://host:8443/base/", "https://host:8443/base/", "https://host:8443", "/base/"),
        ("https://host:443/a/../b", "https://host:443/b", "https://host:443", "/b"),
        ("HTTP://host/a?b=c&d", "http://host/a?b=c&d", "http://host:80", "/a"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x", "http://[::1]:8080", "/x"),
        ("http://host/%C3%BC/\u{FC}", "http://host/%C3%BC/%c3%bc", "http://host:80", "/%C3%BC/%c3%bc"),
    ])
    func `a URL keeps what it reads and knows the origin`(source: String, text: String, origin: String, path: String)
        throws
    {
        let url = try HTTPURL(source)
        #expect(url.text == text)
        #expect(url.description == text)
        #expect(url.origin == origin)
        #expect(url.path == path)
        #expect(try HTTPURL(url.text) == url)
    }

    @Test(arguments: [
        ("", HTTPURL.ValidationError.malformed),
        ("host/path", .malformed),
        ("host:8080", .malformed),
        ("ftp://host/", .unsupportedScheme),
        ("file:///etc/passwd", .unsupportedScheme),
        ("javascript:alert(1)", .malformed),
        ("http:/host/", .malformed),
        ("http://", .noHost),
        ("http:///path", .noHost),
        ("http://ho st/", .spaceOrControlCharacter),
        ("http://host/\r\nX: y", .spaceOrControlCharacter),
        ("http://host/\u{0}", .spaceOrControlCharacter),
        ("http://user:password@host/", .userInformation),
        ("http://user@host/", .userInformation),
        ("http://:password@host/", .userInformation),
        ("http://host/#part", .fragment),
        ("http://host/#", .fragment),
        ("http://host:0/", .invalidPort),
        ("http://host:65536/", .invalidPort),
        ("http://host:http/", .invalidPort),
        ("http://ho|st/", .invalidHost),
        ("http://[::1/", .invalidHost),
        ("http://good\\@evil/", .userInformation),
    ])
    func `a URL refuses what is no plain web address`(source: String, expected: HTTPURL.ValidationError) {
        #expect(throws: expected) { try HTTPURL(source) }
    }

    @Test(arguments: [
        "http://user:s3cr3t@host/", "http://user:s3cr3t@host:99999/", "s3cr3t://host/", "http://s3cr3t host/",
        "http://u:s3cr3t@/", "http://s3cr3t|/", "http://host:s3cr3t/", "http://host/#s3cr3t",
    ])
    func `a URL never repeats what it refuses`(source: String) {
        #expect { try HTTPURL(source) } throws: { !"\($0)".contains("s3cr3t") }
    }

    @Test(arguments: [
        ("http://host", ["api", "v1"], "http://host/api/v1"),
        ("http://host/base", ["a"], "http://host/base/a"),
        ("http://host/base/", ["a"], "http://host/base/a"),
        ("http://host/base//", ["a"], "http://host/base/a"),
        (
            "http://host:8080/", ["a b", "c/d", "e?f#g", "%41", "\u{FC}"],
            "http://host:8080/a%20b/c%2Fd/e%3Ff%23g/%2541/%C3%BC"
        ),
        ("http://host/", ["..", "."], "http://host/%2E%2E/%2E"),
        ("http://host/base?q=1", ["a"], "http://host/base/a?q=1"),
        ("http://[::1]:81/", ["a"], "http://[::1]:81/a"),
        ("http://host/base/", [], "http://host/base"),
        ("http://host/", [], "http://host/"),
    ])
    func `a URL appends segments to a base path`(base: String, segments: [String], expected: String) throws {
        #expect(try HTTPURL(base).appending(pathSegments: segments).text == expected)
    }

    @Test func `a URL says whether it has a query`() throws {
        #expect(try HTTPURL("http://host/a").query == nil)
        #expect(try (HTTPURL("http://host/a?").query != nil) == HTTPURL("http://host/a?").text.contains("?"))
        #expect(try HTTPURL("http://host/a?b").query == "b")
    }
}
