import JSON
import Testing
import YAML

@Suite struct YAMLWriting {
    @Test func `writing YAML lays a document out with sorted keys and blocks`() throws {
        let value: JSONValue = [
            "spec": ["port": 80, "list": ["a", ["b": true, "c": false]], "empty": [:], "none": [], "null": .null],
            "kind": "Workload", "text": "one\ntwo\n", "long": .string(String(repeating: "word ", count: 40) + "end"),
        ]
        let expected = """
            kind: Workload
            long: \(String(repeating: "word ", count: 40))end
            spec:
              empty: {}
              list:
              - a
              - b: true
                c: false
              none: []
              "null": null
              port: 80
            text: |
              one
              two

            """
        #expect(value.yaml == expected)
    }

    @Test(arguments: [
        "2001-12-14t21:59:43.10-05:00", "2001-12-14T21:59:43z", "2001-12-14 21:59:43.10 -5", "2001-12-14", "1.10",
        "1e3",
        "0o17", "yes", "12:30:45",
    ])
    func `writing YAML quotes what some readers take for a number, a boolean or a time`(text: String) throws {
        #expect(JSONValue.string(text).yaml == "\"\(text)\"\n")
    }

    static let texts = [
        "", "plain", "yes", "no", "on", "y", "true", "null", "~", "1", "1.10", "0x1f", "0o17", "1_000", "12:30:45",
        "2020-01-01", "=", "<<", "-", "- a", "a: b", "a #b", "#a", "'", "\"", "\\", "{a}", "[a]", "*a", "&a", "!a", "|",
        ">", "%a", "@a", "`a", " lead", "trail ", "tab\there", "\tlead", "a\n", "a\n\n", "\na", "\n", " a\n b\n",
        "a \nb", "a\r\nb", "a\rb", "\u{85}x", "x\u{2028}y", "x\u{2029}y", "\u{A8}\u{A9}", "\u{FEFF}x", "nul\0",
        "esc\u{1B}[0m", "日本語", "😀", "é",
        "line\n  indented\nback", "trailing space \n", "\n\n\n", "---\n", "...", "--- a", "a\n---\nb", "?", "? a", ":",
        "a:", "1e3", ".inf", "+1", "0b1", "1:2",
    ]

    @Test(arguments: texts)
    func `writing YAML brings every text back as it was`(text: String) throws {
        let value: JSONValue = ["key": .string(text), "list": [.string(text)]]
        let yaml = value.yaml
        let document = YAMLDocument(parsing: Array(yaml.utf8))
        #expect(document.problems == [])
        guard case .mapping(let entries)? = document.root?.content, entries.count == 2,
            case .scalar(let scalar) = entries[0].value.content,
            case .sequence(let elements) = entries[1].value.content,
            case .scalar(let element)? = elements.first?.content
        else {
            Issue.record("not the tree that was written: \(yaml)")
            return
        }
        #expect(scalar.text.utf8.elementsEqual(text.utf8), "\(yaml)")
        #expect(element.text.utf8.elementsEqual(text.utf8))
        #expect(scalar.kind == .text)
    }

    @Test(arguments: texts)
    func `writing YAML brings every key back as it was`(text: String) throws {
        let yaml = JSONValue.object(JSONObject([.init(name: text, value: 1)])).yaml
        let document = YAMLDocument(parsing: Array(yaml.utf8))
        guard case .mapping(let entries)? = document.root?.content else {
            Issue.record("no mapping")
            return
        }
        #expect(entries.map { Array($0.key.utf8) } == [Array(text.utf8)])
    }
}
