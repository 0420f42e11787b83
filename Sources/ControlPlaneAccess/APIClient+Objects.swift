public import HTTP
public import JSON
public import Objects
import Redaction

extension APIClient {
    /// The object in a response that is one, of that name where one is given.
    public func object(in response: HTTPResponse, named name: String?) throws(Problem) -> JSONValue {
        let object = try json(in: response)
        guard object.object != nil else { throw unexpected(response, "the response is \(object.kind), not an object") }
        guard object["metadata"]?.object != nil else {
            throw unexpected(response, "the response is an object without metadata")
        }
        try check(object, isNamed: name, in: response)
        return object
    }

    /// Throws where an object has another name than it should have.
    ///
    /// Such a one comes from a cache or a gateway that mixes responses up: nothing of it is to be trusted.
    public func check(_ object: JSONValue, isNamed name: String?, in response: HTTPResponse) throws(Problem) {
        guard let name, let found = object["metadata"]?["name"]?.string, !found.utf8.elementsEqual(name.utf8) else {
            return
        }
        let shown = redactor.excerpt(of: Array(found.utf8), limit: 300)
        throw unexpected(response, "the response is about '\(shown)', not '\(name)'")
    }

    /// The request as it would be sent, with a secret of no letters in the place of a token, and when that would be.
    public func planned(_ request: HTTPRequest, _ condition: String? = nil) -> PlannedRequest {
        PlannedRequest(
            request: hasToken ? request.authorized(by: Secret("")) : request,
            object: request.body.flatMap { try? JSONValue(parsing: $0.description) }, condition: condition)
    }
}

/// What one try at a write came to.
public protocol WriteOutcome {
    /// It failed for now; whether it may have had its effect all the same.
    static func retry(_ problem: Problem, mayHaveTakenEffect: Bool) -> Self
}

extension Creation: WriteOutcome {}
extension Replacement: WriteOutcome {}

extension APIClient {
    /// Tries a write, once; a response is for the caller to judge.
    public func write<Outcome: WriteOutcome>(
        _ request: HTTPRequest, _ outcome: (HTTPResponse) throws(Problem) -> Outcome
    ) throws(Problem) -> Outcome {
        switch try attempt(request) {
        case .failed(let problem, let mayHaveTakenEffect): .retry(problem, mayHaveTakenEffect: mayHaveTakenEffect)
        case .response(let response): try outcome(response)
        }
    }
}

extension Problem.Kind {
    /// What a refusal with that status is, where nothing else says more.
    public init(refusal status: Int) {
        self =
            switch status {
            case 400, 413, 422: .invalid
            case 401, 403: .denied
            case 404: .absent
            case 409: .conflict
            default: .refused
            }
    }
}
