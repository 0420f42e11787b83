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

    /// Announces what will be read soon of a component's item, and of a run where there is one.
    public func willRead(_ item: Item, component: String, run: String?) {
        var requests: [ObjectRequest] = []
        if item.policy.readsFirst {
            let kind = ObjectKind.workloads(in: namespace)
            requests += [kind.read(item.identity.name), kind.list(of: component)]
        }
        if let run { requests.append(ObjectKind.workflowRuns(in: namespace).read(run)) }
        client.willRead(requests.map { $0.http(at: client.location) })
    }
}

extension OpenChoreoAPI {
    /// Reads an object; 403, 404 and 405 are refusals that the caller may live with.
    func read(_ name: String, of kind: ObjectKind) throws(Problem) -> Reading {
        try reading(name, of: kind, try client.send(kind.read(name).http(at: client.location)))
    }

    /// What a response to a read means.
    func reading(_ name: String, of kind: ObjectKind, _ response: HTTPResponse) throws(Problem) -> Reading {
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

    /// Reads an object that is looked at: nil where there is none, and when that was.
    func object(_ name: String, of kind: ObjectKind, _ written: Int?) throws(Problem) -> (JSONValue?, Moment) {
        let reading = try read(name, of: kind)
        let moment = Moment(now: Int(client.lastResponseTime), written: written)
        switch reading {
        case .found(let object): return (object, moment)
        case .absent: return (nil, moment)
        case .unreadable(let problem): throw problem
        }
    }

    /// The objects of a component, and when that was; none where the right to see them is missing, nil where the API
    /// knows no such list.
    func list(_ kind: ObjectKind, of component: String, _ written: Int?) throws(Problem) -> ([JSONValue], Moment)? {
        var items: [JSONValue] = []
        var cursor: String?
        var moment: Moment?
        // No component has so many; a server that never comes to an end is not followed.
        for _ in 0..<20 {
            let response = try client.send(kind.list(of: component, cursor: cursor).http(at: client.location))
            if Self.unknownCall.contains(response.status) { return nil }
            guard 200..<300 ~= response.status else {
                throw problem(response, Right(resource: kind.singular, action: "view"))
            }
            let page = try client.json(in: response)
            guard let found = page["items"]?.array else {
                throw client.unexpected(response, "the answer holds no list of items")
            }
            moment = moment ?? Moment(now: Int(client.lastResponseTime), written: written)
            items += found
            cursor = page["pagination"]?["nextCursor"]?.string
            if cursor?.isEmpty ?? true { break }
        }
        return (items, moment ?? Moment(now: Int(client.lastResponseTime), written: written))
    }

    /// What an older API, or a gateway in front of it, says to a call that it does not know.
    static let unknownCall: Set<Int> = [403, 404, 405, 501]

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
