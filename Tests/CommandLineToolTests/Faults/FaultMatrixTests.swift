import CommandLineTool
import MockControlPlane
import Testing

@Suite struct FaultMatrix {
    @Test(arguments: FaultCell.all)
    func `every request survives every fault or ends as promised`(cell: FaultCell) throws {
        let bench = try FaultBench(cell)
        let run = bench.run()
        let expected = cell.expectation

        #expect(run.code == expected.code, "\(run.errors)")
        #expect(bench.counts == expected.counts)
        #expect(run.sleeps == expected.waits)
        #expect(bench.bench.workload == bench.workload(expected.workload))
        #expect(
            bench.bench.controlPlane.workflowRuns["default", "run-7"]
                == bench.workflowRun(isAnnotated: expected.isAnnotated, hasCopy: expected.hasCopy))
        #expect(bench.isRestUntouched)
        if let failure = expected.failure {
            #expect(run.output == "")
            let request = FaultCell.line(of: failure.route, baseURL: bench.baseURL)
            #expect(run.lastLine.hasPrefix("error: \(request): "), "\(run.lastLine)")
            #expect(run.lastLine.contains(failure.words), "\(run.lastLine)")
            // What to do about it comes last.
            #expect(
                run.lastLine.contains(/; .*(check|try|look|fix|grant|give|find out|run this|shorten|allow)/),
                "\(run.lastLine)")
        } else {
            #expect(run.output == "workload/api-workload \(expected.action)\n")
        }
        if !expected.waits.isEmpty {
            let wait = cell.fault.status == 401 ? "; trying again in 1s" : "(retry 1 of \(cell.maxRetries))"
            #expect(run.errors.contains(wait), "\(run.errors)")
        }
        try checkOutputs(of: bench, expected)
    }

    /// The outputs are there, whole, as soon as the Workload is written, and not before.
    private func checkOutputs(of bench: FaultBench, _ expected: Expectation) throws {
        let folder = bench.bench.checkout
        let names = folder.names.filter { $0.hasPrefix("out") }
        let isWritten =
            expected.code == .success || bench.cell.route == .getWorkflowRun || bench.cell.route == .updateWorkflowRun
        #expect(names == (isWritten ? ["out", "out/action", "out/workload-name", "out/workload.json"] : ["out"]))
        guard isWritten else { return }
        #expect(folder.read("out/workload-name") == "api-workload")
        #expect(folder.read("out/action") == expected.action)
        let writes = bench.bench.controlPlane.requests.filter { [.createWorkload, .updateWorkload].contains($0.route) }
        #expect(folder.read("out/workload.json") == writes.last?.text)
    }

    @Test func `has every request and every fault`() {
        #expect(FaultCell.all.count == Fault.all.count * 12 - 10)
        #expect(FaultCell.all.count > 300)
    }
}
