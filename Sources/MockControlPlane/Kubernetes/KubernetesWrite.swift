import JSON

/// A request for one object, its options checked: what it says, and what is wrong with that.
struct KubernetesWrite {
    let call: KubernetesCall
    let kind: MockControlPlane.KubernetesKind
    private(set) var key: KubernetesKey
    let user: String
    private let request: HTTPRequest
    /// What a `Warning` header says.
    private let warnings: Box

    /// Warnings are found while an object is checked that is asked for later.
    private final class Box { var texts: [String] = [] }

    init(
        _ call: KubernetesCall, _ kind: MockControlPlane.KubernetesKind, _ key: KubernetesKey, _ request: HTTPRequest,
        _ user: String
    ) throws(Refusal) {
        self.call = call
        self.kind = kind
        self.key = key
        self.request = request
        self.user = user
        warnings = Box()
        guard request.body.count <= 3 * 1024 * 1024 else {
            throw .status(413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728")
        }
        if let value = call["dryRun"], value != "All" {
            throw unsupported("dryRun", "[\"\(value)\"]", "\"All\"")
        }
        if let value = call["fieldValidation"], !["", "Ignore", "Strict", "Warn"].contains(value) {
            throw unsupported("fieldValidation", "\"\(value)\"", "\"\", \"Ignore\", \"Strict\", \"Warn\"")
        }
        if let manager = call["fieldManager"], manager.utf8.count > 128 {
            let message = "Too long: may not be more than 128 bytes"
            let cause = Refusal.Cause(reason: "FieldValueTooLong", message: message, field: "fieldManager")
            throw .invalid("\(options).meta.k8s.io", "", [cause])
        }
    }

    var action: KubernetesCall.Action { call.action }
    var isDryRun: Bool { call["dryRun"] == "All" }
    var fieldManager: String? { call["fieldManager"].flatMap { $0.isEmpty ? nil : $0 } }

    /// The name that an update is booked under: the client program's where none is given.
    var updateManager: String {
        fieldManager ?? String((request.header("User-Agent") ?? "unknown").prefix { $0 != "/" && $0 != " " })
    }

    /// The same write for the name that its body has.
    func at(_ key: KubernetesKey) -> KubernetesWrite {
        var write = self
        write.key = key
        return write
    }

    private var options: String {
        switch action {
        case .create: "CreateOptions"
        case .replace: "UpdateOptions"
        default: "PatchOptions"
        }
    }

    private func unsupported(_ field: String, _ value: String, _ supported: String) -> Refusal {
        let message = "Unsupported value: \(value): supported values: \(supported)"
        let cause = Refusal.Cause(reason: "FieldValueNotSupported", message: message, field: field)
        return .invalid("\(options).meta.k8s.io", "", [cause])
    }

    var notFound: Refusal {
        let name = key.object.name
        return .status(
            404, "NotFound", "\(kind.resource) \"\(name)\" not found", Refusal.details(kind.group, kind.plural, name))
    }

    private static func unsupportedMedia(_ types: String) -> Refusal {
        .status(
            415, "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include: \(types)")
    }

    var unsupportedPatch: Refusal {
        Self.unsupportedMedia(
            "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml")
    }

    /// The object of a body.
    static func decode(_ request: HTTPRequest, _ kind: String) throws(Refusal) -> JSONObject {
        let lead =
            "the object provided is unrecognized (must be of type \(kind)): couldn't get version/kind; json parse error"
        do throws(JSONError) {
            if let object = try JSONValue(parsing: request.body).object { return object }
        } catch {
            throw .badRequestStatus("\(lead): \(error) (\(request.body.isEmpty ? "<empty>" : request.quotedBody))")
        }
        throw .badRequestStatus("\(lead): json: cannot unmarshal into Go value")
    }

    /// The body of a merge patch.
    func anyObject() throws(Refusal) -> JSONObject { try Self.decode(request, kind.kind) }

    /// The body of a `POST` or `PUT`: it fits its address, and what its schema does not know is gone from it.
    func object() throws(Refusal) -> JSONObject {
        guard ["application/json", ""].contains(request.mediaType) else {
            throw Self.unsupportedMedia("application/json, application/yaml, application/vnd.kubernetes.protobuf")
        }
        let body = try Self.decode(request, kind.kind)
        guard let apiVersion = body["apiVersion"]?.string, let name = body["kind"]?.string else {
            throw .badRequestStatus(
                "the object provided is unrecognized (must be of type \(kind.kind)): Object 'Kind' is missing in "
                    + "'\(request.quotedBody)'")
        }
        guard apiVersion == kind.apiVersion else {
            throw .badRequestStatus(
                "the API version in the data (\(apiVersion)) does not match the expected API version (\(kind.apiVersion))"
            )
        }
        guard name == kind.kind else {
            let message = "Invalid value: \"\(name)\": must be \(kind.kind)"
            let cause = Refusal.Cause(reason: "FieldValueInvalid", message: message, field: "kind")
            throw .invalid("\(name).\(kind.group)", body["metadata"]?["name"]?.string ?? "", [cause])
        }
        if action == .replace, body["metadata"]?["name"] == nil {
            throw .badRequestStatus(
                "the name of the object (\(key.object.name) based on URL) was undeterminable: name must be provided")
        }
        try checkAddress(body)
        return try pruned(body)
    }

    /// The body of an apply, read as YAML.
    func appliedObject() throws(Refusal) -> JSONObject {
        let text: String
        do throws(KubernetesApplyText.Failure) {
            text = try KubernetesApplyText.read(request.body)
        } catch {
            throw .badRequestStatus("error decoding YAML: error converting YAML to JSON: yaml: \(error.reason)")
        }
        guard let body = try? JSONValue(parsing: text).object else {
            throw .badRequestStatus("error decoding YAML: this server reads the JSON of YAML alone")
        }
        guard body["apiVersion"]?.string == kind.apiVersion, body["kind"]?.string == kind.kind else {
            let group = body["apiVersion"]?.string ?? "/"
            throw .badRequestStatus("invalid object type: \(group), Kind=\(body["kind"]?.string ?? "")")
        }
        if body["metadata"]?["managedFields"] != nil { throw .badRequestStatus("metadata.managedFields must be nil") }
        try checkAddress(body)
        var validation = KubernetesValidation()
        let pruned = validation.prune(body, kind)
        let fault =
            validation.unknownFields.first.map {
                ".\($0.split(separator: "\"").dropFirst().first ?? ""): field not declared in schema"
            } ?? validation.repeatedEntries.first.map { ".\($0.path): duplicate entries for key \($0.key)" }
        if let fault {
            throw .status(
                500, nil,
                "failed to create typed patch object (\(key.object.namespace)/\(key.object.name); \(kind.apiVersion), "
                    + "Kind=\(kind.kind)): \(fault)")
        }
        return pruned
    }

    private func checkAddress(_ body: JSONObject) throws(Refusal) {
        let metadata = body["metadata"]
        if action != .create, let name = metadata?["name"]?.string, !name.isIdentical(to: key.object.name) {
            throw .badRequestStatus(
                "the name of the object (\(name)) does not match the name on the URL (\(key.object.name))")
        }
        if let namespace = metadata?["namespace"]?.string, !namespace.isIdentical(to: key.object.namespace) {
            throw .badRequestStatus(
                "the namespace of the provided object does not match the namespace sent on the request")
        }
        for map in ["labels", "annotations"] {
            for member in metadata?[map]?.object?.members ?? [] where member.value.string == nil {
                throw .badRequestStatus(
                    "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): json: cannot unmarshal "
                        + "\(member.value.kind.split(separator: " ").last ?? "") into Go struct field ObjectMeta.\(map) of "
                        + "type string")
            }
        }
    }

    /// The same without what the schema does not know; an error where the request wants that.
    func pruned(_ body: JSONObject) throws(Refusal) -> JSONObject {
        var validation = KubernetesValidation()
        let pruned = validation.prune(body, kind)
        let unknown = validation.unknownFields.sorted()
        if !unknown.isEmpty, call["fieldValidation"] == "Strict" {
            throw .badRequestStatus(
                "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): strict decoding error: "
                    + unknown.joined(separator: ", "))
        }
        if call["fieldValidation"] != "Ignore" { warnings.texts = unknown }
        return pruned
    }

    /// The version that a write was made from is the one that is there.
    func checkVersion(_ metadata: JSONValue?, _ live: JSONValue, isRequired: Bool) throws(Refusal) {
        let name = key.object.name
        let stale =
            "Operation cannot be fulfilled on \(kind.resource) \"\(name)\": the object has been modified; please apply your "
            + "changes to the latest version and try again"
        let version = metadata?["resourceVersion"]?.string ?? ""
        if version.isEmpty || version == "0" {
            guard isRequired else { return }
            let message = "Invalid value: 0: must be specified for an update"
            let cause = Refusal.Cause(reason: "FieldValueInvalid", message: message, field: "metadata.resourceVersion")
            throw .invalid(kind.resource, name, [cause])
        }
        guard Int(version) != nil else {
            throw .status(500, nil, "strconv.ParseUint: parsing \"\(version)\": invalid syntax")
        }
        let uid = metadata?["uid"]
        guard version == live["metadata"]?["resourceVersion"]?.string, uid == nil || uid == live["metadata"]?["uid"]
        else {
            throw .status(409, "Conflict", stale, Refusal.details(kind.group, kind.plural, name))
        }
    }

    /// The schema, the rules for all metadata, and what may never change.
    func validate(_ object: JSONObject, old: JSONValue?) throws(Refusal) {
        var validation = KubernetesValidation()
        _ = validation.prune(object, kind)
        var causes = validation.causes
        let name = object["metadata"]?["name"]?.string ?? (action == .create ? "" : key.object.name)
        if name.isEmpty {
            let message = "Required value: name or generateName is required"
            causes.append(Refusal.Cause(reason: "FieldValueRequired", message: message, field: "metadata.name"))
        }
        for problem in ObjectMetadata.problems(object["metadata"]) {
            let isLong = problem.message.hasPrefix("Too long")
            causes.append(
                Refusal.Cause(
                    reason: isLong ? "FieldValueTooLong" : "FieldValueInvalid",
                    message: isLong ? problem.message : "Invalid value: \(problem.message)", field: problem.field))
        }
        let unchecked = ["FieldValueRequired", "FieldValueNotSupported", "FieldValueTypeInvalid", "FieldValueTooLong"]
        if causes.contains(where: { unchecked.contains($0.reason) }) {
            let message =
                "Invalid value: null: some validation rules were not checked because the object was invalid; correct the "
                + "existing errors to complete validation"
            causes.append(Refusal.Cause(reason: "FieldValueInvalid", message: message, field: "<nil>"))
        } else if kind.kind == "Workload", let old, let owner = object["spec"]?["owner"], owner != old["spec"]?["owner"]
        {
            let message = "Invalid value: spec.owner is immutable"
            causes.append(Refusal.Cause(reason: "FieldValueInvalid", message: message, field: "spec.owner"))
        }
        guard causes.isEmpty else { throw .invalid(kind.qualifiedKind, name, causes) }
    }

    /// The response to a write, its warnings in the headers.
    func response(_ status: Int, _ object: JSONValue) -> MockControlPlane.Response {
        var response = MockControlPlane.Response.json(status, object)
        response.headers += warnings.texts.map {
            MockControlPlane.Header("Warning", "299 - \"\($0.replacing("\"", with: "\\\""))\"")
        }
        return response
    }
}
