import Testing
import WorkloadModel

private let labelRule = """
    : a DNS label has 1 to 63 lowercase letters, digits and '-', and starts and ends with a letter or digit
    """

private let subdomainRule = """
    : a DNS subdomain has 1 to 253 characters, its parts between dots have lowercase letters, digits and '-', and \
    start and end with a letter or digit
    """

@Suite struct ResourceNames {
    @Test(arguments: ["a", "0", "a-b", "a--b", "0a9", String(repeating: "a", count: 63)])
    func `the name of a namespace, project or component is a DNS label`(text: String) throws {
        #expect(try DNSLabel(text).description == text)
        #expect(try DNSSubdomain(text).description == text)
    }

    @Test(arguments: [
        ("", "it is empty"),
        (String(repeating: "a", count: 64), "it has 64 characters"),
        ("My-app", "'M' at character 1 is not allowed"),
        ("a.b", "'.' at character 2 is not allowed"),
        ("a_b", "'_' at character 2 is not allowed"),
        ("a b", "' ' at character 2 is not allowed"),
        ("a/../b", "'/' at character 2 is not allowed"),
        ("ab\n", #"'\n' at character 3 is not allowed"#),
        ("ab\r\n", #"'\r' at character 3 is not allowed"#),
        ("e\u{301}", "'\u{301}' at character 2 is not allowed"),
        ("\u{430}", "'\u{430}' at character 1 is not allowed"),
        ("-a", "'-' at character 1 cannot start it"),
        ("a-", "'-' at character 2 cannot end it"),
        ("-", "'-' at character 1 cannot start it"),
    ])
    func `a name that is no DNS label is refused with the reason`(text: String, expected: String) {
        #expect { try DNSLabel(text) } throws: { "\($0)" == expected + labelRule }
    }

    @Test(arguments: [
        "a.b", "1.2.3", "a-b.c-d", String(repeating: "a", count: 253), "a." + String(repeating: "b", count: 251),
    ])
    func `the name of a Workload or run may have dots`(text: String) throws {
        #expect(try DNSSubdomain(text).description == text)
    }

    @Test(arguments: [
        ("", "it is empty"),
        (String(repeating: "a.", count: 126) + "aa", "it has 254 characters"),
        (".a", "there is nothing before the dot or end at character 1"),
        ("a..b", "there is nothing before the dot or end at character 3"),
        ("a.", "there is nothing before the dot or end at character 3"),
        ("a.-b", "'-' at character 3 cannot start it"),
        ("a-.b", "'-' at character 2 cannot end it"),
        ("a.B", "'B' at character 3 is not allowed"),
        ("a.b\0", #"'\0' at character 4 is not allowed"#),
    ])
    func `a name that is no DNS subdomain is refused with the reason`(text: String, expected: String) {
        #expect { try DNSSubdomain(text) } throws: { "\($0)" == expected + subdomainRule }
    }
}
