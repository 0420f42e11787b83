public import ControlPlaneAccess
import HTTP
import JSON
import Objects

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
    public var workloads: KindCollection { objects(.workload) }

    /// The WorkflowRuns.
    public var workflowRuns: KindCollection { objects(.workflowRun) }

    /// The Components.
    public var components: KindCollection { objects(.component) }

    func objects(_ kind: ObjectKind) -> KindCollection { KindCollection(api: self, kind: kind) }
}

extension OpenChoreoAPI {
    /// The objects of a component; none where the right to see them is missing, nil where the API knows no such list.
    func list(_ kind: ObjectKind, of component: String) throws(Problem) -> [JSONValue]? {
        var items: [JSONValue] = []
        var cursor: String?
        // No component has so many; a server that never comes to an end is not followed.
        for _ in 0..<20 {
            let response = try client.send(objects(kind).listing(of: component, cursor: cursor))
            if Self.unknownCall.contains(response.status) { return nil }
            guard 200..<300 ~= response.status else { throw objects(kind).problem(response) }
            let page = try client.json(in: response)
            guard let found = page["items"]?.array else {
                throw client.unexpected(response, "the response holds no list of items")
            }
            items += found
            cursor = page["pagination"]?["nextCursor"]?.string
            if cursor?.isEmpty ?? true { break }
        }
        return items
    }

    /// What an older API, or a gateway in front of it, says to a call that it does not know.
    static let unknownCall: Set<Int> = [403, 404, 405, 501]

    /// The problem that a refusal is.
    func problem(_ response: HTTPResponse, _ right: String) -> Problem {
        let refusal = client.refusal(response)
        if let problem = client.misdirection(response) { return problem }
        if response.status == 404 && !response.isOpenChoreosRefusal {
            return client.unexpected(
                response, "this is not a response of the API" + (refusal.said.isEmpty ? "" : ": \(refusal.said)"))
        }
        return Problem(
            Problem.Kind(refusal: response.status), at: "\(response.request)", refusal.text,
            cause: explained(refusal, response, right))
    }

    /// The refusal with what the token and the server say about it.
    private func explained(_ refusal: Refusal, _ response: HTTPResponse, _ right: String) -> APIRefusal {
        let claims = [401, 403].contains(response.status) ? client.claims : nil
        let isOfClaims = response.status == 401 && refusal.code == "INVALID_CLAIMS"
        return APIRefusal(
            refusal: refusal, right: right, claims: claims,
            clockDifference: response.status == 401 ? claims.flatMap { clockDifference($0, response) } : nil,
            trustedIssuers: isOfClaims ? client.trustedIssuers() : [])
    }

    private func clockDifference(_ claims: TokenClaims, _ response: HTTPResponse) -> String? {
        guard let now = response.date else { return nil }
        func seconds(_ difference: Double) -> String { "\(Int(min(difference.rounded(.up), 1e9))) s" }
        if let start = claims.notBefore, start > now {
            return "valid only in \(seconds(start - now)) by the server's clock"
        }
        if let end = claims.expires, end <= now { return "expired \(seconds(now - end)) ago by the server's clock" }
        return nil
    }
}
