import Testing
import WorkloadModel

private let sha256 = "sha256:" + String(repeating: "0a", count: 32)
private let sha512 = "sha512:" + String(repeating: "0a", count: 64)

/// The parts that a reference is expected to have.
struct ImageReferenceParts: Sendable, CustomTestStringConvertible {
    let text: String
    var registry: String?
    let repository: String
    var tag: String?
    var digest: String?

    var testDescription: String { text }
}

@Suite struct ImageReferences {
    @Test(arguments: [
        ImageReferenceParts(text: "ubuntu", repository: "ubuntu"),
        ImageReferenceParts(text: "ubuntu:22.04", repository: "ubuntu", tag: "22.04"),
        ImageReferenceParts(text: "org/app:v1", repository: "org/app", tag: "v1"),
        ImageReferenceParts(text: "ghcr.io/org/app:v1", registry: "ghcr.io", repository: "ghcr.io/org/app", tag: "v1"),
        ImageReferenceParts(text: "localhost:5000/a", registry: "localhost:5000", repository: "localhost:5000/a"),
        ImageReferenceParts(text: "localhost/a", registry: "localhost", repository: "localhost/a"),
        ImageReferenceParts(text: "localhost:5000", repository: "localhost", tag: "5000"),
        ImageReferenceParts(text: "[::1]:5000/x", registry: "[::1]:5000", repository: "[::1]:5000/x"),
        ImageReferenceParts(
            text: "[2001:DB8::1]/x:t", registry: "[2001:DB8::1]", repository: "[2001:DB8::1]/x", tag: "t"),
        ImageReferenceParts(text: "10.0.0.1:80/a:b", registry: "10.0.0.1:80", repository: "10.0.0.1:80/a", tag: "b"),
        ImageReferenceParts(text: "Reg.Example.COM/a", registry: "Reg.Example.COM", repository: "Reg.Example.COM/a"),
        ImageReferenceParts(text: "a@\(sha256)", repository: "a", digest: sha256),
        ImageReferenceParts(
            text: "r.io:1/a/b:t@\(sha512)", registry: "r.io:1", repository: "r.io:1/a/b", tag: "t", digest: sha512),
        ImageReferenceParts(
            text: "a@x+y.z:" + String(repeating: "0", count: 32), repository: "a",
            digest: "x+y.z:" + String(repeating: "0", count: 32)),
        ImageReferenceParts(text: "x/a.b_c__d---e:_T.-x", repository: "x/a.b_c__d---e", tag: "_T.-x"),
        ImageReferenceParts(
            text: "a:" + String(repeating: "T", count: 128), repository: "a", tag: String(repeating: "T", count: 128)),
        ImageReferenceParts(text: String(repeating: "a", count: 255), repository: String(repeating: "a", count: 255)),
    ])
    func `an image reference has a registry, a repository, a tag and a digest`(expected: ImageReferenceParts) throws {
        let reference = try ImageReference(expected.text)
        #expect(reference.text == expected.text)
        #expect(reference.registry == expected.registry)
        #expect(reference.repository == expected.repository)
        #expect(reference.tag == expected.tag)
        #expect(reference.digest == expected.digest)
    }

    @Test(arguments: [
        ("a", "the image has no tag, so it means 'latest' at any time; give it a tag or a digest"),
        ("a:latest", "the image's tag 'latest' means another build at another time; give a tag or a digest"),
        ("a:1", nil),
        ("a@\(sha256)", nil),
        ("a:latest@\(sha256)", nil),
    ])
    func `an image reference that leaves the build open carries a warning`(text: String, expected: String?) throws {
        let reference = try ImageReference(text)
        #expect(reference.warning == expected)
    }

    private static let pathRule = """
        : a repository has lowercase letters, digits, '.', '_' and '-' between slashes, and starts and ends with a \
        letter or digit there
        """
    private static let tagRule =
        ": a tag has 1 to 128 letters, digits, '_', '.' and '-', and does not start with '.' or '-'"
    private static let separatorRule =
        "is not allowed: separators are one '.', one or two '_', or any number of '-'"
    private static let emptyPath = "it names no repository; write REPOSITORY:TAG or REGISTRY/REPOSITORY:TAG"
    private static let imageID = "it is the id of a local image; name a repository that the image was pushed to"

    @Test(arguments: [
        ("", "it is empty; write REPOSITORY:TAG or REPOSITORY@DIGEST"),
        (" a", "' ' at character 1: an image reference has no spaces or control characters"),
        ("a:1\n", #"'\n' at character 4: an image reference has no spaces or control characters"#),
        ("a\0", #"'\0' at character 2: an image reference has no spaces or control characters"#),
        ("https://r.io/a:1", "it starts with 'https://': an image reference is not a URL; leave that part out"),
        ("docker://a", "it starts with 'docker://': an image reference is not a URL; leave that part out"),
        (
            "oci-archive+x://a",
            "it starts with 'oci-archive+x://': an image reference is not a URL; leave that part out"
        ),
        (sha256, imageID),
        (String(sha256.dropFirst(7)), imageID),
        ("a:", "its tag is malformed: it is empty\(tagRule)"),
        ("r.io:80/a:", "its tag is malformed: it is empty\(tagRule)"),
        ("a:@\(sha256)", "its tag is malformed: it is empty\(tagRule)"),
        ("a:-b", "its tag is malformed: '-' at character 3 cannot start it\(tagRule)"),
        ("a:b+c", "its tag is malformed: '+' at character 4 is not allowed\(tagRule)"),
        ("a:\u{E9}", "its tag is malformed: '\u{E9}' at character 3 is not allowed\(tagRule)"),
        ("a:" + String(repeating: "t", count: 129), "its tag is malformed: it has 129 characters\(tagRule)"),
        ("a:b:c", "':' at character 2 is not allowed\(pathRule)"),
        (String(repeating: "a", count: 256), "its repository has 256 characters: at most 255 are allowed"),
        ("org/App:1", "'A' at character 5: a repository is written in lowercase"),
        ("Org/app:1", "'O' at character 1: a repository is written in lowercase"),
        ("a$b", "'$' at character 2 is not allowed\(pathRule)"),
        ("\u{430}", "'\u{430}' at character 1 is not allowed\(pathRule)"),
        ("a..b", "'..' at character 2 \(separatorRule)"),
        ("a___b", "'___' at character 2 \(separatorRule)"),
        ("a_-b", "'_-' at character 2 \(separatorRule)"),
        ("x/-a", "'-' at character 3 cannot start it\(pathRule)"),
        ("x/a-", "'-' at character 4 cannot end it\(pathRule)"),
        ("a//b", "there is no name before the '/' or end at character 3; remove one '/'"),
        ("/a", "there is no name before the '/' or end at character 1; remove one '/'"),
        ("a/", "there is no name before the '/' or end at character 3; remove one '/'"),
        ("a/:1", "there is no name before the '/' or end at character 3; remove one '/'"),
        (":1", emptyPath),
        ("@\(sha256)", emptyPath),
        ("r.io:80/", emptyPath),
        ("[::1]:5000", emptyPath),
    ])
    func `a malformed image reference is refused with the reason`(text: String, expected: String) {
        #expect { try ImageReference(text) } throws: { "\($0)" == expected }
    }

    @Test(arguments: [
        "a@", "a@latest", "user:pass@r.io/a:1", "a@:" + String(repeating: "0", count: 64),
        "a@sha+:" + String(repeating: "0", count: 64), "a@sha256:", "a@sha256:abc", "a@\(sha256)0", "a@x:0",
        "a@\(sha256.uppercased())", "a@\(sha256)@\(sha256)",
    ])
    func `an image reference with a malformed digest is refused, and the digest is not repeated`(text: String) {
        #expect {
            try ImageReference(text)
        } throws: {
            "\($0)"
                == "what follows '@' is not a digest; write ALGORITHM:HEX, such as sha256: and 64 hexadecimal digits "
                + "in lowercase"
        }
    }

    private static let hostRule =
        ": a host has letters, digits and '-' in its parts between dots, which start and end with a letter or digit"
    private static let portRule = "only a ':' and a port from 1 to 65535 can follow its host"
    private static let addressRule = "write an IPv6 address in brackets, as in [::1]:5000"

    @Test(arguments: [
        ("r.io:/a", portRule), ("r.io:0/a", portRule), ("r.io:65536/a", portRule), ("r.io:+80/a", portRule),
        ("r.io:80:80/a", portRule), ("[::1]5000/a", portRule), ("[::1]:/a", portRule),
        ("r..io/a", "there is nothing before the dot or end at character 3\(hostRule)"),
        (".io/a", "there is nothing before the dot or end at character 1\(hostRule)"),
        ("-r.io/a", "'-' at character 1 cannot start it\(hostRule)"),
        ("r-.io/a", "'-' at character 2 cannot end it\(hostRule)"),
        ("a.b_c/d", "'_' at character 4 is not allowed\(hostRule)"),
        ("::1/a", "it is empty\(hostRule)"),
        ("[::1/a", addressRule), ("[]/a", addressRule), ("[fe80::1%eth0]/a", addressRule),
        ("[::ffff:1.2.3.4]/a", addressRule),
    ])
    func `an image reference with a malformed registry is refused with the reason`(text: String, expected: String) {
        #expect { try ImageReference(text) } throws: { "\($0)" == "its registry is malformed: \(expected)" }
    }
}
