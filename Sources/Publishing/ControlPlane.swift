public import HTTP
import JSON
public import Redaction

/// The OpenChoreo API under one URL: authenticated requests and answers that are JSON.
public final class ControlPlane {
    private let location: APILocation
    private let client: HTTPClient
    private let tokens: TokenSource
    let redactor: Redactor
    private var upcomingReads: [HTTPRequest] = []

    /// The API there; nothing is sent yet.
    public init(_ location: APILocation, client: HTTPClient, tokens: TokenSource, redactor: Redactor) {
        self.location = location
        self.client = client
        self.tokens = tokens
        self.redactor = redactor
    }

    /// Tells which objects will be read soon: over HTTP/2 they are asked for together with the next request, so that they
    /// are there when they are needed; over HTTP/1.1 nothing changes.
    func willRead(_ paths: [[String]]) {
        upcomingReads = paths.map { location.request(.get, $0, body: nil) }
    }

    /// Sends a request until there is an answer that no retry would change.
    func send(_ method: HTTPMethod, _ path: [String], body: JSONValue? = nil) throws(PublishingError) -> HTTPResponse {
        var retries = retries()
        while true {
            do {
                return try attempt(method, path, body: body)
            } catch .replacementFailed(let failure, let said) {
                try retries.pause(after: failure, said: said)
            } catch {
                throw error
            }
        }
    }

    /// Sends a request once; a failure that may pass is `replacementFailed`.
    ///
    /// An answer 401 to a token that was good before is tried again with a fresh one.
    func attempt(_ method: HTTPMethod, _ path: [String], body: JSONValue?) throws(PublishingError) -> HTTPResponse {
        let bare = location.request(method, path, body: body)
        while true {
            let token = try tokens.token(warmingUp: location.health)
            let request = bare.authorized(by: token)
            let reads = upcomingReads.map { $0.authorized(by: token) }
            upcomingReads = []
            let response: HTTPResponse
            do {
                response = try client.attempt(request, beside: reads)
            } catch {
                throw error.isRetryable
                    ? .replacementFailed(error, said: error.said(redactor)) : .http(error, said: error.said(redactor))
            }
            guard response.status == 401 else {
                tokens.noteAccepted()
                return response
            }
            guard tokens.renew() else { return response }
        }
    }

    /// The pauses between the tries of one request.
    func retries() -> Retries {
        Retries(client.backoff())
    }

    /// The object in an answer that promises one.
    func object(in response: HTTPResponse) throws(PublishingError) -> JSONValue {
        let body = try json(in: response)
        guard body.object != nil else { throw unexpected(response, "the answer is \(body.kind), not an object") }
        return body
    }

    /// The document in an answer that promises JSON, or that one member of it, whose bytes may be cut short.
    func json(in response: HTTPResponse, keepingOnly member: String? = nil) throws(PublishingError) -> JSONValue {
        let body: JSONValue
        do {
            if let member {
                body = try JSONValue(parsing: response.body, keepingOnly: member, isCutShort: response.isCutShort)
            } else {
                body = try JSONValue(parsing: response.body)
            }
        } catch {
            let excerpt = redactor.excerpt(of: response.body)
            throw unexpected(
                response, excerpt.isEmpty ? "the answer is empty" : "the answer is not JSON (\(error)): \(excerpt)")
        }
        if let other = response.otherContentType(redactor) {
            throw unexpected(response, "the answer is \(other), not application/json")
        }
        return body
    }

    /// The error that an answer is which the API does not promise.
    func unexpected(_ response: HTTPResponse, _ reason: String) -> PublishingError {
        .unexpectedAnswer(
            response.request, status: response.status, reason: reason,
            flag: "that --api-server-url (API_URL) is the control plane's")
    }

    /// What may be shown of an answer that says no.
    func answer(_ response: HTTPResponse) -> ServerAnswer {
        ServerAnswer(response, redactor: redactor)
    }
}

extension HTTPError {
    /// What the server said with a temporary status, fit to be shown.
    func said(_ redactor: Redactor) -> String {
        response.map { ServerAnswer.said(in: $0, redactor: redactor) } ?? ""
    }
}

extension HTTPResponse {
    /// What the answer calls itself where that is something else than JSON, fit to be shown.
    func otherContentType(_ redactor: Redactor) -> String? {
        guard let contentType, contentType != "application/json", !contentType.hasSuffix("+json") else { return nil }
        // As it came: in small letters a secret would not be known again.
        return redactor.excerpt(of: Array((header("Content-Type") ?? contentType).utf8), limit: 100)
    }
}
