public import ControlPlaneAccess
import HTTP
import JSON
public import Objects

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
    public func workflowRuns(in namespace: String) -> ResourceCollection {
        ResourceCollection(api: self, kind: .workflowRun, namespace: namespace)
    }

    /// A request for an object or a collection, without credentials.
    func request(
        _ method: HTTPMethod, _ path: [String], _ body: HTTPBody? = nil, options: [(name: String, value: String)] = []
    ) -> HTTPRequest {
        let always = [("fieldManager", fieldManager), ("fieldValidation", "Strict")]
        return client.location.request(method, path, query: method == .get ? [] : always + options, body: body)
    }

    /// The problem that a refusal is; `right` is what the request takes.
    func problem(_ response: HTTPResponse, _ right: String) -> Problem {
        if let problem = client.misdirection(response) { return problem }
        let refusal = client.refusal(response)
        let reason = response.kubernetesReason
        let kind: Problem.Kind =
            switch reason {
            case .endingNamespace, .quota, .notServed, .missingNamespace: .refused
            // One that is tried again no more is about the object.
            case .fieldConflict, .other: response.status == 500 ? .invalid : Problem.Kind(refusal: response.status)
            }
        if kind == .absent && refusal.code != "NotFound" {
            return client.unexpected(
                response,
                "this is not a response of the Kubernetes API" + (refusal.said.isEmpty ? "" : ": \(refusal.said)"))
        }
        return Problem(
            kind, at: "\(response.request)", refusal.text,
            cause: KubernetesRefusal(refusal: refusal, reason: reason, right: right))
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
