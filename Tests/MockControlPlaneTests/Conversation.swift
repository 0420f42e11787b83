import JSON
import MockControlPlane

let form = "Content-Type: application/x-www-form-urlencoded"
let quickStartForm =
    "grant_type=client_credentials&client_id=openchoreo-workload-publisher-client"
    + "&client_secret=openchoreo-workload-publisher-secret"

extension MockControlPlane {
    /// A server whose API takes the token `t`.
    static func open(_ configure: (inout Configuration) -> Void = { _ in }) throws -> MockControlPlane {
        try started { configuration in
            configuration.acceptedTokens = ["t"]
            configure(&configuration)
        }
    }

    /// One request over a connection of its own.
    func call(
        _ method: String, _ path: String, _ body: String = "", headers: [String] = ["Authorization: Bearer t"]
    ) throws -> RawResponse {
        let client = try RawClient(self)
        client.send(request(method, path, body, headers: headers))
        return try client.readResponse(to: method)
    }

    func call(_ method: String, _ path: String, _ body: JSONValue) throws -> RawResponse {
        try call(method, path, body.text())
    }

    /// The bytes of a request.
    func request(
        _ method: String, _ path: String, _ body: String = "", headers: [String] = ["Authorization: Bearer t"]
    ) -> String {
        let fields = headers.contains { $0.hasPrefix("Host:") } ? headers : ["Host: 127.0.0.1:\(port)"] + headers
        return "\(method) \(path) HTTP/1.1\r\n" + fields.map { $0 + "\r\n" }.joined()
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}

let collectionPath = "/api/v1/namespaces/default/workloads"
let workloadPath = "/api/v1/namespaces/default/workloads/api-workload"
let runPath = "/api/v1/namespaces/default/workflowruns/api-run-1"

/// The smallest Workload that a server takes, with what `change` makes of its spec.
func workload(
    name: String = "api-workload", image: String = "registry/api:1", metadata: [(String, JSONValue)] = [],
    _ change: (inout JSONObject) -> Void = { _ in }
) -> JSONValue {
    var spec = JSONObject()
    spec["owner"] = ["projectName": "shop", "componentName": "api"]
    spec["container"] = ["image": .string(image)]
    change(&spec)
    var fields = JSONObject()
    fields["name"] = .string(name)
    for (name, value) in metadata { fields[name] = value }
    return ["metadata": .object(fields), "spec": .object(spec)]
}
