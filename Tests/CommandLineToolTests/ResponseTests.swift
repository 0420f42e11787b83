import CommandLineTool
import JSON
import MockControlPlane
import Testing

@Suite struct ResponsesOfTheAPI {
    private typealias Response = MockControlPlane.Response

    private func bench() throws -> Bench {
        let bench = try Bench()
        bench.controlPlane.workflowRuns["default", "run-7"] = ["spec": ["workflow": ["name": "docker"]]]
        return bench
    }

    private func json(_ text: String, _ status: Int = 200) -> MockControlPlane.Fault {
        .workThenResponse(
            Response(status: status, headers: [.init("Content-Type", "application/json")], body: Array(text.utf8)))
    }

    @Test(arguments: [
        "", "{}", "[]", "null", "\"ok\"", "{\"metadata\":{\"name\":\"api-workload\"}}", "{\"a\":1,\"a\":2}",
    ])
    func `responses of the API of any 2xx with JSON or nothing in it mean that a write was done`(body: String) throws {
        for status in [200, 201, 202, 206] {
            let bench = try bench()
            bench.controlPlane.always(.createWorkload, json(body, status))
            bench.controlPlane.always(.updateWorkflowRun, json(body.replacing("api-workload", with: "run-7"), status))
            let run = bench.publish("--run-name=run-7")
            #expect(run.output == "workload/api-workload created\n", "\(run.errors)")
        }
        let bench = try bench()
        bench.controlPlane.always(.createWorkload, .workThenResponse(Response(status: 204)))
        #expect(bench.publish().output == "workload/api-workload created\n")
    }

    @Test(arguments: [
        "", "<html>", #"{"error":"Conflict"}"#, #"{"error":"exists","code":"CONFLICT"}"#,
        #"{"error":"Conflict","message":"exists"}"#,
    ])
    func `responses of the API of 409 to a creation mean that there is such a Workload`(body: String) throws {
        let bench = try bench()
        bench.controlPlane.workloads["default", "api-workload"] = FaultBench.oldWorkload
        bench.controlPlane.always(.createWorkload, .response(Response(status: 409, body: Array(body.utf8))))
        let run = bench.publish("--update=replace")
        #expect(run.output == "workload/api-workload updated\n", "\(run.errors)")
        #expect(bench.controlPlane.requests(.createWorkload).count == 1)
    }

    @Test func `responses of the API say where the API's own path has to be left out of its URL`() throws {
        let bench = try bench()
        let run = bench.publish(variables: ["API_URL": bench.controlPlane.baseURL + "/api/v1"])
        #expect(run.code == .protocolError)
        #expect(run.lastLine.hasSuffix("; leave /api/v1 out of --api-server-url (API_URL), for it is added"))
    }

    @Test(
        arguments: [
            (.createWorkload, "api-workload"), (.getWorkload, "api-workload"), (.updateWorkload, "api-workload"),
            (.getWorkflowRun, "run-7"), (.updateWorkflowRun, "run-7"),
        ] as [(MockControlPlane.Route, String)])
    func `responses of the API about an object of another name are not believed`(
        route: MockControlPlane.Route, name: String
    ) throws {
        let bench = try bench()
        if route != .createWorkload { bench.controlPlane.workloads["default", "api-workload"] = FaultBench.oldWorkload }
        bench.controlPlane.always(route, json("{\"metadata\":{\"name\":\"of-another\"},\"spec\":{}}"))
        let run = bench.publish("--run-name=run-7")
        #expect(run.code == .protocolError)
        #expect(run.output == "")
        #expect(
            run.lastLine.hasSuffix(
                ": 200 OK, but the response is about 'of-another', not '\(name)'; "
                    + "check that --api-server-url (API_URL) is the control plane's, or name its host with "
                    + "--api-server-host-header (API_HOST) where a gateway goes by it"), "\(run.lastLine)")
        #expect(bench.controlPlane.requests.last?.route == route)
    }

    @Test(arguments: [
        ("", "200 OK, but the response is empty"), ("[]", "200 OK, but the response is an array, not an object"),
        ("{}", "200 OK, but the response is an object without metadata"),
        ("{\"metadata\":[]}", "200 OK, but the response is an object without metadata"),
        ("{\"metadata\":{}} x", "200 OK, but the response is not JSON (unexpected text after the document at byte 16)"),
    ])
    func `responses of the API to a read are objects`(body: String, reason: String) throws {
        let bench = try bench()
        bench.controlPlane.workloads["default", "api-workload"] = FaultBench.oldWorkload
        bench.controlPlane.always(.getWorkload, json(body))
        let before = bench.workload
        let run = bench.publish()
        #expect(run.code == .protocolError)
        #expect(run.lastLine.contains(reason), "\(run.lastLine)")
        #expect(bench.workload == before)
    }

    @Test func `responses of the API keep a repeated key, of which the last one counts`() throws {
        let bench = try bench()
        bench.controlPlane.workloads["default", "api-workload"] = FaultBench.oldWorkload
        let live = #"{"metadata":{"name":"api-workload","labels":{"a":"1"},"labels":{"b":"1","b":"2"}},"spec":{}}"#
        bench.controlPlane.always(.getWorkload, json(live))
        let run = bench.publish()
        #expect(run.output == "workload/api-workload updated\n", "\(run.errors)")
        #expect(bench.workload?["metadata"]?["labels"]?["b"] == "2")
        #expect(bench.workload?["metadata"]?["labels"]?["a"] == nil)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `responses of the API that redirect are not followed, and no credential goes to another host`(status: Int)
        throws
    {
        let elsewhere = try MockControlPlane.started()
        for route in [MockControlPlane.Route.token, .createWorkload] {
            let bench = try bench()
            bench.controlPlane.always(route, .redirect(to: "\(elsewhere.baseURL)/oauth2/token?a=b", status: status))
            let run = bench.publish()
            #expect(run.code == .protocolError)
            #expect(
                run.lastLine.hasSuffix(
                    "to \(elsewhere.baseURL)/oauth2/token?a=b; redirects are not followed, so give the URL that "
                        + "it leads to"
                ), "\(run.lastLine)")
        }
        #expect(elsewhere.requests.isEmpty)
        #expect(elsewhere.connectionCount == 0)
    }

    @Test func `responses of the API that say no are shown on one line, escaped and cut at 4 KiB`() throws {
        let bench = try bench()
        let text = "\u{1B}[31mno\u{7}\r\n\u{202E}" + String(repeating: "x", count: 10_000)
        for body in [text, JSONValue.object(JSONObject([.init(name: "error", value: .string(text))])).text()] {
            bench.controlPlane.always(.createWorkload, .response(Response(status: 422, body: Array(body.utf8))))
            let run = bench.publish()
            #expect(run.code == .invalidData)
            #expect(run.lastLine.contains("422 Unprocessable Content: \\u{1B}[31mno\\u{07} \\u{202E}xxx"))
            #expect(run.lastLine.contains("xxx… (cut) …xxx"))
            #expect(run.lastLine.contains("xxx; the API calls the Workload invalid"))
            #expect((4096..<4500).contains(run.lastLine.utf8.count))
            #expect(run.errors.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
        }
    }

    @Test func `responses of the API that say no are shown with their error, code and details`() throws {
        let bench = try bench()
        let body =
            #"{"error":"invalid","code":"UNPROCESSABLE","details":[{"field":"spec.x","message":"bad"},{"message":"worse"},{},{"field":""}]}"#
        bench.controlPlane.always(.createWorkload, .response(Response(status: 422, body: Array(body.utf8))))
        #expect(
            bench.publish().lastLine
                == "error: POST \(bench.controlPlane.baseURL)/api/v1/namespaces/default/workloads: "
                + "422 Unprocessable Content: invalid (UNPROCESSABLE); spec.x: bad; worse; "
                + "the API calls the Workload invalid, so fix the descriptor or the parameters")
    }
}
