import JSON

extension Refusal {
    /// One entry of a Status' `details.causes`.
    struct Cause: Equatable, Sendable {
        let reason: String
        let message: String
        let field: String
    }

    /// A refusal in the form of the Kubernetes API.
    static func status(
        _ status: Int, _ reason: String?, _ message: String, _ details: JSONObject? = nil, causes: [Cause] = []
    ) -> Refusal {
        var details = details
        if !causes.isEmpty {
            details = details ?? JSONObject()
            details?["causes"] = .array(
                causes.map {
                    ["reason": .string($0.reason), "message": .string($0.message), "field": .string($0.field)]
                })
        }
        return Refusal(status: status, message: message, form: .kubernetes(reason: reason, details: details))
    }

    /// What a server says of a path that it does not serve.
    static let notServed = Refusal(status: 404, message: "404 page not found", form: .plainText)

    static func badRequestStatus(_ message: String) -> Refusal { status(400, "BadRequest", message) }

    /// An object or an option with these faults.
    static func invalid(_ qualifiedKind: String, _ name: String, _ causes: [Cause]) -> Refusal {
        let dot = qualifiedKind.utf8.firstIndex(of: UInt8(ascii: ".")) ?? qualifiedKind.endIndex
        let texts = causes.map { "\($0.field): \($0.message)" }
        let text = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
        return status(
            422, "Invalid", "\(qualifiedKind) \"\(name)\" is invalid: \(text)",
            details(String(qualifiedKind[dot...].dropFirst()), String(qualifiedKind[..<dot]), name), causes: causes)
    }

    /// The part of an error that says which object it is about.
    static func details(_ group: String, _ kind: String, _ name: String?) -> JSONObject {
        var details = JSONObject()
        if let name, !name.isEmpty { details["name"] = .string(name) }
        if !group.isEmpty { details["group"] = .string(group) }
        details["kind"] = .string(kind)
        return details
    }

    /// The body of a Status.
    static func statusBody(_ status: Int, _ message: String, reason: String?, details: JSONObject?) -> JSONValue {
        var body: JSONObject = JSONObject()
        body["kind"] = "Status"
        body["apiVersion"] = "v1"
        body["metadata"] = [:]
        body["status"] = "Failure"
        body["message"] = .string(message)
        body["reason"] = reason.map(JSONValue.string)
        body["details"] = details.map(JSONValue.object)
        body["code"] = .number(JSONNumber(status))
        return .object(body)
    }
}

extension MockControlPlane.Response {
    /// A Status as the Kubernetes API refuses with one, for a fault that a test scripts.
    public static func kubernetesStatus(
        _ status: Int, _ message: String, reason: String? = nil, details: JSONValue? = nil
    ) -> Self {
        json(status, Refusal.statusBody(status, message, reason: reason, details: details?.object))
    }
}
