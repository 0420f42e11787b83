import MockControlPlane
import Testing

/// One cell of the fault matrix: one request of the flow that meets a fault, once or every time.
struct FaultCell: Sendable, CustomTestStringConvertible {
    typealias Route = MockControlPlane.Route

    let fault: Fault
    let route: Route
    /// Whether the fault stays; else the next try finds everything in order.
    let isStanding: Bool

    static let routes: [Route] = [
        .token, .createWorkload, .getWorkload, .updateWorkload, .getWorkflowRun, .updateWorkflowRun,
        .listWorkloads, .getComponent,
    ]

    static let all = Fault.all.flatMap { fault in
        routes.flatMap { route in
            [false, true].map { FaultCell(fault: fault, route: route, isStanding: $0) }
        }
    }.filter(\.isPossible)

    var testDescription: String { "\(fault) at \(route), \(isStanding ? "always" : "once")" }

    /// All requests to one server go to one host, so that its name is missing from the first of them, and for good.
    private var isPossible: Bool {
        guard case .unresolvableHost = fault.injection else { return true }
        return isStanding && (route == .token || route == .createWorkload)
    }

    /// An update needs something to update.
    var startsWithWorkload: Bool { route == .getWorkload || route == .updateWorkload }

    /// The requests of the flow when nothing goes wrong, in order.
    var flow: [Route] {
        [.token, .createWorkload] + (startsWithWorkload ? [.getWorkload, .updateWorkload] : [])
            + [.getWorkflowRun, .updateWorkflowRun, .listWorkloads] + (startsWithWorkload ? [] : [.getComponent])
    }

    /// Whether the Workload is written before this request.
    var isAfterWrite: Bool { [.getWorkflowRun, .updateWorkflowRun, .listWorkloads, .getComponent].contains(route) }

    /// The request before this one.
    var predecessor: Route? {
        flow.firstIndex(of: route).flatMap { $0 > 0 ? flow[$0 - 1] : nil }
    }

    /// The read that comes before each try of an update.
    var readBefore: Route? {
        switch route {
        case .updateWorkload: .getWorkload
        case .updateWorkflowRun: .getWorkflowRun
        default: nil
        }
    }

    /// The request that fails where this one does, which is an earlier one where none gets to a server.
    var firstFailure: Route { fault.reachesServer ? route : readBefore ?? route }

    var maxRetries: Int { fault.isSlow ? 1 : 5 }

    /// A request of the flow as errors name it.
    static func line(of route: Route, baseURL: String) -> String {
        let namespace = "\(baseURL)/api/v1/namespaces/default"
        return switch route {
        case .token: "POST \(baseURL)/oauth2/token"
        case .createWorkload: "POST \(namespace)/workloads"
        case .getWorkload: "GET \(namespace)/workloads/api-workload"
        case .updateWorkload: "PUT \(namespace)/workloads/api-workload"
        case .getWorkflowRun: "GET \(namespace)/workflowruns/run-7"
        case .updateWorkflowRun: "PUT \(namespace)/workflowruns/run-7"
        case .listWorkloads: "GET \(namespace)/workloads?component=api&limit=100"
        case .getComponent: "GET \(namespace)/components/api"
        default: "?"
        }
    }
}
