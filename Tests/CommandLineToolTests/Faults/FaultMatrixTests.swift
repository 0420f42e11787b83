import CommandLineTool
import Foundation
import MockControlPlane
import Testing

@Suite struct FaultMatrix {
    @Test(arguments: FaultCell.all)
    func `every request survives every fault or ends as the table says`(cell: FaultCell) throws {
        let bench = try FaultBench(cell)
        let run = bench.run()
        let outcome = FaultOutcome(bench: bench, run: run)

        #expect(outcome.line == cell.row, "\(run.errors)")
        #expect(bench.isRestUntouched)
        if run.code != .success {
            #expect(run.output == "")
            if outcome.failedRoute == cell.firstFailure {
                #expect(run.lastLine.contains(cell.fault.words), "\(run.lastLine)")
            }
            // What to do about it comes last.
            #expect(
                run.lastLine.contains(/; .*(check|try|look|fix|grant|give|find out|run this|shorten|allow)/),
                "\(run.lastLine)")
        }
        if !run.sleeps.isEmpty {
            let wait = cell.fault.status == 401 ? "; trying again in 1s" : "(retry 1 of \(cell.maxRetries))"
            #expect(run.errors.contains(wait), "\(run.errors)")
        }
        try checkOutputs(of: bench, run)
    }

    /// The outputs are there, whole, as soon as the Workload is written, and not before.
    private func checkOutputs(of bench: FaultBench, _ run: ToolRun) throws {
        let folder = bench.bench.checkout
        let names = folder.names.filter { $0.hasPrefix("out") }
        let isWritten = run.code == .success || bench.cell.isAfterWrite
        #expect(names == (isWritten ? ["out", "out/action", "out/workload-name", "out/workload.json"] : ["out"]))
        guard isWritten else { return }
        #expect(folder.read("out/workload-name") == "api-workload")
        let action = try #require(folder.read("out/action"))
        #expect(run.code == .success ? run.output == "workload/api-workload \(action)\n" : action == "created")
        let writes = bench.bench.controlPlane.requests.filter { [.createWorkload, .updateWorkload].contains($0.route) }
        #expect(folder.read("out/workload.json") == writes.last?.text)
    }

    @Test func `the fault matrix has every request and every fault`() throws {
        #expect(FaultCell.all.count == Fault.all.count * 16 - 14)
        #expect(FaultCell.all.count > 300)
        if FaultTable.isUpdating {
            let lines = try FaultCell.all.map { cell in
                let bench = try FaultBench(cell)
                return "\(cell.testDescription): \(FaultOutcome(bench: bench, run: bench.run()).line)\n"
            }
            try lines.joined().write(to: FaultTable.file, atomically: true, encoding: .utf8)
        }
        #expect(Set(FaultTable.rows.keys) == Set(FaultCell.all.map(\.testDescription)))
        #expect(FaultTable.rows.values.allSatisfy { !$0.contains("unexpected") && !$0.contains("no request") })
    }
}
