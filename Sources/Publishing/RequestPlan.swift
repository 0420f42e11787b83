public import HTTP
public import JSON
public import Redaction
import WorkloadModel

/// A request that a run would send, with its secrets redacted.
public struct PlannedRequest: Sendable {
    /// The method.
    public let method: HTTPMethod
    /// The URL, with a placeholder where none was given.
    public let url: String
    /// The headers in order.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: Body?
    /// When it is sent, where that depends on an answer.
    public let condition: String?

    /// A body that can be shown.
    public enum Body: Sendable {
        case json(JSONValue)
        case form(String)
    }
}

/// What a run would send, as far as that can be known without asking anybody.
public struct RequestPlan {
    private let api: APILocation
    private let tokens: TokenSource.Origin

    /// A plan for requests to there; what is not known is a placeholder.
    public init(api: APILocation, tokens: TokenSource.Origin) {
        self.api = api
        self.tokens = tokens
    }

    /// Stands for a parameter that was not given and is not needed for a plan.
    public enum Placeholder: String, CaseIterable, Sendable {
        case apiServerURL = "api-server-url"
        case oauthTokenURL = "oauth-token-url"
        case oauthClientID = "oauth-client-id"

        /// How it is shown.
        public var text: String { "<\(rawValue)>" }

        /// A URL that a plan shows as the placeholder; its host is one that no name server knows (RFC 6761 §6.4).
        public var url: HTTPURL? { try? HTTPURL("http://\(rawValue).invalid") }
    }

    /// All requests in order; those behind a condition are sent only where it holds.
    public func requests(for publication: Publication, redactor: Redactor) throws(PublishingError) -> [PlannedRequest] {
        let workload = publication.workload
        let collection = WorkloadCollection.path(namespace: workload.parameters.namespace)
        let object = WorkloadCollection.path(
            namespace: workload.parameters.namespace, name: workload.parameters.workloadName)
        var requests: [PlannedRequest] = []
        if let request = try tokenRequest(redactor) { requests.append(request) }
        requests.append(planned(.post, collection, workload.payload))
        let exists = "if the Workload exists (409)"
        switch publication.update {
        case .replace:
            requests.append(planned(.put, object, workload.payload, exists))
        case .merge:
            requests.append(planned(.get, object, nil, exists))
            let condition = "with the labels and annotations that were read, if this would change the Workload"
            requests.append(planned(.put, object, workload.payload, condition))
        case .image:
            requests.append(planned(.get, object, nil, exists))
            let change: JSONValue = [
                "spec": ["container": ["image": workload.payload["spec"]?["container"]?["image"] ?? .null]]
            ]
            requests.append(planned(.put, object, change, "in the Workload as it was read, if this would change it"))
        }
        if let run = publication.runName {
            let path = WorkflowRunCollection.path(namespace: workload.parameters.namespace, name: run)
            requests.append(planned(.get, path, nil))
            let annotated = RunAnnotations(of: workload, beside: [:]).set(on: [:])
            requests.append(
                planned(.put, path, annotated, "in the WorkflowRun as it was read, if this would change it"))
        }
        return requests
    }

    private func planned(
        _ method: HTTPMethod, _ path: [String], _ body: JSONValue?, _ condition: String? = nil
    ) -> PlannedRequest {
        let request = api.request(method, path, body: body).authorized(by: Secret(""))
        return shown(request, body: body.map { .json($0) }, condition: condition)
    }

    private func tokenRequest(_ redactor: Redactor) throws(PublishingError) -> PlannedRequest? {
        switch tokens {
        case .file(let file):
            _ = try Credential.file(file).read(redactor)
            return nil
        case .client(let client):
            let request = try client.tokenRequest(redactor: redactor)
            var form = request.body?.description ?? ""
            for placeholder in Placeholder.allCases {
                form = form.replacing("%3C\(placeholder.rawValue)%3E", with: placeholder.text)
            }
            return shown(request, body: .form(form), condition: nil)
        }
    }

    private func shown(_ request: HTTPRequest, body: PlannedRequest.Body?, condition: String?) -> PlannedRequest {
        var url = request.url.text
        for placeholder in Placeholder.allCases where request.url.host == placeholder.url?.host {
            url = placeholder.text + (request.url.path == "/" ? "" : request.url.path)
        }
        var headers = request.headers.map { (name: $0.name, value: "\($0.value)") }
        if let contentType = request.body?.contentType { headers.append(("Content-Type", contentType)) }
        return PlannedRequest(method: request.method, url: url, headers: headers, body: body, condition: condition)
    }
}
