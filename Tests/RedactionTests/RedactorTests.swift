import Foundation
import HTTP
import Redaction
import Testing

@Suite struct Redaction {
    private static let secret = "p\"ä/+ %\\&<😀z"

    private func redactor(_ secrets: String...) -> Redactor {
        let redactor = Redactor()
        for secret in secrets { redactor.register(Secret(secret)) }
        return redactor
    }

    @Test(arguments: [
        ("as it is", #"p"ä/+ %\&<😀z"#),
        ("percent-encoded", "p%22%C3%A4%2F%2B%20%25%5C%26%3C%F0%9F%98%80z"),
        ("in lower case", "p%22%c3%a4%2f%2b%20%25%5c%26%3c%f0%9f%98%80z"),
        ("form-encoded", "p%22%C3%A4%2F%2B+%25%5C%26%3C%F0%9F%98%80z"),
        ("every byte", "%70%22%C3%A4%2F%2B%20%25%5C%26%3C%F0%9F%98%80%7A"),
        ("only some bytes", "p\"%C3%A4/%2B+%25\\&<%F0%9F%98%80z"),
        ("twice percent-encoded", "p%2522%25C3%25A4%252F%252B%2520%2525%255C%2526%253C%25F0%259F%2598%2580z"),
        ("JSON", #"p\"ä/+ %\\&<😀z"#),
        ("JSON with slashes escaped", #"p\"ä\/+ %\\&<😀z"#),
        ("JSON in ASCII", #"p\"\u00e4/+ %\\&<\ud83d\ude00z"#),
        ("JSON, every unit", #"\u0070\u0022\u00E4\u002F\u002B\u0020\u0025\u005C\u0026\u003C\uD83D\uDE00\u007A"#),
        ("JSON in JSON", #"p\\\"\\u00e4/+ %\\\\&<\\ud83d\\ude00z"#),
        ("Go's JSON", #"p\"ä/+ %\\\u0026\u003c😀z"#),
        ("Python", #"p\"\xe4/+ %\\&<\U0001f600z"#),
        ("Swift", #"p\"\u{e4}/+ %\\&<\u{1f600}z"#),
        ("HTML", #"p&quot;ä/+ %\&amp;&lt;😀z"#),
        ("HTML by numbers", "p&#34;&#228;&#47;&#43;&#32;&#37;&#92;&#38;&#60;&#128512;z"),
        ("HTML by padded hexadecimal numbers", "p&#x22;&#x00E4;/&#x2b; %\\&#X26;&#x3C;&#x1F600;z"),
        ("HTML twice", #"p&amp;quot;ä/+ %\&amp;amp;&amp;lt;😀z"#),
        ("hexadecimal", "7022c3a42f2b20255c263cf09f98807a"),
        ("hexadecimal capitals", "7022C3A42F2B20255C263CF09F98807A"),
    ])
    func `the redactor finds a secret in every form`(form: String, text: String) {
        let redacted = redactor(Redaction.secret).redact("{\"error\": \"got [\(text)] twice: \(text)\"}")
        #expect(redacted == "{\"error\": \"got [<redacted>] twice: <redacted>\"}", "\(form)")
    }

    @Test(arguments: ["", "a", "ab", "abc", "client:", "{\"secret\":\""], ["", "x", "yz", "\"}"])
    func `the redactor finds a secret inside Base64 at every alignment`(before: String, after: String) {
        let redactor = redactor("correct-horse?>~")
        for form in ["correct-horse?>~", "correct-horse%3F%3E~", "correct-horse%3F%3E%7E"] {
            let standard = Data("\(before)\(form)\(after)".utf8).base64EncodedString()
            let urlSafe = standard.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            for text in [standard, urlSafe, standard.replacing("/", with: "\\/"), standard.replacing("+", with: "%2B")]
            {
                let redacted = redactor.redact("Authorization: Basic \(text)")
                #expect(redacted.contains("<redacted>"))
                // Nothing of the middle is left: at most the digits that share their bits with a neighbour are.
                #expect(redacted.utf8.count <= "Authorization: Basic <redacted>".utf8.count + before.utf8.count * 2 + 8)
            }
        }
    }

    @Test(arguments: [
        ("percent-encoded JSON", "p%5C%22%5Cu00e4%5C%2F%2B%20%25%5C%5C%26%3C%5Cud83d%5Cude00z"),
        ("JSON in a form", "p%5C%22%C3%A4%2F%2B+%25%5C%5C%26%3C%F0%9F%98%80z"),
        ("a form in a form", "p%2522%25C3%25A4%252F%252B%2B%2525%255C%2526%253C%25F0%259F%2598%2580z"),
        (
            "a form in HTML by numbers",
            "p&#37;22&#37;C3&#37;A4&#37;2F&#37;2B&#43;&#37;25&#37;5C&#37;26&#37;3C&#37;F0&#37;9F&#37;98&#37;80z"
        ),
        ("every byte of a percent-encoding", "p%25%32%32%25%43%33%25%41%34/+%20%25%32%35%25%35%43%26%3C%F0%9F%98%80z"),
        ("percent-encoding in Python", #"p\x2522\U00000025C3%A4/+%20%25\x255C%26%3C%F0%9F%98%80z"#),
        (
            "hexadecimal of a form",
            "70253232254333254134253246253242" + "2b2532352535432532362533432546302539462539382538307a"
        ),
    ])
    func `the redactor finds a secret in one form over another`(form: String, text: String) {
        #expect(redactor(Redaction.secret).redact("(\(text))") == "(<redacted>)", "\(form)")
    }

    @Test(arguments: [
        ("token 0123456789ab… refused", "token <redacted>… refused"),
        ("token 01234567...", "token <redacted>..."), ("token 0123456...", "token 0123456..."),
        ("token 01234567.", "token 01234567."), ("token 12345678...", "token 12345678..."),
        ("…0123456789abcdef…", "…<redacted>…"),
    ])
    func `the redactor finds the beginning of a secret that was cut off`(text: String, expected: String) {
        #expect(redactor("0123456789abcdef").redact(text) == expected)
    }

    @Test(arguments: ["first\nsecond\tline", #"first\nsecond\tline"#, "first%0Asecond%09line"])
    func `the redactor finds a secret of several lines`(text: String) {
        #expect(redactor("first\nsecond\tline").redact("(\(text))") == "(<redacted>)")
    }

    @Test func `the redactor finds a secret at the end of what it looks at`() {
        let redactor = redactor("0123456789abcdef")
        for limit in [1, 10, 100] {
            for size in 0..<limit * 5 {
                let body = Array((String(repeating: "-", count: size) + "0123456789abcdef----").utf8)
                let text = redactor.excerpt(of: body, limit: limit)
                #expect(!text.contains("0") && !text.contains("f"), "\(size) \(limit)")
            }
        }
    }

    @Test(arguments: [1, 10, 100])
    func `the redactor finds a secret where the rest of a long response is left unread`(limit: Int) {
        let redactor = redactor("0123456789abcdef")
        // Spaces become one, so what stands behind them is shown; 32 times the limit is looked at, 64 times is read.
        for size in (limit * 32 - 20)...(limit * 32 + 4) {
            let blank = String(repeating: " ", count: size)
            let body = Array((blank + "0123456789abcdef" + String(repeating: "-", count: limit * 64)).utf8)
            let text = redactor.excerpt(of: body, limit: limit)
            #expect(!text.contains("0") && !text.contains("f"), "\(size) \(limit): \(text)")
        }
        let twice = Array((String(repeating: "0123456789abcdef ", count: limit * 64)).utf8)
        #expect(!redactor.excerpt(of: twice, limit: limit).contains("0"))
        // Where enough is found already, the next secret is not shown, however little is left of what stands before it.
        let blank = String(repeating: " ", count: limit * 17)
        let secret = "0123456789abcdef"
        let third = "\(secret)\(blank)\(secret) \(secret)" + String(repeating: "-", count: limit * 64)
        #expect(!redactor.excerpt(of: Array(third.utf8), limit: limit).contains("0"))
    }

    @Test(arguments: [" lead", "+lead", "%20lead", "&#32;lead"])
    func `the redactor finds a secret that begins with a space`(text: String) {
        #expect(redactor(" lead").redact("(\(text))") == "(<redacted>)")
    }

    @Test func `the redactor finds the credentials of Basic whatever characters are in the secret`() {
        let secret = Secret("pä ss:/+wörd")
        let redactor = Redactor()
        redactor.register(secret)
        let credentials = Secret.basicCredentials(clientID: "client", clientSecret: secret).revealed()
        #expect(redactor.redact(credentials) == "Y2xpZW50O<redacted>=")
    }

    @Test(arguments: [
        ("a secret a b", "a <redacted> a b"),
        ("secretsecret", "<redacted><redacted>"),
        ("secre", "secre"),
        ("Secret", "Secret"),
        ("", ""),
        ("\r\nsecret\r\n", "\r\n<redacted>\r\n"),
        ("s%65cret%", "<redacted>%"),
        ("\\U0000006", "\\U0000006"), ("\\x7", "\\x7"), ("\\ud83d\\u0041", "\\ud83d\\u0041"),
        ("\\", "\\"), ("%", "%"), ("&#", "&#"), ("&#99999999999;", "&#99999999999;"), ("\\u{", "\\u{"), ("%2", "%2"),
    ])
    func `the redactor leaves the rest of a text alone`(text: String, expected: String) {
        #expect(redactor("secret").redact(text) == expected)
    }

    @Test func `the redactor takes out overlapping secrets whole`() {
        let redactor = redactor("abcdef", "defghi", "abc")
        #expect(redactor.redact("-abcdefghi-") == "-<redacted>-")
        #expect(redactor.redact("-abc-") == "-<redacted>-")
    }

    @Test(arguments: [
        ("x", "x marks the box", "<redacted> marks the box"),
        ("no", "no one knows, no", "<redacted> one knows, <redacted>"),
        ("", "nothing", "nothing"),
    ])
    func `the redactor takes a short secret out only where it stands alone`(
        secret: String, text: String, expected: String
    ) {
        #expect(redactor(secret).redact(text) == expected)
    }

    @Test func `the redactor finds the parts of a token`() {
        let parts = ["eyJhbGciOiJSUzI1NiJ9", "eyJzdWIiOiJjbGllbnQtaWQifQ", "c2lnbmF0dXJlLW9mLXRva2Vu"]
        let redactor = redactor(parts.joined(separator: "."))
        #expect(redactor.redact("token \(parts.joined(separator: ".")) refused") == "token <redacted> refused")
        #expect(redactor.redact("bad signature \(parts[2])") == "bad signature <redacted>")
    }

    @Test(arguments: ["%25", "\\", "&amp;", "%5C%5C", "\\u005C", "%", "a b"])
    func `the redactor is quick with any text`(unit: String) {
        // A secret that is itself full of what may be escaped, and a text that is nothing else.
        let redactor = redactor("%%%%\\\\\\\\&&&&%25%25\\\\ x")
        let text = String(repeating: unit, count: 4_000 / unit.utf8.count)
        let start = ContinuousClock.now
        #expect(redactor.redact(text) == text)
        #expect(start.duration(to: .now) < .seconds(10))
    }

    @Test func `the redactor takes a short secret out of no document`() {
        let redactor = redactor("secret", "longer-secret")
        #expect(redactor.redact(document: "secretKeyRef: longer%2Dsecret") == "secretKeyRef: <redacted>")
    }

    @Test func `the redactor does not compare by canonical equivalence`() {
        #expect(redactor("caf\u{E9}-1").redact("cafe\u{301}-1") == "cafe\u{301}-1")
    }
}

@Suite struct Excerpts {
    private let redactor = Redactor()

    @Test(arguments: [
        ("{\n  \"error\":\t\"x\"\r\n}\n", #"{ "error": "x" }"#),
        ("\u{1B}[31mred\u{7}\u{0}\u{7F}", "\\u{1B}[31mred\\u{07}\\0\\u{7F}"),
        ("\u{85}\u{9B}1m", "\\u{0085}\\u{009B}1m"),
        ("\u{202E}txt.exe\u{2028}\u{2029}\u{2066}\u{FEFF}", "\\u{202E}txt.exe\\u{2028}\\u{2029}\\u{2066}\\u{FEFF}"),
        ("Grüße 😀 日本", "Grüße 😀 日本"),
        ("", ""),
    ])
    func `an excerpt is one line that a terminal shows as it is`(text: String, expected: String) {
        #expect(redactor.excerpt(of: Array(text.utf8)) == expected)
    }

    @Test func `an excerpt replaces what is not UTF-8`() {
        #expect(redactor.excerpt(of: [0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
    }

    @Test func `an excerpt is cut in its middle, for the reason stands at the end`() {
        let value = String(repeating: "x", count: 9000)
        let text = "spec.name: Invalid value: \"\(value)\": must be no more than 63 bytes"
        let excerpt = redactor.excerpt(of: Array(text.utf8))
        #expect(excerpt.hasPrefix("spec.name: Invalid value: \"xxx"))
        #expect(excerpt.hasSuffix("xxx\": must be no more than 63 bytes"))
        #expect(excerpt.contains("xxx… (cut) …xxx"))
        #expect(redactor.excerpt(of: Array("0123456789".utf8), limit: 8) == "012345… (cut) …89")
    }

    @Test func `an excerpt is cut between characters`() {
        #expect(redactor.excerpt(of: Array("äöü".utf8), limit: 5) == "äö… (cut)")
        #expect(redactor.excerpt(of: Array("äöü".utf8), limit: 6) == "äöü")
        #expect(redactor.excerpt(of: Array(repeating: 0x61, count: 20_000)).utf8.count == 4096 + "… (cut) …".utf8.count)
    }

    @Test func `an excerpt has no part of a secret where it is cut`() {
        let secret = "0123456789abcdef"
        redactor.register(Secret(secret))
        for size in 3040...3100 {
            let body = String(repeating: "-", count: size) + secret + String(repeating: "-", count: 4120 - size)
            let excerpt = redactor.excerpt(of: Array(body.utf8))
            #expect(!excerpt.contains("0") && !excerpt.contains("f"), "\(size): \(excerpt)")
            #expect(excerpt.contains("… (cut) …"))
        }
    }
}
