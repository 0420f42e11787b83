import Foundation
import JSON
import MockControlPlane
import TestDocuments
import Testing
import YAML

/// A control plane and a folder in which a pod's or runner's file system is laid out.
struct PipelineBench {
    let controlPlane: MockControlPlane
    let root: URL
    /// Whatever a step must not be able to do would leave this file.
    var trap: String { root.appending(path: "trap").path }

    static let secret = MockControlPlane.OAuthClient.quickStart.secret ?? ""

    private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    init(clients: [MockControlPlane.OAuthClient] = [.quickStart]) throws {
        controlPlane = try MockControlPlane.started { $0.clients = clients }
        root = FileManager.default.temporaryDirectory.appending(path: "workload-publisher-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        controlPlane.workflowRuns["default", "run-1"] = ["metadata": ["name": "run-1"], "spec": [:]]
    }

    func remove() {
        try? FileManager.default.removeItem(at: root)
    }

    func write(_ text: String, to path: String) throws {
        let file = root.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: false, encoding: .utf8)
    }

    func read(_ path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The requests in one line each: method, path, status.
    var requests: [String] {
        controlPlane.requests.map { "\($0.method) \($0.path) \($0.status ?? 0)" }
    }

    /// The form that the token was asked for with.
    func formValue(_ name: String) -> String? {
        controlPlane.requests.first?.formValue(name)
    }

    /// The documents of a file under `workflows`.
    static func workflow(_ path: String) throws -> [JSONValue] {
        let text = try String(contentsOf: repository.appending(path: "workflows/\(path)"), encoding: .utf8)
        return try text.split(separator: "\n---\n").map { part in
            JSONValue(try #require(YAMLDocument(parsing: Array("\(part)\n".utf8)).root))
        }
    }

    static let descriptor = """
        apiVersion: openchoreo.dev/v1alpha1
        metadata:
          name: api
        endpoints:
          - name: http
            port: 8080
            type: HTTP

        """

    /// What a run that creates a Workload and annotates its run asks for.
    static let createdAndAnnotated = [
        "POST /oauth2/token 200", "POST /api/v1/namespaces/default/workloads 201",
        "GET /api/v1/namespaces/default/workflowruns/run-1 200",
        "PUT /api/v1/namespaces/default/workflowruns/run-1 200",
        "GET /api/v1/namespaces/default/workloads 200", "GET /api/v1/namespaces/default/components/api 403",
    ]
}

extension JSONValue {
    /// The element of an array whose `name` is this.
    func named(_ name: String) -> JSONValue? {
        array?.first { $0["name"] == .string(name) }
    }

    /// Every text in it, keys left alone, as the function makes it.
    func mapTexts(_ change: (String) -> String) -> JSONValue {
        switch self {
        case .string(let text): .string(change(text))
        case .array(let elements): .array(elements.map { $0.mapTexts(change) })
        case .object(let object):
            .object(JSONObject(object.members.map { .init(name: $0.name, value: $0.value.mapTexts(change)) }))
        case .null, .bool, .number: self
        }
    }
}

/// Replaces what stands between two marks, once and from left to right; what is not known stays.
func substitute(_ text: String, open: String, close: String, _ value: (String) -> String?) -> String {
    var result = ""
    var rest = Substring(text)
    while let start = rest.range(of: open), let end = rest[start.upperBound...].range(of: close) {
        result += rest[..<start.lowerBound]
        let name = rest[start.upperBound..<end.lowerBound].trimmingCharacters(in: .whitespaces)
        result += value(name) ?? String(rest[start.lowerBound..<end.upperBound])
        rest = rest[end.upperBound...]
    }
    return result + rest
}

/// Values that try to get out of where they stand, for inputs that reach the server as they are.
let hostileValues = [
    "plain", "it's", "say \"x\"", "a: b # c", "- a\n- b\n", "line\nCLIENT_SECRET: x\n", "'; touch trap; '",
    "\"; touch trap; \"", "`touch trap`", "$(touch trap)", "${CLIENT_SECRET}", "$CLIENT_SECRET", "$(CLIENT_SECRET)",
    "{{inputs.parameters.oauth-client-secret}}", "{{=1+1}}", "${{ secrets.X }}", "$[[ inputs.x ]]", "\\", "a\\nb",
    "%25",
    "--env X", "| & ; < > * ?", "日本語 😀", "tab\there", " lead", "trail ",
]

/// Some of them, for inputs that cannot hold them.
let hostileNames = [
    "it's", "line\nCLIENT_SECRET: x\n", "$(touch trap)", "$(CLIENT_SECRET)", "{{=1+1}}", "`touch trap`",
]
