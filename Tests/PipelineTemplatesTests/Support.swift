import JSON
import PipelineTemplates
import TestDocuments
import Testing
import YAML

/// Texts that would mean something else, or end something, if they were not written with care.
let hostileTexts = [
    "", " ", "plain", "yes", "No", "on", "~", "null", "true", "1", "0x1f", "0o17", "1_000", "12:30:45", "2020-01-01",
    ".inf", "1e3", "=", "<<", "-", "- a", "--", "---", "--- a", "...", "a: b", "a:", ":", "a #b", "#a", "? a", "'",
    "\"",
    "it's", "say \"x\"", "\\", "\\n", "{a}", "[a]", "a, b", "*a", "&a", "!a", "!!str a", "|", ">", "%a", "@a", "`a`",
    " lead", "trail ", "tab\there", "\tlead", "a\n", "\na", "\n", "a\n\n", "a\r\nb", "a\rb", "a\n  - b: c\n",
    "a\n---\nb",
    "\u{85}x", "x\u{2028}y", "x\u{2029}y", "\u{FEFF}x", "esc\u{1B}[0m", "del\u{7F}", "\u{202E}txt", "日本語", "😀", "é",
    "e\u{301}", "\u{FFFF}", "\u{10FFFF}", "\u{E000}", "${x}", "$x", "}}", "%x", "`rm -rf /`", "; rm -rf /",
    "a\n::set-output name=x::y",
]

/// A definition with one plain input, whatever its value.
func definition(input value: String? = "", _ change: (inout StepDefinition) -> Void = { _ in }) -> StepDefinition {
    var secret = StepInput(
        name: "oauth-client-secret", variable: "CLIENT_SECRET", summary: "The secret", value: "")
    secret.isCredential = true
    var definition = StepDefinition(
        name: "step", image: "publisher:1",
        sourceDir: StepInput(name: "source-dir", variable: "SOURCE_DIR", summary: "The checkout", value: nil),
        inputs: [
            StepInput(name: "image", variable: "IMAGE", summary: "The image", value: nil),
            StepInput(name: "scope", variable: "OAUTH_SCOPE", summary: "The scope", value: value), secret,
        ])
    definition.comment = "A comment"
    definition.templateName = "generate-workload-cr"
    definition.workspaceMount = "/mnt/vol"
    definition.clientSecret = (name: "workload-publisher-oauth-secret", key: "client-secret")
    change(&definition)
    return definition
}

/// The documents of a text, as any reader of YAML sees them.
func documents(_ text: String) throws -> [JSONValue] {
    try text.split(separator: "\n---\n").map { part in
        let document = YAMLDocument(parsing: Array("\(part)\n".utf8))
        try #require(document.problems.isEmpty, "\(document.problems) in \(part)")
        return JSONValue(try #require(document.root))
    }
}

extension JSONValue {
    /// The value behind keys and indices.
    func at(_ path: String...) -> JSONValue? {
        path.reduce(Optional(self)) { value, step in
            Int(step).map { value?.array?[$0] } ?? value?[step]
        }
    }

    /// The element whose `name` is this.
    func named(_ name: String) -> JSONValue? {
        array?.first { $0["name"] == .string(name) }
    }
}
