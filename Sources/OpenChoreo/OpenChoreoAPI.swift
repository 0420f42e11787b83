public import ControlPlaneAccess
import HTTP
import JSON
public import Objects

/// The OpenChoreo API as a store: the objects of one namespace.
public struct OpenChoreoAPI {
    let client: APIClient
    let namespace: String

    /// The store behind that client.
    public init(client: APIClient, namespace: String) {
        self.client = client
        self.namespace = namespace
    }

    /// How the API says no.
    public static var dialect: any APIDialect { OpenChoreoDialect() }

    /// The Workloads.
    public var workloads: WorkloadCollection { WorkloadCollection(api: self) }

    /// Announces what will be read soon of an item, and of a run where there is one.
    public func willRead(_ item: Item, run: String?) {
        var requests: [ObjectRequest] = []
        if item.policy.readsFirst { requests.append(ObjectKind.workloads(in: namespace).read(item.identity.name)) }
        if let run { requests.append(ObjectKind.workflowRuns(in: namespace).read(run)) }
        client.willRead(requests.map { $0.http(at: client.location) })
    }
}

extension OpenChoreoAPI {
    /// Reads an object; 403, 404 and 405 are refusals that the caller may live with.
    func read(_ name: String, of kind: ObjectKind) throws(Problem) -> Reading {
        let response = try client.send(kind.read(name).http(at: client.location))
        switch response.status {
        case 200..<300:
            let object = try client.json(in: response)
            guard object.object != nil else {
                throw client.unexpected(response, "the response is \(object.kind), not an object")
            }
            guard object["metadata"]?.object != nil else {
                throw client.unexpected(response, "the response is an object without metadata")
            }
            try checkName(of: object, is: name, in: response)
            return .found(object)
        default:
            let problem = problem(response, Right(resource: kind.singular, action: "view"))
            switch (response.status, problem.kind) {
            case (404, .absent): return .absent(problem)
            case (403, _), (405, .refused): return .unreadable(problem)
            default: throw problem
            }
        }
    }

    /// Replaces an object, in one try.
    func replace(_ name: String, of kind: ObjectKind, with object: JSONValue) throws(Problem) -> Replacement {
        let response: HTTPResponse
        switch try client.attempt(kind.replace(name, with: object).http(at: client.location)) {
        case .failed(let problem, let mayHaveTakenEffect):
            return .retry(problem, mayHaveTakenEffect: mayHaveTakenEffect)
        case .response(let it): response = it
        }
        switch response.status {
        case 200..<300: return .replaced(stored: try stored(name, in: response))
        case 409: return .retry(client.conflict(response), mayHaveTakenEffect: false)
        default:
            let problem = problem(response, Right(resource: kind.singular, action: "update"))
            if problem.kind == .absent { return .absent(problem) }
            throw problem
        }
    }

    /// Adds an object, in one try.
    func create(_ object: JSONValue, of kind: ObjectKind) throws(Problem) -> Creation {
        let response: HTTPResponse
        switch try client.attempt(kind.create(object).http(at: client.location)) {
        case .failed(let problem, let mayHaveTakenEffect):
            return .retry(problem, mayHaveTakenEffect: mayHaveTakenEffect)
        case .response(let it): response = it
        }
        switch response.status {
        case 409: return .exists
        case 200..<300: return .created(stored: try stored(object["metadata"]?["name"]?.string, in: response))
        default: throw problem(response, Right(resource: kind.singular, action: "create"))
        }
    }

    /// What a write's response says that the server keeps; nil where it is empty.
    ///
    /// Throws where it is no JSON, or is about an object of another name.
    private func stored(_ name: String?, in response: HTTPResponse) throws(Problem) -> JSONValue? {
        if response.body.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) { return nil }
        let stored = try client.json(in: response)
        try checkName(of: stored, is: name, in: response)
        return stored
    }

    /// An object of another name comes from a cache or a gateway that mixes responses up: nothing of it is to be trusted.
    private func checkName(of object: JSONValue, is name: String?, in response: HTTPResponse) throws(Problem) {
        guard let name, let found = object["metadata"]?["name"]?.string, !found.utf8.elementsEqual(name.utf8) else {
            return
        }
        let shown = client.redactor.excerpt(of: Array(found.utf8), limit: 300)
        throw client.unexpected(response, "the response is about '\(shown)', not '\(name)'")
    }

    /// The problem that a refusal is.
    func problem(_ response: HTTPResponse, _ right: Right) -> Problem {
        let refusal = client.refusal(response)
        if let problem = client.misdirection(response) { return problem }
        if response.status == 404 && !response.isOpenChoreosRefusal {
            return client.unexpected(
                response, "this is not a response of the API" + (refusal.said.isEmpty ? "" : ": \(refusal.said)"))
        }
        let kind: Problem.Kind =
            switch response.status {
            case 400, 413, 422: .invalid
            case 401, 403: .denied
            case 404: .absent
            case 409: .conflict
            default: .refused
            }
        return Problem(
            kind, at: "\(response.request)", refusal.text, cause: explained(refusal, response, right))
    }

    /// The refusal with what the token and the server say about it.
    private func explained(_ refusal: Refusal, _ response: HTTPResponse, _ right: Right) -> APIRefusal {
        let claims = [401, 403].contains(response.status) ? client.claims : nil
        let isOfClaims = response.status == 401 && refusal.code == "INVALID_CLAIMS"
        return APIRefusal(
            refusal: refusal, right: right, claims: claims,
            clockDifference: response.status == 401 ? claims.flatMap { clockDifference($0, response) } : nil,
            trustedIssuers: isOfClaims ? client.trustedIssuers() : [])
    }

    private func clockDifference(_ claims: TokenClaims, _ response: HTTPResponse) -> APIRefusal.ClockDifference? {
        guard let now = response.date else { return nil }
        func seconds(_ difference: Double) -> Int { Int(min(difference.rounded(.up), 1e9)) }
        if let start = claims.notBefore, start > now { return .notYetValid(seconds: seconds(start - now)) }
        if let end = claims.expires, end <= now { return .expired(seconds: seconds(now - end)) }
        return nil
    }
}
