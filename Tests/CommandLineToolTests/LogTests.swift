import HTTP
import JSON
import MockControlPlane
import Redaction
import Testing

@testable import CommandLineTool

@Suite struct LogLines {
    /// A run with one wait in it, one conflict and one update.
    private func bench() throws -> Bench {
        let bench = try Bench()
        bench.controlPlane.workloads["default", "api-workload"] = FaultBench.oldWorkload
        bench.controlPlane.script(.createWorkload, [.error(503)])
        return bench
    }

    /// The lines as JSON, with what changes from run to run taken out.
    private func objects(_ run: ToolRun) throws -> [JSONValue] {
        try run.errors.split(separator: "\n").map { line in
            var object = try #require(try JSONValue(parsing: String(line)).object)
            if object["durationMs"] != nil { object["durationMs"] = 0 }
            return .object(object)
        }
    }

    @Test func `log lines have each request with --verbose: method, URL, status, time, attempt, connection`() throws {
        let bench = try bench()
        let lines = bench.publish("--verbose").errors.split(separator: "\n").filter { $0.contains(" -> ") }
            .map { $0.replacing(/in \d+ ms/, with: "in 0 ms") }
        let url = bench.controlPlane.baseURL + "/api/v1/namespaces/default/workloads"
        #expect(
            lines.map { $0.replacing(/, \d+ bytes out, \d+ in/, with: "") } == [
                "POST \(bench.controlPlane.tokenURL) -> 200 in 0 ms (attempt 1, new connection)",
                "POST \(url) -> 503 in 0 ms (attempt 1, connection reused)",
                "POST \(url) -> 409 in 0 ms (attempt 2, connection reused)",
                "GET \(url)/api-workload -> 200 in 0 ms (attempt 1, connection reused)",
                "PUT \(url)/api-workload -> 200 in 0 ms (attempt 1, connection reused)",
                "GET \(url)?component=api&limit=100 -> 200 in 0 ms (attempt 1, connection reused)",
            ])
    }

    @Test func `log lines are one JSON object a line where that is asked for`() throws {
        let bench = try bench()
        let url = JSONValue.string(bench.controlPlane.baseURL + "/api/v1/namespaces/default/workloads")
        let run = bench.publish("--log-format", "json", "--verbose")
        let objects = try objects(run)
        for object in objects { #expect(object["time"]?.string?.contains(/^2023-11-14T22:13:20\.000Z$/) == true) }
        #expect(
            objects.map { $0["event"]?.string } == [
                "request", "request", "retry", "request", "request", "request", "workload-updated", "request",
            ])
        let retry: JSONValue = [
            "time": "2023-11-14T22:13:20.000Z", "level": "info", "event": "retry",
            "message": .string(
                "POST \(url.string ?? ""): 503 Service Unavailable; trying again in 0.25s (retry 1 of 5)"),
            "method": "POST", "url": url, "retry": 1, "waitMs": 250,
        ]
        #expect(objects[2] == retry)
        var request = try #require(objects[3].object)
        #expect(request["message"]?.string?.hasPrefix("POST ") == true)
        request["message"] = nil
        let expected: JSONValue = [
            "time": "2023-11-14T22:13:20.000Z", "level": "debug", "event": "request", "method": "POST", "url": url,
            "status": 409, "attempt": 2, "durationMs": 0,
        ]
        #expect(JSONValue.object(request) == expected)
    }

    @Test func `log lines name namespace, image and descriptor of what was published`() throws {
        let bench = try Bench()
        let descriptor = "\(bench.checkout.path)/workload.yaml"
        let text = bench.publish("--update=replace")
        #expect(
            text.errors
                == "workload/api-workload created in namespace default: image registry.example.com/shop/api:1.0.0, "
                + "descriptor '\(descriptor)'\n")
        let object = try #require(try objects(bench.publish("--log-format=json")).last)
        #expect(object["message"]?.string?.hasPrefix("workload/api-workload unchanged in namespace default: ") == true)
        #expect(object["namespace"] == "default" && object["image"] == "registry.example.com/shop/api:1.0.0")
        #expect(object["descriptor"] == .string(descriptor))
        let alone = try Bench(descriptor: nil).publish()
        #expect(alone.lastLine.hasSuffix(": image registry.example.com/shop/api:1.0.0, no descriptor"))
    }

    @Test(arguments: [(true, "POST http://h/x: no response after 2 s, still waiting\n"), (false, "")])
    func `log lines say on a terminal what is waited for`(isTerminal: Bool, expected: String) throws {
        let errors = CapturedOutput(isTerminal: isTerminal)
        let console = Console(
            output: CapturedOutput(), errorOutput: errors, redactor: Redactor(), wallClock: { 0 })
        console.log(
            .pending(HTTPRequest(method: .post, url: try HTTPURL("http://h/x")).line, since: .milliseconds(2010)))
        #expect(errors.text == expected)
    }

    @Test func `log lines say on a terminal nothing that the result says`() throws {
        let bench = try Bench()
        let run = ToolRun(
            ["publish"], environment: bench.environment, workingDirectory: bench.checkout.path, isTerminal: true)
        #expect(run.output == "workload/api-workload created\n")
        #expect(run.lastLine.hasPrefix("in namespace default: image registry.example.com/shop/api:1.0.0, descriptor '"))
    }

    @Test(
        arguments: [
            (["publish", "--log-format", "json"], [:]), (["publish", "--log-format=json", "--imgae"], [:]),
            (["publish", "--log-format=text", "--log-format=json", "x"], [:]), (["publish"], ["LOG_FORMAT": "json"]),
            (["publish", "--update=x"], ["LOG_FORMAT": "json"]),
        ] as [([String], [String: String])])
    func `log lines are JSON for usage errors too`(arguments: [String], variables: [String: String]) throws {
        let run = ToolRun(arguments, environment: variables)
        #expect(run.code == .usage)
        let objects = try objects(run)
        #expect(!objects.isEmpty)
        #expect(objects.allSatisfy { $0["level"] == "error" && $0["event"] == "usage" && $0["message"] != nil })
        #expect(objects.last?["exitCode"] == 64)
    }

    @Test func `log lines are JSON for a failure, with its exit code`() throws {
        let bench = try bench()
        bench.controlPlane.always(.token, .error(401))
        let last = try #require(try objects(bench.publish("--log-format=json")).last)
        #expect(last["event"] == "failed")
        #expect(last["level"] == "error")
        #expect(last["exitCode"] == 77)
        #expect(last["message"]?.string?.hasPrefix("POST \(bench.controlPlane.tokenURL): 401 Unauthorized: ") == true)
    }

    @Test(arguments: ["\",\"", "n", "u", "200", "true", "1", "\\", "}", "time", "\":", "{\"", "0.25s", "\"level\""])
    func `log lines are JSON whatever the secret is`(secret: String) throws {
        for isRefused in [true, false] {
            let bench = try Bench { $0.clients = [.init(id: "ci", secret: secret)] }
            if isRefused { bench.controlPlane.always(.createWorkload, .error(422)) }
            let variables = ["CLIENT_ID": "ci", "CLIENT_SECRET": secret, "LOG_FORMAT": "json", "OUTPUT": "json"]
            let run = bench.publish("--verbose", variables: variables)
            #expect(run.code == (isRefused ? .invalidData : .success))
            #expect(try objects(run).allSatisfy { $0["time"] != nil && $0["message"]?.string != nil })
            let dryRun = bench.publish("--dry-run", variables: variables)
            #expect(try JSONValue(parsing: dryRun.output)["dryRun"] == true)
        }
    }

    @Test func `log lines are warnings and errors alone with --quiet`() throws {
        let bench = try bench()
        #expect(bench.publish("--quiet").errors == "")
        #expect(bench.publish("--quiet", "--insecure-skip-tls-verify").errors.hasPrefix("warning: "))
        bench.controlPlane.always(.token, .error(401))
        #expect(bench.publish("--quiet").errors.split(separator: "\n").count == 1)
    }
}
