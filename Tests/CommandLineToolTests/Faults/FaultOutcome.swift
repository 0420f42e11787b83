import CommandLineTool
import MockControlPlane

/// What a run made of its fault, as a line of the fault matrix has it.
struct FaultOutcome {
    /// What became of the Workload.
    enum Workload: String, CaseIterable {
        case asBefore = "as before"
        /// The built one, with the labels and annotations that others had put on it.
        case merged
        /// The built one and nothing else.
        case replaced
    }

    let bench: FaultBench
    let run: ToolRun

    /// The request that the last line names.
    var failedRoute: MockControlPlane.Route? {
        FaultCell.routes.first { route in
            run.lastLine.hasPrefix("error: \(FaultCell.line(of: route, baseURL: bench.baseURL)): ")
        }
    }

    /// Result, requests, waits in milliseconds, and what is left on the server.
    var line: String {
        let counts = FaultCell.routes.compactMap { route in bench.counts[route].map { "\(route) \($0)" } }
        let waits = run.sleeps.map { "\(Int($0 / .milliseconds(1)))" }
        return [
            result, counts.joined(separator: " "), "waits \(waits.joined(separator: " "))",
            "Workload \(workload), run \(workflowRun)",
        ].joined(separator: "; ")
    }

    private var result: String {
        guard run.code != .success else { return run.output.replacing("workload/api-workload ", with: "").trimmed }
        return "\(run.code.rawValue) at \(failedRoute.map { "\($0)" } ?? "no request: \(run.lastLine)")"
    }

    private var workload: String {
        let held = bench.bench.workload
        return Workload.allCases.first { bench.workload($0) == held }?.rawValue
            ?? "unexpected: \(held?.text() ?? "none")"
    }

    private var workflowRun: String {
        let held = bench.bench.controlPlane.workflowRuns["default", "run-7"]
        if held == bench.workflowRun(isAnnotated: false, hasCopy: false) { return "as before" }
        if held == bench.workflowRun(isAnnotated: true, hasCopy: true) { return "annotated" }
        if held == bench.workflowRun(isAnnotated: true, hasCopy: false) { return "annotated without the copy" }
        return "unexpected: \(held?.text() ?? "none")"
    }
}

extension String {
    fileprivate var trimmed: String { last == "\n" ? String(dropLast()) : self }
}
