import Foundation
import JSON
import MockControlPlane
import TestPrograms
import Testing

/// The program is killed in the middle of its work, and the next run puts everything right.
@Suite struct Torture {
    private typealias Route = MockControlPlane.Route

    private static let descriptor = """
        apiVersion: openchoreo.dev/v1alpha1
        metadata: {name: shop}
        endpoints:
          - {name: api, port: 8080, type: HTTP}
        """

    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("torture-\(UUID().uuidString)")

    private func environment(_ controlPlane: MockControlPlane) -> [String: String] {
        let client = MockControlPlane.OAuthClient.quickStart
        return [
            "IMAGE": "registry.example.com/shop/api:1.0.0", "NAMESPACE_NAME": "default", "PROJECT_NAME": "shop",
            "COMPONENT_NAME": "api", "SOURCE_DIR": folder.path, "OAUTH_URL": controlPlane.tokenURL,
            "API_URL": controlPlane.baseURL, "CLIENT_ID": client.id, "CLIENT_SECRET": client.secret ?? "",
            "RUN_NAME": "run-7", "OUTPUTS_DIR": "\(folder.path)/out",
        ]
    }

    private var outputNames: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out")) ?? []).sorted()
    }

    private func output(_ name: String) -> String? {
        try? String(contentsOfFile: "\(folder.path)/out/\(name)", encoding: .utf8)
    }

    private func start(hasWorkload: Bool) throws -> MockControlPlane {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.descriptor.write(toFile: "\(folder.path)/workload.yaml", atomically: false, encoding: .utf8)
        let controlPlane = try MockControlPlane.started()
        controlPlane.workflowRuns["default", "run-7"] = [
            "metadata": ["annotations": ["note": "by hand"]], "spec": ["workflow": ["name": "docker"]],
        ]
        if hasWorkload {
            controlPlane.workloads["default", "api-workload"] = [
                "metadata": ["labels": ["team": "a"]],
                "spec": [
                    "owner": ["projectName": "shop", "componentName": "api"],
                    "container": ["image": "registry.example.com/shop/api:0.9.0"],
                ],
            ]
        }
        return controlPlane
    }

    @Test(
        arguments: [
            (.token, false), (.createWorkload, false), (.createWorkload, true), (.getWorkload, true),
            (.updateWorkload, true), (.getWorkflowRun, false), (.updateWorkflowRun, false),
        ] as [(MockControlPlane.Route, Bool)], [false, true])
    func `kills it at each request, before or after its effect`(
        at place: (route: MockControlPlane.Route, hasWorkload: Bool), isWorkDone: Bool
    ) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let controlPlane = try start(hasWorkload: place.hasWorkload)
        // The response is held back until the client is gone.
        controlPlane.script(place.route, [isWorkDone ? .silence.afterWork : .silence])
        let responded = DispatchSemaphore(value: 0)
        controlPlane.beforeResponding { request, _ in if request.route == place.route { responded.signal() } }
        let running = try BuiltProgram.publisher.start(["publish"], environment: environment(controlPlane))
        #expect(responded.wait(timeout: .now() + 30) == .success)
        kill(running.identifier, SIGKILL)
        let killed = running.finish()
        #expect(killed.status == 128 + SIGKILL)
        #expect(killed.output == "")

        // What is on disk under a final name is whole: nothing yet, or all of it.
        let isWritten = place.route == .getWorkflowRun || place.route == .updateWorkflowRun
        #expect(outputNames == (isWritten ? ["action", "workload-name", "workload.json"] : []))

        controlPlane.beforeResponding(nil)
        let result = try BuiltProgram.publisher.run(["publish"], environment: environment(controlPlane))
        #expect(result.status == 0, "\(result.errors)")
        try expectEverythingRight(controlPlane, result, hadWorkload: place.hasWorkload)
    }

    private func expectEverythingRight(
        _ controlPlane: MockControlPlane, _ result: ChildProcess.Result, hadWorkload: Bool
    ) throws {
        let workload = try #require(controlPlane.workloads["default", "api-workload"])
        let spec: JSONValue = [
            "owner": ["projectName": "shop", "componentName": "api"],
            "container": ["image": "registry.example.com/shop/api:1.0.0"],
            "endpoints": ["api": ["port": 8080, "type": "HTTP"]],
        ]
        #expect(workload["spec"] == spec)
        #expect(workload["metadata"]?["labels"] == (hadWorkload ? ["team": "a"] : nil))
        #expect(controlPlane.workloads.paths == ["default/api-workload"])
        #expect(controlPlane.workflowRuns.paths == ["default/run-7"])
        let run = controlPlane.workflowRuns["default", "run-7"]
        let created = controlPlane.requests(.createWorkload).last
        let annotations: JSONValue = [
            "note": "by hand", "openchoreo.dev/workload-from-source": "true",
            "openchoreo.dev/image": created.flatMap { try? JSONValue(parsing: $0.body) }?["spec"]?["container"]?[
                "image"]
                ?? "",
            "openchoreo.dev/workload": .string(created?.text ?? ""),
        ]
        #expect(run?["metadata"]?["annotations"] == annotations)
        #expect(run?["spec"] == ["workflow": ["name": "docker"]])

        let action = try #require(output("action"))
        #expect(result.output == "workload/api-workload \(action)\n")
        #expect(["created", "updated", "unchanged"].contains(action))
        #expect(outputNames == ["action", "workload-name", "workload.json"])
        #expect(output("workload-name") == "api-workload")
        let body = try JSONValue(parsing: output("workload.json") ?? "")
        #expect(body["spec"] == spec)
    }

    @Test(arguments: zip([SIGTERM, SIGINT], [Int32(143), 130]))
    func `stops it while it writes, and the unfinished file is gone`(signal: Int32, status: Int32) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let controlPlane = try start(hasWorkload: false)
        let notes = (0..<200).map { "    - {name: N\($0), value: \(String(repeating: "x", count: 1000))}\n" }.joined()
        try "\(Self.descriptor)\nconfigurations:\n  env:\n\(notes)".write(
            toFile: "\(folder.path)/workload.yaml", atomically: false, encoding: .utf8)
        for step in 0..<12 {
            controlPlane.workloads["default", "api-workload"] = nil
            let responded = DispatchSemaphore(value: 0)
            controlPlane.beforeResponding { request, _ in if request.route == .createWorkload { responded.signal() } }
            let running = try BuiltProgram.publisher.start(["publish"], environment: environment(controlPlane))
            #expect(responded.wait(timeout: .now() + 30) == .success)
            // Somewhere between the response and the end of the run, a little later each time.
            usleep(UInt32(step) * 100)
            kill(running.identifier, signal)
            #expect([0, status].contains(running.finish().status))
            #expect(Set(outputNames).isSubset(of: ["action", "workload-name", "workload.json"]))
        }
        controlPlane.beforeResponding(nil)
    }

    @Test func `kills it while it writes, over and over, and never finds half a file`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let controlPlane = try start(hasWorkload: false)
        let out = "\(folder.path)/out"
        let expected = try BuiltProgram.publisher.run(["publish"], environment: environment(controlPlane))
        #expect(expected.status == 0)
        let whole = [output("action"), output("workload-name"), output("workload.json")]
        for step in 0..<12 {
            try? FileManager.default.removeItem(atPath: out)
            controlPlane.workloads["default", "api-workload"] = nil
            let responded = DispatchSemaphore(value: 0)
            controlPlane.beforeResponding { request, _ in if request.route == .createWorkload { responded.signal() } }
            let running = try BuiltProgram.publisher.start(["publish"], environment: environment(controlPlane))
            #expect(responded.wait(timeout: .now() + 30) == .success)
            // Somewhere between the response and the end of the run, a little later each time.
            usleep(UInt32(step) * 100)
            kill(running.identifier, SIGKILL)
            _ = running.finish()
            for (name, text) in zip(["action", "workload-name", "workload.json"], whole) {
                #expect(output(name) == nil || output(name) == text)
            }
            let names = outputNames.filter { !$0.hasSuffix(".tmp") }
            #expect(Set(names).isSubset(of: ["action", "workload-name", "workload.json"]))
        }
        controlPlane.beforeResponding(nil)
        let result = try BuiltProgram.publisher.run(["publish"], environment: environment(controlPlane))
        #expect(result.status == 0)
        #expect([output("workload-name"), output("workload.json")] == Array(whole.dropFirst()))
    }
}
