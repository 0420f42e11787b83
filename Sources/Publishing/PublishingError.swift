public import HTTP

/// Why a Workload could not be published.
public enum PublishingError: Error, Sendable {
    /// The network, the time or a temporary status; with what the server said, where it said something.
    case http(HTTPError, said: String)
    /// The API refused; the status says why.
    case refused(ServerAnswer)
    /// The API refused to show an object that this update has to read.
    case notReadable(ServerAnswer)
    /// The OAuth server refused the client.
    case tokenRefused(ServerAnswer)
    /// The answer is not what the API or OAuth promises; with the flag that says where it came from.
    case unexpectedAnswer(RequestLine, status: Int, reason: String, flag: String)
    /// A file with credentials cannot be used.
    case unusableCredentials(flag: String, path: String, reason: String)
    /// The object came and went with every try; the answer that said last that it is gone.
    case neverSettled(ServerAnswer, name: String, rounds: Int)
    /// The object belongs to another component.
    case foreignOwner(name: String, owner: String, expected: String)
    /// A replacement failed in a way that another try, after reading afresh, may mend.
    case replacementFailed(HTTPError, said: String)
}

extension PublishingError: CustomStringConvertible {
    /// What went wrong, where, what the server said, and what to do.
    public var description: String {
        switch self {
        case .http(let error, let said), .replacementFailed(let error, let said):
            error.description(said: said)
        case .refused(let answer): "\(answer); \(answer.advice)"
        case .notReadable(let answer):
            "\(answer); changing the image alone needs the right to read the Workload, so grant the client "
                + "workload:view, or choose --update replace (UPDATE)"
        case .tokenRefused(let answer):
            "\(answer); the OAuth server refused the client, so check --oauth-client-id (CLIENT_ID), its secret or "
                + "assertion, --oauth-auth-method (OAUTH_AUTH_METHOD) and --oauth-scope (OAUTH_SCOPE)"
        case .unexpectedAnswer(let request, let status, let reason, let flag):
            "\(request): \(HTTPResponse.text(ofStatus: status)), but \(reason); check \(flag)"
        case .unusableCredentials(let flag, let path, let reason):
            "\(flag): \(path) \(reason); name a file that holds the credential alone"
        case .neverSettled(let answer, let name, let rounds):
            "\(answer); workload/\(name) existed and was gone again, \(rounds) times in turn, so find out who else "
                + "creates and deletes it"
        case .foreignOwner(let name, let owner, let expected):
            "workload/\(name) belongs to \(owner), not to \(expected), and an owner cannot change; check --project "
                + "(PROJECT_NAME) and --component (COMPONENT_NAME), or choose another --workload-name (WORKLOAD_NAME)"
        }
    }
}

extension ServerAnswer {
    /// The error that this answer is.
    var error: PublishingError { .refused(self) }

    /// What the status means here and what to do about it.
    fileprivate var advice: String {
        switch status {
        case 300..<400: "redirects are not followed, so give the URL that it leads to"
        case _ where request.isOfRun && [400, 413, 422].contains(status):
            "the API does not take this WorkflowRun, so look at its annotations"
        case 400:
            "the API calls the Workload invalid, so fix the descriptor or the parameters, and check that the component "
                + "exists"
        case 422: "the API calls the Workload invalid, so fix the descriptor or the parameters"
        case 401:
            "the API does not accept the access token, so check --oauth-scope (OAUTH_SCOPE), --oauth-audience "
                + "(OAUTH_AUDIENCE) or the file of --access-token-file (ACCESS_TOKEN_FILE)"
        case 403: "the client lacks a permission, so \(permission)"
        case 404 where request.isOfRun: "check --run-name (RUN_NAME) and --namespace (NAMESPACE_NAME)"
        case 404 where request.repeatsAPIPath: "leave /api/v1 out of --api-server-url (API_URL), for it is added"
        case 404: "check --api-server-url (API_URL) and --namespace (NAMESPACE_NAME)"
        case 405: "this API does not know the call, so check --api-server-url (API_URL)"
        case 409: "somebody else changes it at the same time, so run this again"
        case 413: "the Workload is too large, so shorten the files that the descriptor names"
        default: "the server does not do this, so look at its log"
        }
    }

    private var permission: String {
        switch request.method {
        case .post: "grant it workload:create"
        case .get: request.isOfRun ? "grant it workflowrun:view" : "grant it workload:view"
        case .put, .patch: request.isOfRun ? "grant it workflowrun:update" : "grant it workload:update"
        }
    }
}

extension RequestLine {
    /// Whether it is about a WorkflowRun: the last segment but one of its path says so.
    fileprivate var isOfRun: Bool {
        let segments = url.path.utf8.split(separator: UInt8(ascii: "/"))
        return method != .post && segments.dropLast().last?.elementsEqual("workflowruns".utf8) == true
    }

    /// Whether the base URL brought what is added to it.
    fileprivate var repeatsAPIPath: Bool { url.path.contains("/api/v1/api/v1/") }
}
