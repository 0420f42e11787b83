import JSON
import Testing

@testable import PipelineTemplates

@Suite struct WritingYAML {
    @Test func `writing YAML keeps the order of keys and puts comments where they belong`() {
        let tree: YAMLTree = [
            "kind": "Task", "apiVersion": "tekton.dev/v1",
            "list": [["name": "a", "value": 1], .commented("Why b", ["name": "b", "inner": ["x", true]])],
            "line": .inline(["name": "c", "words": ["--x", "y"], "none": [:], "empty": []]),
            "why": .commented("Because\nof this", ["key": "no"]),
            "nothing": [], "nobody": [:], "script": .lines("one \\\n  two\n"),
        ]
        #expect(
            tree.document == """
                kind: Task
                apiVersion: tekton.dev/v1
                list:
                  - name: a
                    value: 1
                  # Why b
                  - name: b
                    inner:
                      - x
                      - true
                line: {name: c, words: ["--x", "y"], none: {}, empty: []}
                # Because
                # of this
                why:
                  key: "no"
                nothing: []
                nobody: {}
                script: |
                  one \\
                    two

                """)
    }

    @Test(arguments: hostileTexts)
    func `writing YAML brings every text back, as value, key, element, and on one line`(text: String) throws {
        let tree: YAMLTree = .map([
            .init(key: "value", value: .text(text)), .init(key: "lines", value: .lines(text)),
            .init(key: "list", value: [.text(text), .inline([.text(text)]), [[.text(text)]]]),
            .init(key: "inline", value: .inline(.map([.init(key: text, value: .text(text))]))),
            .init(key: "map", value: .map([.init(key: text, value: .map([.init(key: text, value: .text(text))]))])),
        ])
        let value = JSONValue.string(text)
        let inner = JSONValue.object(JSONObject([.init(name: text, value: value)]))
        #expect(
            try documents(tree.document) == [
                [
                    "value": value, "lines": value, "list": [value, [value], [[value]]], "inline": inner,
                    "map": .object(JSONObject([.init(name: text, value: inner)])),
                ]
            ], "\(tree.document)")
    }

    @Test(arguments: hostileTexts)
    func `writing YAML lets no comment end before its line does`(text: String) throws {
        let tree: YAMLTree = [
            "a": .commented(text, 1), "list": [.commented(text, "x"), .commented(text, [:])],
        ]
        #expect(try documents(tree.document) == [["a": 1, "list": ["x", [:]]]], "\(tree.document)")
    }

    @Test func `writing YAML shows lines as lines only where that changes nothing`() {
        func written(_ text: String) -> String { (["k": .lines(text)] as YAMLTree).document }
        #expect(written("a\nb\n") == "k: |\n  a\n  b\n")
        #expect(written("a\nb") == "k: \"a\\nb\"\n")
        #expect(written(" a\nb\n") == "k: \" a\\nb\\n\"\n")
        #expect(written("a\n\nb\n") == "k: \"a\\n\\nb\\n\"\n")
        #expect(written("a\tb\n") == "k: \"a\\tb\\n\"\n")
    }
}
