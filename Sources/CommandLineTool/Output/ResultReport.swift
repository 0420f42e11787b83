import JSON
import Publishing
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

    /// What was done.
    func text(of published: PublishedWorkload, requestCount: Int, duration: Duration) -> String {
        guard isJSON else { return "workload/\(name) \(published.action.rawValue)\n" }
        var object = JSONObject(identity)
        object["action"] = .string(published.action.rawValue)
        object["annotated"] = .bool(published.isAnnotated)
        object["attempts"] = .number(JSONNumber(requestCount))
        object["durationMs"] = .number(JSONNumber(Int(duration / .milliseconds(1))))
        return JSONValue.object(object).text() + "\n"
    }

    /// What would be sent.
    func document(of requests: [PlannedRequest]) -> Report {
        guard isJSON else {
            return .text(requests.map(text).joined(separator: "\n") + "\nworkload/\(name) built (dry run)\n")
        }
        var object = JSONObject(identity)
        object["dryRun"] = true
        object["action"] = "built"
        object["requests"] = .array(requests.map(json))
        return .json(.object(object))
    }

    /// What would change on the server.
    func document(of preview: Preview) -> Report {
        let diff = UnifiedDiff(
            from: preview.live?.yaml ?? "", named: "workload/\(name) on the server", to: preview.result.yaml,
            named: "workload/\(name) \(preview.action.rawValue)")
        guard isJSON else {
            return .text("\(style.diff(diff.text))workload/\(name) \(preview.action.rawValue) (dry run)\n")
        }
        var object = JSONObject(identity)
        object["dryRun"] = true
        object["action"] = .string(preview.action.rawValue)
        object["diff"] = .string(diff.text)
        return .json(.object(object))
    }

    private func text(_ request: PlannedRequest) -> String {
        var text = request.condition.map { "# \($0)\n" } ?? ""
        text += "\(request.method) \(request.url)\n"
        for header in request.headers { text += "\(header.name): \(header.value)\n" }
        switch request.body {
        case .json(let value): text += "\n\(value.text(.pretty))\n"
        case .form(let form): text += "\n\(form)\n"
        case nil: break
        }
        return text
    }

    private func json(_ request: PlannedRequest) -> JSONValue {
        var object = JSONObject()
        object["method"] = .string(request.method.rawValue)
        object["url"] = .string(request.url)
        object["headers"] = .object(JSONObject(request.headers.map { .init(name: $0.name, value: .string($0.value)) }))
        switch request.body {
        case .json(let value): object["body"] = value
        case .form(let form): object["body"] = .string(form)
        case nil: break
        }
        object["condition"] = request.condition.map { .string($0) }
        return .object(object)
    }
}
