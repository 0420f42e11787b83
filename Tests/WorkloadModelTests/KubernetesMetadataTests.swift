import Testing
import WorkloadModel

@Suite struct KubernetesMetadataTables {
    @Test(arguments: [
        ("app=web", "app", "web"),
        ("app=", "app", ""),
        ("app.kubernetes.io/part-of=A_b.c-9", "app.kubernetes.io/part-of", "A_b.c-9"),
        ("9Z=0", "9Z", "0"),
        (String(repeating: "k", count: 63) + "=v", String(repeating: "k", count: 63), "v"),
        ("k=" + String(repeating: "v", count: 63), "k", String(repeating: "v", count: 63)),
        (String(repeating: "p", count: 253) + "/k=v", String(repeating: "p", count: 253) + "/k", "v"),
    ])
    func `an argument for a label is a key and a value`(argument: String, key: String, value: String) throws {
        let label = try Label(argument: argument)
        #expect(label.key == key)
        #expect(label.value == value)
    }

    private static let nameRule = """
        : a name has 1 to 63 letters, digits, '-', '_' and '.', and starts and ends with a letter or digit
        """
    private static let valueRule = """
        : a value has up to 63 letters, digits, '-', '_' and '.', and starts and ends with a letter or digit
        """
    private static let prefixRule = """
        : a DNS subdomain has 1 to 253 characters, its parts between dots have lowercase letters, digits and '-', and \
        start and end with a letter or digit
        """

    @Test(arguments: [
        ("app", "there is no '=' in it; write KEY=VALUE (KEY= for an empty value)"),
        ("=v", "the label key '' is malformed: in its name, it is empty" + nameRule),
        ("a/=v", "the label key 'a/' is malformed: in its name, it is empty" + nameRule),
        ("/a=v", "the label key '/a' is malformed: in its prefix, it is empty" + prefixRule),
        ("a/b/c=v", "the label key 'a/b/c' is malformed: it has more than one '/'; write NAME or PREFIX/NAME"),
        (
            "A.io/b=v",
            "the label key 'A.io/b' is malformed: in its prefix, 'A' at character 1 is not allowed" + prefixRule
        ),
        ("-a=v", "the label key '-a' is malformed: in its name, '-' at character 1 cannot start it" + nameRule),
        ("a_=v", "the label key 'a_' is malformed: in its name, '_' at character 2 cannot end it" + nameRule),
        ("a b=v", "the label key 'a b' is malformed: in its name, ' ' at character 2 is not allowed" + nameRule),
        (
            String(repeating: "k", count: 64) + "=v",
            "the label key '\(String(repeating: "k", count: 64))' is malformed: in its name, it has 64 characters"
                + nameRule
        ),
        (
            String(repeating: "p", count: 254) + "/k=v",
            "the label key '\(String(repeating: "p", count: 254))/k' is malformed: in its prefix, it has 254 characters"
                + prefixRule
        ),
        ("k=.v", "the label value '.v' is malformed: '.' at character 1 cannot start it" + valueRule),
        ("k=v-", "the label value 'v-' is malformed: '-' at character 2 cannot end it" + valueRule),
        ("k=a=b", "the label value 'a=b' is malformed: '=' at character 2 is not allowed" + valueRule),
        ("k=\u{301}", "the label value '\u{301}' is malformed: '\u{301}' at character 1 is not allowed" + valueRule),
        ("k=a\n", #"the label value 'a\n' is malformed: '\n' at character 2 is not allowed"# + valueRule),
        (
            "k=" + String(repeating: "v", count: 64),
            "the label value '\(String(repeating: "v", count: 64))' is malformed: it has 64 characters" + valueRule
        ),
    ])
    func `a malformed label is refused with the reason`(argument: String, expected: String) {
        #expect { try Label(argument: argument) } throws: { "\($0)" == expected }
    }

    @Test(arguments: [
        ("note=any text = \u{1F600}\n", "note", "any text = \u{1F600}\n"),
        ("Example.COM/Note=", "Example.COM/Note", ""),
        ("k=\u{301}", "k", "\u{301}"),
    ])
    func `annotations take any value and capitals in a prefix`(argument: String, key: String, value: String) throws {
        let annotation = try Annotation(argument: argument)
        #expect(annotation.key.unicodeScalars.elementsEqual(key.unicodeScalars))
        #expect(annotation.value.unicodeScalars.elementsEqual(value.unicodeScalars))
    }

    @Test(arguments: [
        ("note", "there is no '=' in it; write KEY=VALUE (KEY= for an empty value)"),
        ("a b=v", "the annotation key 'a b' is malformed: in its name, ' ' at character 2 is not allowed" + nameRule),
        (
            "\u{212A}.io/b=v",
            "the annotation key '\u{212A}.io/b' is malformed: in its prefix, '\u{212A}' at character 1 is not allowed"
                + prefixRule
        ),
    ])
    func `a malformed annotation is refused with the reason`(argument: String, expected: String) {
        #expect { try Annotation(argument: argument) } throws: { "\($0)" == expected }
    }

    @Test func `annotations count in bytes, keys and values together`() throws {
        #expect(
            KubernetesMetadata.byteCount(ofAnnotations: [(key: "ab", value: "\u{E9}"), (key: "c", value: "")]) == 5)
        #expect(KubernetesMetadata.maximumAnnotationBytes == 262_144)
    }
}
