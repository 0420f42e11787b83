import JSON
import Testing

@testable import PipelineTemplates

@Suite struct WritingYAML {
    @Test func `writing YAML puts pieces as deep as their place, and leaves out the lines of those that are not there`()
    {
        let entries: [YAMLText] = ["- {name: a}", "- name: \("no")\n  inner:\n    - x"]
        let none: YAMLText? = nil
        let text: YAMLText = """
            kind: Task
            list:
              \(entries)
              \(none)
            words: \(list: ["--x", "z", "1"])
            \(YAMLText(comment: "Because\n\nof this"))
            why:
              \([YAMLText]())
              script: \(YAMLText(lines: "one \\\n  two"))
            """
        #expect(
            text.document == """
                kind: Task
                list:
                  - {name: a}
                  - name: "no"
                    inner:
                      - x
                words: [--x, z, "1"]
                # Because
                #
                # of this
                why:
                  script: |
                    one \\
                      two

                """)
    }

    @Test(arguments: hostileTexts)
    func `writing YAML brings every text back, as value, key, element, and on one line`(text: String) throws {
        let piece: YAMLText = """
            value: \(text)
            lines: \(YAMLText(lines: text))
            list:
              - \(text)
              - \(list: [text, text])
            inline: {\(text): \(text)}
            map:
              \(text): \(text)
            """
        let value = JSONValue.string(text)
        let inner = JSONValue.object(JSONObject([.init(name: text, value: value)]))
        #expect(
            try documents(piece.document) == [
                [
                    "value": value, "lines": .string(text + "\n"), "list": [value, [value, value]], "inline": inner,
                    "map": inner,
                ]
            ], "\(piece.document)")
    }

    @Test(arguments: hostileTexts)
    func `writing YAML lets no comment end before its line does`(text: String) throws {
        let piece: YAMLText = """
            \(YAMLText(comment: text))
            a: 1
            list:
              \([YAMLText(comment: text), "- x"])
            """
        #expect(try documents(piece.document) == [["a": 1, "list": ["x"]]], "\(piece.document)")
    }

    @Test func `writing YAML shows lines as lines only where that changes nothing`() {
        func written(_ text: String) -> String { YAMLText(lines: text).text }
        #expect(written("a\nb") == "|\n  a\n  b")
        #expect(written(" a\nb") == "\" a\\nb\\n\"")
        #expect(written("a\n\nb") == "\"a\\n\\nb\\n\"")
        #expect(written("a\tb") == "\"a\\tb\\n\"")
    }
}
