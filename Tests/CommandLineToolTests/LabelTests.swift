import CommandLineTool
import JSON
import MockControlPlane
import Testing

@Suite struct LabelsAndAnnotations {
    private func bench(descriptor: String? = Bench.descriptor) throws -> Bench {
        let bench = try Bench(descriptor: descriptor)
        bench.controlPlane.workloads["default", "api-workload"] = FaultBench.oldWorkload
        return bench
    }

    @Test(arguments: [
        ("--label", "team", "there is no '=' in it"), ("--label", "=x", "key"), ("--label", "a b=x", "key"),
        ("--label", "-a=x", "key"), ("--label", "a/b/c=x", "key"), ("--label", "Example.COM/a=x", "key"),
        ("--label", "a=b c", "value"), ("--label", "a=-b", "value"), ("--label", "a=ü", "value"),
        ("--label", "a=\(String(repeating: "x", count: 64))", "value"),
        ("--label", "\(String(repeating: "x", count: 64))=a", "key"), ("--annotation", "a b=x", "key"),
        ("--annotation", "a", "there is no '=' in it"),
    ])
    func `labels and annotations that Kubernetes would refuse are refused before anything is sent`(
        flag: String, argument: String, reason: String
    ) throws {
        let bench = try bench()
        let run = bench.publish(flag, argument)
        #expect(run.code == .usage)
        #expect(run.errors.contains("error: \(flag): "), "\(run.errors)")
        #expect(run.errors.contains(reason), "\(run.errors)")
        #expect(bench.routes == [])
    }

    @Test func `labels and annotations that are too large together are refused before anything is sent`() throws {
        let bench = try bench()
        let half = String(repeating: "x", count: 128 << 10)
        let run = bench.publish("--annotation=a=\(half)", "--annotation=b=\(half)")
        #expect(run.code == .usage)
        #expect(
            run.lastLine.contains(
                "all annotations together have 262146 bytes, and Kubernetes takes 256 KiB; shorten them"))
        #expect(bench.routes == [])
    }

    @Test func `labels and annotations are set on a new Workload, the last of a repeated key`() throws {
        let bench = try Bench()
        let run = bench.publish(
            "--label", "team=a", "--label=team=b", "--label", "example.com/tier=", "--annotation=note=x",
            "--annotation=note=a = b\nc",
            "--annotation", "empty=")
        #expect(run.code == .success, "\(run.errors)")
        #expect(bench.workload?["metadata"]?["labels"] == ["team": "b", "example.com/tier": ""])
        #expect(bench.workload?["metadata"]?["annotations"] == ["note": "a = b\nc", "empty": ""])
    }

    @Test(arguments: ["merge", "image"])
    func `labels and annotations are added to those of others`(update: String) throws {
        let bench = try bench()
        let flags = ["--update", update, "--label=tier=web", "--annotation", "note=ours"]
        let run = bench.publish(flags[0], flags[1], flags[2], flags[3], flags[4])
        #expect(run.output == "workload/api-workload updated\n")
        #expect(bench.workload?["metadata"]?["labels"] == ["team": "a", "tier": "web"])
        #expect(bench.workload?["metadata"]?["annotations"] == ["note": "ours"])
        let again = bench.publish(flags[0], flags[1], flags[2], flags[3], flags[4])
        #expect(again.output == "workload/api-workload unchanged\n")
        #expect(bench.controlPlane.requests(.updateWorkload).count == 1)
    }

    @Test func `labels and annotations in their thousands make a Workload too large`() throws {
        let bench = try Bench(descriptor: nil)
        let prefix = Array(repeating: String(repeating: "p", count: 60), count: 4).joined(separator: ".")
        let run = ToolRun(
            ["publish"] + (0..<8000).map { "--label=\(prefix)/n\($0)=v" }, environment: bench.environment,
            workingDirectory: bench.checkout.path)
        #expect(run.code == .invalidData)
        #expect(run.lastLine.hasSuffix("; give fewer labels and annotations (nothing was done)"), "\(run.lastLine)")
        #expect(bench.routes == [])
    }

    @Test func `labels and annotations alone are a reason to update`() throws {
        let bench = try bench()
        _ = bench.publish()
        #expect(bench.publish().output == "workload/api-workload unchanged\n")
        #expect(bench.publish("--label=new=1").output == "workload/api-workload updated\n")
        #expect(bench.publish().output == "workload/api-workload unchanged\n")
        #expect(bench.workload?["metadata"]?["labels"] == ["team": "a", "new": "1"])
    }

    @Test func `labels and annotations of others go with a replace`() throws {
        let bench = try bench()
        #expect(bench.publish("--update=replace", "--label=new=1").output == "workload/api-workload updated\n")
        #expect(bench.workload?["metadata"]?["labels"] == ["new": "1"])
        #expect(bench.workload?["metadata"]?["annotations"] == nil)
    }
}
