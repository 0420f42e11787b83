import Foundation
import Glibc
import MockControlPlane
import TestPrograms
import Testing

/// Streams, files and signals as shells, containers and pipelines hand them to the program.
@Suite struct StreamsAndSignals {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let descriptor = "apiVersion: openchoreo.dev/v1alpha1\nmetadata: {name: shop}\n"
        try TestFile.write(descriptor.utf8, to: "\(folder.path)/workload.yaml")
    }

    private static let render = "render --image r.example/x:1 --namespace n --project p --component c"

    private var rendered: String {
        get throws {
            try BuiltProgram.publisher.run(Self.render.split(separator: " ").map(String.init), folder: folder.path)
                .output
        }
    }

    /// Runs a script of the shell; `$0` is the program.
    private func shell(_ script: String, environment: [String: String] = [:]) throws -> ChildProcess {
        try ChildProcess(
            "/bin/sh", ["-c", script, BuiltProgram.publisher.path],
            environment: environment.merging(ProgramCall.usualPath) { given, _ in given }, folder: folder.path)
    }

    private func environment(_ controlPlane: MockControlPlane) -> [String: String] {
        let client = MockControlPlane.OAuthClient.quickStart
        return [
            "IMAGE": "r.example/x:1", "NAMESPACE_NAME": "n", "PROJECT_NAME": "p", "COMPONENT_NAME": "c",
            "OAUTH_URL": controlPlane.tokenURL, "API_URL": controlPlane.baseURL, "CLIENT_ID": client.id,
            "CLIENT_SECRET": client.secret ?? "", "MAX_RETRIES": "0",
        ]
    }

    @Test(arguments: [">>", ">", "1<>"], ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"])
    func `go on behind what a log holds already`(redirection: String, path: String) throws {
        let script = """
            ln -s /dev/stdout link
            { echo before; "$0" \(Self.render) --output-file \(path); echo after; } \(redirection)log
            """
        let run = try shell(script).finish()
        #expect((run.status, run.errors) == (0, ""))
        #expect(TestFile.text(of: "\(folder.path)/log") == "before\n" + (try rendered) + "after\n")
    }

    @Test func `are written in their place where nothing may stand beside them`() throws {
        // The superuser may write everywhere, so the program runs as another user there.
        let other = geteuid() == 0 ? "setpriv --reuid=65534 --clear-groups" : ""
        let script = """
            mkdir closed && cp "$0" program && echo old and longer than what takes its place >closed/file
            chmod 666 closed/file && chmod 555 closed && chmod 755 .
            \(other) ./program schema --output-file closed/file && \(other) ./program schema --output-file closed/new
            """
        let run = try shell(script).finish()
        chmod("\(folder.path)/closed", 0o755)
        #expect(run.status == 73)
        #expect(
            run.errors == "error: --output-file: cannot write 'closed/new': Permission denied; "
                + "name a place that this user can write to\n")
        #expect(TestFile.text(of: "\(folder.path)/closed/file") == (try BuiltProgram.publisher.run(["schema"])).output)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/closed") == ["file"])
    }

    @Test func `take no more for now where they do not block, and are waited for`() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let expected = try BuiltProgram.publisher.run(["man"]).output
        // Less room than the page has, and no waiting for more.
        let setPipeSize: Int32 = 1031
        _ = fcntl(ends[1], setPipeSize, 4096)
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        let program = try ChildProcess(
            ProgramCall(BuiltProgram.publisher.path, ["man"]), output: .descriptor(ends[1]))
        close(ends[1])
        usleep(100_000)
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1000)
        while text.count < expected.utf8.count, case let count = read(ends[0], &chunk, chunk.count), count > 0 {
            text += chunk[..<count]
        }
        let run = program.finish()
        #expect((run.status, run.errors) == (0, ""))
        #expect(String(decoding: text, as: UTF8.self) == expected)
    }

    @Test(arguments: ["man", "help", "help publish", "publish --help", "completions bash", "--version"])
    func `may be closed by those who have seen enough of a page`(words: String) throws {
        let arguments = words.split(separator: " ").map(String.init)
        let run = try ChildProcess(BuiltProgram.publisher.path, arguments, environment: [:], isOutputClosed: true)
            .finish()
        #expect((run.status, run.errors) == (0, ""))
    }

    @Test func `leave an interrupt ignored that was ignored before`() throws {
        let controlPlane = try MockControlPlane.started()
        controlPlane.script(.createWorkload, [.silence])
        let running = try shell(#"trap "" INT; exec "$0" publish --quiet"#, environment: environment(controlPlane))
        #expect(controlPlane.waitForRequests(count: 2))
        kill(running.identifier, SIGINT)
        usleep(100_000)
        kill(running.identifier, SIGTERM)
        let run = running.finish()
        #expect(run.status == 143)
        #expect(run.errors.contains("stopped by SIGTERM"))
    }

    @Test(arguments: [(SIGTERM, Int32(143)), (SIGINT, Int32(130))])
    func `end the program where there is no thread to be had`(signal: Int32, status: Int32) throws {
        let controlPlane = try MockControlPlane.started()
        controlPlane.always(.createWorkload, .silence)
        // No thread gets a stack of a petabyte.
        let running = try shell(
            #"ulimit -s 1000000000000; exec "$0" publish --quiet"#, environment: environment(controlPlane))
        #expect(controlPlane.waitForRequests(count: 2))
        kill(running.identifier, signal)
        #expect(running.finish().status == status)
    }
}
