/// How far away the servers are and how they are spoken to.
enum Transport: Hashable, Sendable {
    /// Plain HTTP on loopback.
    case http
    /// HTTP/1.1 over TLS, so many milliseconds there and back; 0 is loopback.
    case tls(roundTrip: Int)
    /// HTTP/2 over TLS.
    case http2(roundTrip: Int)

    static let all: [Transport] =
        [.http] + [0, 5, 20, 80].map(Transport.tls) + [0, 20, 80].map(Transport.http2)

    /// Milliseconds there and back.
    var roundTrip: Int {
        switch self {
        case .http: 0
        case .tls(let roundTrip), .http2(let roundTrip): roundTrip
        }
    }

    var name: String {
        switch self {
        case .http: "http"
        case .tls(0): "tls"
        case .tls(let roundTrip): "tls-\(roundTrip)ms"
        case .http2(0): "h2"
        case .http2(let roundTrip): "h2-\(roundTrip)ms"
        }
    }
}

/// What is done to the control plane.
enum Action: String, CaseIterable, Sendable {
    /// The Workload does not exist yet.
    case create
    /// The Workload exists.
    case update
    /// The Workload exists, and a WorkflowRun is annotated.
    case annotate

    /// The requests that a program of that kind needs, with the API's statuses, sorted.
    func requests(_ kind: Peer.Kind) -> [String] {
        var requests: [String]
        switch self {
        case .create:
            requests = ["POST 201"]
            // The component's Workloads, and the Component, which the role that OpenChoreo ships may not see.
            if kind != .shell { requests += ["GET 200", "GET 403"] }
        case .update: requests = ["POST 409", "PUT 200"]
        case .annotate: requests = ["GET 200", "POST 409", "PUT 200", "PUT 200"]
        }
        // The Workload, and the component's Workloads.
        if kind == .merging, self != .create { requests += ["GET 200", "GET 200"] }
        return requests.sorted()
    }
}

/// How much there is to publish.
enum Size: String, CaseIterable, Sendable {
    /// A descriptor of a few lines.
    case small
    /// A descriptor of 1 MiB.
    case large = "1MiB"

    /// The bytes of the descriptor.
    var bytes: Int { self == .small ? 1 << 10 : 1 << 20 }
}

/// One publish that all programs do in turn.
struct Scenario: Hashable, Sendable {
    let transport: Transport
    let action: Action
    let size: Size

    var name: String { "\(transport.name) \(action.rawValue) \(size.rawValue)" }

    static let all = Transport.all.flatMap { transport in
        Size.allCases.flatMap { size in
            Action.allCases.map { Scenario(transport: transport, action: $0, size: size) }
        }
    }.filter { $0.size == .small || !$0.waitsForWindows }

    /// Whether 64 KiB at a time, all that a server of HTTP/2 usually takes ahead, would decide how long an upload lasts.
    private var waitsForWindows: Bool { if case .http2(let roundTrip) = transport { roundTrip > 0 } else { false } }

    /// What a short look takes: the extremes are left out.
    static let quick = all.filter { $0.size == .small && [0, 20].contains($0.transport.roundTrip) }
}
