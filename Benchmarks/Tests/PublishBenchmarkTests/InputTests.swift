import Glibc
import Loopback
import TestPrograms
import Testing

@testable import publish_benchmark

struct InputTests {
    @Test func `a filter selects by whole words`() throws {
        let options = try Options(["--filter", "tls create"])
        #expect(options.includes("tls create small"))
        #expect(!options.includes("tls-5ms create small"))
        #expect(try Options([]).includes("render 1KiB"))
    }

    @Test(arguments: [
        (["--rounds", "0"], "--rounds is a number from 1 to 10000"),
        (["--json"], "--json needs a value"),
        (["--fast"], "there is no option '--fast'; see --help"),
    ])
    func `a wrong option is named`(arguments: [String], message: String) {
        #expect {
            try Options(arguments)
        } throws: { error in
            "\(error)" == message
        }
    }

    @Test(arguments: [
        (
            """
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
             50.00    0.000100           5        20           mmap
            ------ ----------- ----------- --------- --------- ----------------
            100.00    0.000200           4        29         1 total
            """, 29
        ),
        ("100.00    0.000200           4        31           total\n", 31),
        ("strace: exec: No such file\n", nil),
    ])
    func `the number of system calls is read from what strace says`(text: String, count: Int?) {
        #expect(SystemCallSummary.total(in: text) == count)
    }

    @Test func `a launcher's report is read in its units`() {
        let report = Launcher.Report("0 12500000 3400 14336\n")
        #expect(report?.status == 0)
        #expect(report?.measurement == Measurement(wall: 12.5, processor: 3.4, peakMemory: 14336))
        #expect(Launcher.Report("sh: not found") == nil)
    }

    @Test(arguments: [1 << 10, 10 << 10, 100 << 10, 1 << 20])
    func `a sample descriptor has its size, and never more`(size: Int) {
        let count = SampleDescriptor.text(bytes: size).utf8.count
        #expect(count <= size)
        #expect(count > size - 1000)
    }

    @Test func `a merge makes two requests more than a replacement, and only where there is something to merge`() {
        #expect(Action.create.requests(.shell) == ["POST 201"])
        #expect(Action.create.requests(.merging) == ["GET 200", "GET 403", "POST 201"])
        #expect(Action.update.requests(.replacing) == ["POST 409", "PUT 200"])
        #expect(Action.update.requests(.merging) == ["GET 200", "GET 200", "POST 409", "PUT 200"])
        #expect(
            Action.annotate.requests(.merging)
                == ["GET 200", "GET 200", "GET 200", "POST 409", "PUT 200", "PUT 200"])
    }

    @Test func `the measurement of several processes is numbered, and counts the time of all`() throws {
        let folder = try TemporaryFolder()
        let script = "touch \(folder.path)/{} && exec sleep 0.2"
        let runs = Launcher.Runs(ProgramCall("/bin/sh", ["-c", script]), count: 4)
        let start = MonotonicTime.now
        let other = try SystemThread { runs.work() }
        runs.work()
        other.join()
        let wall = MonotonicTime.now - start
        #expect((0..<4).allSatisfy { access("\(folder.path)/000\($0)", F_OK) == 0 })
        #expect(wall >= 400_000_000)
        let total = runs.total.withLock { $0 }
        #expect(total.status == 0)
        #expect(total.started == 4)
        #expect(total.peakMemory > 0)
    }

    @Test func `a process that fails ends the measurement of several`() {
        let runs = Launcher.Runs(ProgramCall("/bin/sh", ["-c", "exit 3"]), count: 5)
        runs.work()
        let total = runs.total.withLock { $0 }
        #expect(total.status == 3)
        #expect(total.started == 1)
    }
}
