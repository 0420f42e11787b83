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
            "\(error)" + (said.isEmpty ? "" : "; the server said: \(said)")
        case .refused(let answer): "\(answer); \(answer.advice)"
        case .notReadable(let answer):
            "\(answer); changing the image alone needs the right to read the Workload: grant the client "
                + "workload:view, or choose --update replace"
        case .tokenRefused(let answer):
            "\(answer); the OAuth server refused the client: check its id, its secret, --oauth-auth-method and the scope"
        case .unexpectedAnswer(let request, let status, let reason, let flag):
            "\(request): \(HTTPResponse.text(ofStatus: status)), but \(reason); check \(flag)"
        case .unusableCredentials(let flag, let path, let reason): "\(flag) \(path): \(reason)"
        case .neverSettled(let answer, let name, let rounds):
            "\(answer); \(name) was found to exist and to be gone again, \(rounds) times in turn; "
                + "look for somebody else who creates and deletes it"
        case .foreignOwner(let name, let owner, let expected):
            "\(name) belongs to \(owner), not to \(expected), and an owner cannot change; "
                + "check --project and --component, or choose another --workload-name"
        }
    }
}

extension ServerAnswer {
    /// The error that this answer is.
    var error: PublishingError { .refused(self) }

    fileprivate var advice: String {
        switch status {
        case 300..<400: "redirects are not followed: give the URL that it leads to"
        case _ where request.isOfRun && [400, 413, 422].contains(status):
            "the API does not take this WorkflowRun: look at its annotations"
        case 400, 422: "the API calls the Workload invalid: mend the descriptor or the parameters"
        case 401: "the API does not accept the token: check the client, the scope and the audience"
        case 403: "the client lacks a permission: \(permission ?? "ask who administers the control plane")"
        case 404: "check --api-server-url, --namespace and the other names"
        case 405: "check --api-server-url: this API does not know the call"
        case 409: "somebody else is changing it as well: try again"
        case 413: "the Workload is too large: inline less"
        default: "the server will not do this: look at its log"
        }
    }

    private var permission: String? {
        switch (request.method, request.isOfRun) {
        case (.get, false): return "it needs workload:view"
        case (.post, false): return "it needs workload:create"
        case (.put, false): return "it needs workload:update"
        case (.get, true): return "it needs workflowrun:view"
        case (.put, true): return "it needs workflowrun:update"
        case (.post, true): return nil
        }
    }
}

extension RequestLine {
    /// Whether it is about a WorkflowRun: the last segment but one of its path says so.
    fileprivate var isOfRun: Bool {
        let segments = url.path.utf8.split(separator: UInt8(ascii: "/"))
        return method != .post && segments.dropLast().last?.elementsEqual("workflowruns".utf8) == true
    }
}
