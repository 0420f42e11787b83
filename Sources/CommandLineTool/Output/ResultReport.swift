import ControlPlaneAccess
import HTTP
import JSON
import Objects
import OpenChoreo
import Text
import WorkloadModel
import YAML

/// The result of publish, as one line or one object.
struct ResultReport {
    let publication: Publication
    let isJSON: Bool
    /// How the diff looks.
    var style = TerminalStyle.plain

    private var name: String { publication.workload.parameters.workloadName }

    private var identity: [JSONObject.Member] {
        let parameters = publication.workload.parameters
        return [
            .init(name: "name", value: .string(parameters.workloadName)),
            .init(name: "namespace", value: .string(parameters.namespace)),
            .init(name: "image", value: .string(parameters.image)),
            .init(name: "fromSource", value: .bool(publication.workload.isFromSource)),
        ]
    }

    /// What was done, and what became of it where that was waited for.
    func text(
        of outcome: Outcome, _ live: RolloutResult?, isAnnotated: Bool, requestCount: Int, duration: Duration
    ) -> String {
        guard isJSON else {
            return "workload/\(name) \(outcome.action.rawValue)\n"
                + (live?.text(of: publication.workload.parameters.component) ?? "")
        }
        var object = JSONObject(identity)
        object["action"] = .string(outcome.action.rawValue)
        object["annotated"] = .bool(isAnnotated)
        for member in live?.members ?? [] { object[member.name] = member.value }
        object["attempts"] = .number(JSONNumber(requestCount))
        object["durationMs"] = .number(JSONNumber(Int(duration / .milliseconds(1))))
        return JSONValue.object(object).text() + "\n"
    }

    /// What would be sent.
    func document(of requests: [PlannedRequest]) -> Report {
        let requests = requests.map(ShownRequest.init)
        guard isJSON else {
            return .text(requests.map(\.text).joined(separator: "\n") + "\nworkload/\(name) built (dry run)\n")
        }
        var object = JSONObject(identity)
        object["dryRun"] = true
        object["action"] = "built"
        object["requests"] = .array(requests.map(\.json))
        return .json(.object(object))
    }

    /// What would change on the server.
    func document(of preview: Preview) -> Report {
        let action = preview.outcome.action.rawValue
        let before = preview.live.map { shown($0).yaml }
        let diff = UnifiedDiff(
            from: before ?? "", named: "workload/\(name) on the server",
            to: shown(preview.outcome.object).yaml, named: "workload/\(name) \(action)")
        guard isJSON else { return .text("\(style.diff(diff.text))workload/\(name) \(action) (dry run)\n") }
        var object = JSONObject(identity)
        object["dryRun"] = true
        object["action"] = .string(action)
        object["diff"] = .string(diff.text)
        return .json(.object(object))
    }

    /// The object without what the server makes: identity, labels, annotations and spec.
    private func shown(_ object: JSONValue) -> JSONValue {
        var metadata = JSONObject()
        for field in ["name", "namespace", "labels", "annotations"] {
            guard var value = object["metadata"]?[field] else { continue }
            if field == "labels", !publication.item.policy.readsFirst {
                // Nothing of the live object is taken over, and yet these stay: the API sets them itself.
                value = ["project", "component"].reduce(value) { $0.setting(nil, at: ["openchoreo.dev/\($1)"]) }
            }
            guard value != [:] else { continue }
            metadata[field] = value
        }
        var shown = JSONObject()
        shown["metadata"] = .object(metadata)
        shown["spec"] = object["spec"]
        return .object(shown)
    }
}

extension RolloutResult {
    /// A line for each thing that is live.
    func text(of component: String) -> String {
        let lines =
            ["component/\(component) released \(release)"] + bindings.map { "releasebinding/\($0) ready" }
            + endpoints.flatMap { endpoint in endpoint.urls.map { "endpoint/\(endpoint.name) \($0)" } }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The same for programs.
    var members: [JSONObject.Member] {
        var object: JSONObject = ["release": .string(release)]
        guard goal == .ready else { return object.members }
        object["bindings"] = .array(bindings.map { .string($0) })
        object["endpoints"] = .object(
            JSONObject(endpoints.map { .init(name: $0.name, value: .array($0.urls.map { .string($0) })) }))
        return object.members
    }
}
