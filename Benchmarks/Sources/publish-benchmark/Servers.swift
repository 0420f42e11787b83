import JSON
import Loopback
import MockControlPlane
import TestPrograms

/// The two origins that a publish speaks to, each as plain HTTP, behind TLS, and behind TLS far away.
final class Servers {
    /// Where a program finds them.
    struct Endpoints {
        let tokenURL: String
        let apiURL: String
        /// What counts the traffic, if anything does.
        var relays: [DelayingRelay] = []
    }

    private static let token = "eyJhbGciOiJSUzI1NiJ9." + String(repeating: "benchmark", count: 80)

    private var identity: MockControlPlane
    private(set) var api: MockControlPlane
    private let proxies: [TLSProxy]
    private var relays: [[UInt16]: DelayingRelay] = [:]

    /// Starts both, and in front of each one that speaks HTTP/1.1 over TLS and one that speaks HTTP/2.
    init(_ authority: Authority) throws {
        identity = try Self.startIdentity(port: 0)
        api = try Self.startAPI(port: 0)
        let ports = [identity.port, api.port]
        proxies = try [TLSProxy.Version.bytes, .http2].flatMap { version in
            try ports.map { try TLSProxy(version, of: $0, authority.files) }
        }
    }

    /// Where a program finds them by that transport; `isCounted` puts a relay there that counts.
    func endpoints(_ transport: Transport, isCounted: Bool = false) throws -> Endpoints {
        let isTLS = transport != .http
        let ports =
            switch transport {
            case .http: [identity.port, api.port]
            case .tls: proxies.filter { $0.version == .bytes }.map(\.port)
            case .http2: proxies.filter { $0.version == .http2 }.map(\.port)
            }
        var relays: [DelayingRelay] = []
        if transport.roundTrip > 0 {
            relays = try ports.map { try relay(to: $0, roundTrip: transport.roundTrip) }
        } else if isCounted {
            relays = try ports.map { try DelayingRelay(to: $0, roundTrip: .milliseconds(0)) }
        }
        let reached = relays.isEmpty ? ports : relays.map(\.port)
        let scheme = isTLS ? "https" : "http"
        return Endpoints(
            tokenURL: "\(scheme)://127.0.0.1:\(reached[0])/oauth2/token",
            apiURL: "\(scheme)://127.0.0.1:\(reached[1])", relays: relays)
    }

    /// Takes every request and every object away, and places what an action needs.
    func reset(for action: Action, _ fixture: Fixture?) throws {
        try reset(workloads: action == .create ? [:] : ["api-workload": fixture?.live ?? Self.smallWorkload])
        api.workflowRuns["default", "run"] = [
            "metadata": ["name": "run", "namespace": "default", "labels": ["team": "shop"]],
            "spec": ["workflow": ["name": "docker", "parameters": ["branch": "main", "timeout": 900]]],
        ]
    }

    /// Takes every request and every object away, and places those Workloads.
    func reset(workloads: [String: JSONValue]) throws {
        identity.stop()
        api.stop()
        identity = try Self.startIdentity(port: identity.port)
        api = try Self.startAPI(port: api.port)
        for (name, workload) in workloads { api.workloads["default", name] = workload }
    }

    /// What the API was asked since, in order of method and status: a program may ask for two things at once.
    ///
    /// What opens a connection to it meanwhile is a public page.
    var apiRequests: [String] {
        api.requests.filter { $0.route != .publicPage }.map { "\($0.method) \($0.status ?? 0)" }.sorted()
    }

    /// The body of the only request for a token since.
    var tokenRequestBody: [UInt8] { identity.requests.last?.body ?? [] }

    private static let smallWorkload: JSONValue = [
        "metadata": ["name": "api-workload", "namespace": "default"],
        "spec": [
            "owner": ["projectName": "shop", "componentName": "api"],
            "container": ["image": "registry.example.com/shop/api:1.0.0"],
        ],
    ]

    private static func startIdentity(port: UInt16) throws -> MockControlPlane {
        let server = try MockControlPlane.started { $0.port = port }
        let body: JSONValue = ["access_token": .string(token), "token_type": "Bearer", "expires_in": 3600]
        server.always(.token, .response(.json(200, body)))
        return server
    }

    private static func startAPI(port: UInt16) throws -> MockControlPlane {
        try MockControlPlane.started {
            $0.port = port
            $0.acceptedTokens = [token]
        }
    }

    private func relay(to port: UInt16, roundTrip: Int) throws -> DelayingRelay {
        let key = [port, UInt16(roundTrip)]
        if let relay = relays[key] { return relay }
        let relay = try DelayingRelay(to: port, roundTrip: .milliseconds(roundTrip))
        relays[key] = relay
        return relay
    }
}
