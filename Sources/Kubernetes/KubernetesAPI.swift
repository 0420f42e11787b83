public import ControlPlaneAccess
import HTTP
import JSON
public import Objects
import Text

/// The Kubernetes API as a store.
public struct KubernetesAPI {
    /// Sends the requests.
    public let client: APIClient
    /// Under which name fields are owned.
    public let fieldManager: String

    /// The store behind that client.
    public init(client: APIClient, fieldManager: String = "workload-publisher") {
        self.client = client
        self.fieldManager = fieldManager
    }

    /// How the API says no.
    public static var dialect: any APIDialect { KubernetesDialect() }

    /// The Workloads of a namespace.
    public func workloads(in namespace: String) -> ResourceCollection {
        ResourceCollection(api: self, kind: .workload, namespace: namespace)
    }

    /// The WorkflowRuns of a namespace, of which annotations are changed and nothing else.
    public func workflowRuns(in namespace: String) -> AnnotatedCollection {
        AnnotatedCollection(resources: ResourceCollection(api: self, kind: .workflowRun, namespace: namespace))
    }

    /// A request for an object or a collection, without credentials.
    func request(
        _ method: HTTPMethod, _ path: [String], _ body: HTTPBody? = nil, options: [(name: String, value: String)] = []
    ) -> HTTPRequest {
        var request = client.location.request(method, path, body: body)
        guard method != .get else { return request }
        let always = [("fieldManager", fieldManager), ("fieldValidation", "Strict")]
        request.url = request.url.appending(query: always + options)
        return request
    }

    /// The problem that a refusal is; `right` is what the request takes.
    func problem(_ response: HTTPResponse, _ right: String) -> Problem {
        if let problem = client.misdirection(response) { return problem }
        let refusal = client.refusal(response)
        let reason = response.kubernetesReason
        let kind: Problem.Kind
        switch (response.status, reason) {
        case (400, _), (413, _), (422, _), (500, _): kind = .invalid
        case (403, .endingNamespace), (403, .quota): kind = .refused
        case (401, _), (403, _): kind = .denied
        case (404, .notServed), (404, .missingNamespace): kind = .refused
        case (404, _):
            guard refusal.code == "NotFound" else {
                return client.unexpected(
                    response,
                    "this is not a response of the Kubernetes API" + (refusal.said.isEmpty ? "" : ": \(refusal.said)"))
            }
            kind = .absent
        case (409, _): kind = .conflict
        default: kind = .refused
        }
        return Problem(
            kind, at: "\(response.request)", refusal.text,
            cause: KubernetesRefusal(refusal: refusal, reason: reason, right: right))
    }

    /// The object in a response that is one, of that name where one is given.
    func object(in response: HTTPResponse, named name: String?) throws(Problem) -> JSONValue {
        let object = try client.json(in: response)
        guard object["metadata"]?.object != nil else {
            throw client.unexpected(response, "the response is not an object")
        }
        if let name, let found = object["metadata"]?["name"]?.string, !found.isExactly(name) {
            let shown = client.redactor.excerpt(of: Array(found.utf8), limit: 300)
            throw client.unexpected(response, "the response is about '\(shown)', not '\(name)'")
        }
        return object
    }

    /// Whether the credentials carry a right, which the API is asked for in a review that writes nothing.
    public func isAllowed(_ verb: String, _ kind: ResourceKind, in namespace: String?) throws(Problem) -> Bool {
        let attributes: JSONValue = [
            "verb": .string(verb), "group": .string(kind.group), "resource": .string(kind.plural),
            "namespace": .string(namespace ?? ""),
        ]
        let review: JSONValue = [
            "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
            "spec": ["resourceAttributes": attributes],
        ]
        let path = ["apis", "authorization.k8s.io", "v1", "selfsubjectaccessreviews"]
        let response = try client.send(client.location.request(.post, path, body: .json(review.serialized())))
        guard 200..<300 ~= response.status else { throw problem(response, "create selfsubjectaccessreviews") }
        return try client.json(in: response)["status"]?["allowed"] == true
    }
}
