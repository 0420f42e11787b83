import JSON
import Testing
import YAML

/// The text after one change; a path's words are keys, its numbers positions.
func edited(
    _ text: String, _ change: YAMLEditor.Change, _ path: String = "", in document: Int = 0
) throws -> String {
    var editor = try YAMLEditor(Array(text.utf8))
    let steps = path.split(separator: "/").map { word in
        Int(word).map { YAMLEditor.Step.index($0) } ?? .key(String(word))
    }
    try editor.apply(change, at: steps, in: document)
    return String(decoding: editor.bytes, as: UTF8.self)
}

/// A text, a change of it and what it is afterwards.
struct Edit: Sendable, CustomStringConvertible {
    let before: String
    let change: YAMLEditor.Change
    let path: String
    let after: String
    var description: String { "'\(path)' in \(before.debugDescription) to \(after.debugDescription)" }

    init(_ before: String, _ change: YAMLEditor.Change, _ path: String, _ after: String) {
        (self.before, self.change, self.path, self.after) = (before, change, path, after)
    }

    static func set(_ before: String, _ path: String, _ value: JSONValue, _ after: String) -> Edit {
        Edit(before, .set(value), path, after)
    }

    static func add(_ before: String, _ path: String, _ key: String, _ value: JSONValue, _ after: String) -> Edit {
        Edit(before, .add(key: key, value), path, after)
    }

    static func append(_ before: String, _ path: String, _ value: JSONValue, _ after: String) -> Edit {
        Edit(before, .append(value), path, after)
    }

    static func remove(_ before: String, _ path: String, _ after: String) -> Edit {
        Edit(before, .remove, path, after)
    }
}

@Suite struct YAMLEditing {
    static let scalars: [Edit] = [
        .set("a: 1 # one\nb: 2\n", "a", "x", "a: x # one\nb: 2\n"),
        .set(
            "spec:\n  # renovate: x\n  version: 0.13.0\n", "spec/version", "0.3.1",
            "spec:\n  # renovate: x\n  version: 0.3.1\n"),
        .set("v: '15.4'\n", "v", "16", "v: '16'\n"),
        .set("v: \"15.4\"  # c\n", "v", "16", "v: \"16\"  # c\n"),
        .set("v: abc\n", "v", "1.10", "v: \"1.10\"\n"),
        .set("v: 'it'\n", "v", "it's", "v: 'it''s'\n"),
        .set("v: |-  # why\n  a\n  b\n# end\n", "v", "", "v: \"\"  # why\n# end\n"),
        .set("v: 'it'\n", "v", "a\nb", "v: \"a\\nb\"\n"),
        .set("v: abc\n", "v", 3, "v: 3\n"),
        .set("v: 'abc'\n", "v", true, "v: true\n"),
        .set("v: abc\n", "v", "yes", "v: \"yes\"\n"),
        .set("v: abc\n", "v", "2024-01-02", "v: \"2024-01-02\"\n"),
        .set("v: abc\n", "v", "1e5", "v: \"1e5\"\n"),
        .set("v: abc\n", "v", "RELEASE.2024-10-02T17-50-41Z", "v: RELEASE.2024-10-02T17-50-41Z\n"),
        .set("v: abc\n", "v", "a: b", "v: \"a: b\"\n"),
        .set("v: abc\n", "v", "--flag", "v: --flag\n"),
        .set("v: abc\n", "v", "", "v: \"\"\n"),
        .set("v:\n", "v", "x", "v: x\n"),
        .set("v: # note\nw: 1\n", "v", "x", "v: x # note\nw: 1\n"),
        .set("v: ~\n", "v", "x", "v: x\n"),
        .set("- a\n-\n- c\n", "1", "b", "- a\n- b\n- c\n"),
        .set("v: &x 1\nw: *x\n", "v", 2, "v: &x 2\nw: *x\n"),
        .set("v: !!str 1\n", "v", "2", "v: !!str \"2\"\n"),
        .set("v: !Ref a\n", "v", "b", "v: !Ref b\n"),
        .set("v: &x\n", "v", "b", "v: &x b\n"),
        .set("v: ! 5\n", "v", 7, "v: 7\n"),
        .set("v: !Ref 5\n", "v", 7, "v: !Ref 7\n"),
        .set("a: &x 1\nv: *x\n", "v", "b", "a: &x 1\nv: b\n"),
        .set("v: one\n  two # c\nw: 1\n", "v", "x", "v: x # c\nw: 1\n"),
        .set("v: \"one\n  two\"\nw: 1\n", "v", "x", "v: \"x\"\nw: 1\n"),
        .set("v:\n  long\nw: 1\n", "v", "x", "v:\n  x\nw: 1\n"),
        .set("{a: 1, b: [x, y]}\n", "b/1", "z, w", "{a: 1, b: [x, \"z, w\"]}\n"),
        .set("{a: 1, b: c}", "b", "repo:1", "{a: 1, b: repo:1}"),
        .set("{\"a\": \"b\", \"c\":1}", "a", "x\ty", "{\"a\": \"x\\ty\", \"c\":1}"),
        .set(
            "{\"a\": \"\\ud83d\\uDE00 \\\\ud\", \"b\": 1}", "b", "😀",
            "{\"a\": \"\\ud83d\\uDE00 \\\\ud\", \"b\": \"😀\"}"),
        .set("plain\n", "", "other", "other\n"),
        .set("a: 1\n---\na: 2\n", "a", 5, "a: 5\n---\na: 2\n"),
        .set("\u{FEFF}a: 1\r\nb: é # ü\r\n", "b", "ö", "\u{FEFF}a: 1\r\nb: ö # ü\r\n"),
        .set("a: {}\n", "a", "x", "a: x\n"),
        .set("a:\n  b: 1 # c\n  # d\nz: 1\n", "a", "x", "a: x\n  # d\nz: 1\n"),
        .set("- a: 1\n  b: 2\n- c\n", "0", "x", "- x\n- c\n"),
        .set("a: # c\n- 1\n- 2\nb: 3\n", "a", "x", "a: x # c\nb: 3\n"),
    ]

    static let blocks: [Edit] = [
        .set("a: |\n  one\n  two\nb: 1\n", "a", "x\ny\n", "a: |\n  x\n  y\nb: 1\n"),
        .set("a: |\n  one\nb: 1\n", "a", "x", "a: |-\n  x\nb: 1\n"),
        .set("a: |- # c\n    one\n\n\nb: 1\n", "a", "x\n", "a: | # c\n    x\n\n\nb: 1\n"),
        .set("a: |+\n  one\n\n\nb: 1\n", "a", "x\n\n", "a: |+\n  x\n\nb: 1\n"),
        .set("a: |\n  one\n\n\nb: 1\n", "a", "x\n\n", "a: |+\n  x\n\nb: 1\n"),
        .set("a: >\n  one\n  two\nb: 1\n", "a", "x y\nz\n", "a: >\n  x y\n\n  z\nb: 1\n"),
        .set("a: >-\n  one\n", "a", " x", "a: \" x\"\n"),
        .set("a: |\n  one\n", "a", "  x\ny\n", "a: |2\n    x\n  y\n"),
        .set("- a: |2\n     one\n", "0/a", "x\n", "- a: |\n    x\n"),
        .set("a: |\n  one\n", "a", 3, "a: 3\n"),
        .set("a: |\n  one\n", "a", "", "a: \"\"\n"),
        .set("a: |\n  one\n", "a", "x\u{7}y", "a: \"x\\u0007y\"\n"),
        .set("- |\n  one\n- 2\n", "0", "x\ny\n", "- |\n  x\n  y\n- 2\n"),
        .set("a: |\r\n  one\r\nb: 1\r\n", "a", "x\ny\n", "a: |\r\n  x\r\n  y\r\nb: 1\r\n"),
        .set("a: |\n  one", "a", "x", "a: |-\n  x"),
    ]

    static let collections: [Edit] = [
        .set(
            "a: 1 # c\nb: 2\n", "a", ["k": "v", "l": ["x", ["z": 1]]], "a: # c\n  k: v\n  l:\n  - x\n  - z: 1\nb: 2\n"),
        .set("a:\n  - x\nb: 2\n", "b", ["k"], "a:\n  - x\nb:\n  - k\n"),
        .set("a:\n- x\n- y\nb: 2\n", "a", ["k", "l", "m"], "a:\n- k\n- l\n- m\nb: 2\n"),
        .set("a:\n    b: 1\nb: 2\n", "a", ["c": ["d": 1]], "a:\n    c:\n        d: 1\nb: 2\n"),
        .set("a: |\n  t\nb: 2\n", "a", ["c": 1], "a:\n  c: 1\nb: 2\n"),
        .set("- 1\n- 2\n", "1", ["c": 1, "d": []], "- 1\n- c: 1\n  d: []\n"),
        .set("- a: 1\n  b: 2\n- x\n", "0", ["c": 1, "d": 2], "- c: 1\n  d: 2\n- x\n"),
        .set("a: 1\nb: 2\n", "", ["c": 1], "c: 1\n"),
        .set("a: &x\n  b: 1\n", "a", ["c": 1], "a: &x\n  c: 1\n"),
        .set("a: &x # n\n  b: 1\n", "a", "s", "a: &x s # n\n"),
        .set("{a: 1}\n", "a", ["c": [1, "d e"]], "{a: {c: [1, d e]}}\n"),
        .set(
            "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "a", ["c": [1]],
            "{\n  \"a\": {\n    \"c\": [\n      1\n    ]\n  },\n  \"b\": 2\n}\n"),
        .set("a: 1\n", "a", ["t": "x\ny\n", "u": "x\n y"], "a:\n  t: |\n    x\n    y\n  u: |-\n    x\n     y\n"),
    ]

    static let additions: [Edit] = [
        .add("a: 1\n", "", "b", 2, "a: 1\nb: 2\n"),
        .add("a: 1", "", "b", 2, "a: 1\nb: 2"),
        .add("a: 1 # c\n\n# d\n", "", "b", 2, "a: 1 # c\nb: 2\n\n# d\n"),
        .add("a:\n  b: 1\nc: 2\n", "a", "d", "x", "a:\n  b: 1\n  d: x\nc: 2\n"),
        .add("a:\n  b: |\n    t\n\nc: 2\n", "a", "d", "x", "a:\n  b: |\n    t\n  d: x\n\nc: 2\n"),
        .add("a:\n  b: |+\n    t\n\nc: 2\n", "a", "d", "x", "a:\n  b: |+\n    t\n\n  d: x\nc: 2\n"),
        .add("a: {}\nb: 1\n", "a", "d", ["e": 1], "a:\n  d:\n    e: 1\nb: 1\n"),
        .add("- a: 1\n- b\n", "0", "c", 1, "- a: 1\n  c: 1\n- b\n"),
        .add("{a: 1}\n", "", "b", 2, "{a: 1, b: 2}\n"),
        .add("{ a: 1 }\n", "", "b", "x:y", "{ a: 1, b: x:y }\n"),
        .add("{\"a\":1}", "", "b", 2, "{\"a\":1,\"b\":2}"),
        .add("{\"a\": {}}", "a", "b", "x", "{\"a\": {\"b\": \"x\"}}"),
        .add("{a: {x: 1,\n    y: 2}, c: 3}\n", "a", "z", 3, "{a: {x: 1,\n    y: 2,\n    z: 3}, c: 3}\n"),
        .add("{a: 1,\n  b: 2\n  , # c\n}\n", "", "z", 3, "{a: 1,\n  b: 2\n  , # c\n  z: 3,\n}\n"),
        .add("{a: [1,\n  2], # c\n  b: 3}\n", "", "z", 3, "{a: [1,\n  2], # c\n  b: 3,\n  z: 3}\n"),
        .append("{a: [1,\n    2], c: 3}\n", "a", 3, "{a: [1,\n    2,\n    3], c: 3}\n"),
        .add("{\n\t\"a\": 1\n}\n", "", "b", 2, "{\n\t\"a\": 1,\n\t\"b\": 2\n}\n"),
        .add("{\n  a: 1, # c\n}\n", "", "b", 2, "{\n  a: 1, # c\n  b: 2,\n}\n"),
        .add("{\n  a: 1 # c\n}\n", "", "b", 2, "{\n  a: 1, # c\n  b: 2\n}\n"),
        .add("a: 1\n", "", "on", 2, "a: 1\n\"on\": 2\n"),
        .add("a: 1\n", "", "a", 2, "a: 2\n"),
        .add("a: &x\n  b: 1\nc:\n  <<: *x\n", "c", "b", 2, "a: &x\n  b: 1\nc:\n  <<: *x\n  b: 2\n"),
        .add("a: 1\n---\nb: 2\n...\n", "", "c", 2, "a: 1\nc: 2\n---\nb: 2\n...\n"),
        .add("a: 1\r\n", "", "b", ["c": 1], "a: 1\r\nb:\r\n  c: 1\r\n"),
        .append("- a\n- b # c\n", "", "d", "- a\n- b # c\n- d\n"),
        .append("a:\n  - x\nb: 1\n", "a", ["name": "y", "m": 1], "a:\n  - x\n  - name: \"y\"\n    m: 1\nb: 1\n"),
        .append("a: [x, y]\n", "a", "z", "a: [x, y, z]\n"),
        .append("a: [x, y, ]\n", "a", "z", "a: [x, y, z, ]\n"),
        .append("a: []\n", "a", ["name": "w"], "a:\n- name: w\n"),
        .append("[1,2]", "", 3, "[1,2,3]"),
        .append("[\n  1,\n  2\n]", "", 3, "[\n  1,\n  2,\n  3\n]"),
        .append("- - a\n  - b\n- c\n", "0", "d", "- - a\n  - b\n  - d\n- c\n"),
    ]

    static let removals: [Edit] = [
        .remove("a: 1\nb: 2 # c\nc: 3\n", "b", "a: 1\nc: 3\n"),
        .remove("a: 1\nb: 2", "b", "a: 1"),
        .remove("a: 1\n# c\nb:\n  c: |\n    t\n\nd: 1\n", "b", "a: 1\n# c\n\nd: 1\n"),
        .remove("a:\n  b: 1 # c\nd: 1\n", "a/b", "a: {}\nd: 1\n"),
        .remove("- a: 1\n  b: 2\n", "0/a", "- b: 2\n"),
        .remove("- a: 1 # c\n  # d\n  b: 2\n", "0/a", "-\n  # d\n  b: 2\n"),
        .remove("- a: 1\n", "0/a", "- {}\n"),
        .remove("- a\n- b\n- c\n", "1", "- a\n- c\n"),
        .remove("a: [x, y, z]\n", "a/0", "a: [y, z]\n"),
        .remove("a: [x, y, z]\n", "a/2", "a: [x, y]\n"),
        .remove("a: [x]\n", "a/0", "a: []\n"),
        .remove("{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n", "b", "{\n  \"a\": 1,\n  \"c\": 3\n}\n"),
        .remove("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "b", "{\n  \"a\": 1\n}\n"),
        .remove("[\n  a, # first\n  b # second\n]\n", "1", "[\n  a, # first\n   # second\n]\n"),
        .remove("a: 1\r\nb: 2\r\n", "a", "b: 2\r\n"),
    ]

    @Test(arguments: scalars + blocks)
    func `editing YAML puts a scalar in the place of a value`(edit: Edit) throws {
        let after = try edited(edit.before, edit.change, edit.path)
        #expect(after == edit.after)
    }

    @Test(arguments: collections)
    func `editing YAML puts a collection in the place of a value`(edit: Edit) throws {
        let after = try edited(edit.before, edit.change, edit.path)
        #expect(after == edit.after)
    }

    @Test(arguments: additions)
    func `editing YAML adds at the end of a collection`(edit: Edit) throws {
        let after = try edited(edit.before, edit.change, edit.path)
        #expect(after == edit.after)
    }

    @Test(arguments: removals)
    func `editing YAML takes an entry out of its collection`(edit: Edit) throws {
        let after = try edited(edit.before, edit.change, edit.path)
        #expect(after == edit.after)
    }

    static let refusals: [(text: String, change: YAMLEditor.Change, path: String, expected: String)] = [
        (
            "a: &x\n  b: 1\nc: *x\n", .set("2"), "c/b",
            "3:4: the path leads through the alias *x; change the value that it stands for, at its anchor"
        ),
        ("a: &x\n  b: 1\nc:\n  <<: *x\n", .set("2"), "c/b", "4:3: no key 'b' here"),
        ("a:\n  - 1\n", .set("2"), "a/1", "2:3: no element 1 here"),
        ("a: 1\n", .set("2"), "a/b", "1:4: no key 'b' here"),
        ("a: 1\n", .append("2"), "a", "1:4: this is not a list"),
        ("a: [1]\n", .add(key: "b", "2"), "a", "1:4: this is not a mapping"),
        ("a: 1\n", .remove, "", "1:1: a whole document cannot be taken out"),
        (
            "{a, b}\n", .set("2"), "a",
            "1:3: this cannot be changed here without changing more than this; change it by hand"
        ),
        (
            "l: [a: b]\n", .add(key: "c", "2"), "l/0",
            "1:5: this cannot be changed here without changing more than this; change it by hand"
        ),
        (
            "a: &x\n  b: &y 1\nc: *y\n", .remove, "a",
            "1:4: this cannot be changed here without changing more than this; change it by hand"
        ),
        (
            "a: &x 1\nb: &x 2\nc: *x\n", .remove, "b",
            "2:4: this cannot be changed here without changing more than this; change it by hand"
        ),
        (
            "? a\n: 1\n? b\n: 2\n", .remove, "a",
            "2:3: this cannot be changed here without changing more than this; change it by hand"
        ),
        (
            "a: &x !!int 1\n", .set("b"), "a",
            "1:4: the tag of this value fits no other kind of value; change it by hand"
        ),
        ("# nothing\n", .set("b"), "", "2:1: the text has no value here"),
    ]

    @Test(arguments: refusals)
    func `editing YAML refuses what it cannot do and leaves the text`(
        text: String, change: YAMLEditor.Change, path: String, expected: String
    ) {
        let error = #expect(throws: YAMLEditor.Refusal.self) { try edited(text, change, path) }
        #expect(error?.description == expected)
    }

    @Test(arguments: [
        ("a: 1\na: 2\n", "2:1: duplicate key 'a'"),
        ("a: [\n", "2:1: this is not valid YAML: did not find expected node content while parsing a flow node"),
        ("a: 1\n---\nb: *x\n", "3:4: no anchor &x stands before this alias; define it first"),
        ("? [a]\n: 1\n", "1:3: a key must be text, not a list or a mapping"),
        (String(repeating: "[", count: 200), "1:101: nested deeper than 100 levels; flatten it"),
    ])
    func `editing YAML does not open what cannot be read`(text: String, expected: String) {
        let error = #expect(throws: YAMLProblem.self) { try YAMLEditor(Array(text.utf8)) }
        #expect(error?.description == expected)
    }
}
