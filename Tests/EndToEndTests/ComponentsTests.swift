import Foundation
import JSON
import MockControlPlane
import TestPrograms
import Testing

/// The built program, for many components in one run.
@Suite struct ManyComponentsBuilt {
    private let folder: TemporaryFolder
    private let controlPlane: MockControlPlane

    init() throws {
        folder = try TemporaryFolder()
        controlPlane = try MockControlPlane.started()
        let list = "abc".map { "- {component: \($0), image: 'r.example/\($0):1', app-path: \($0)}\n" }.joined()
        try TestFile.write(list.utf8, to: "\(folder.path)/list.yaml")
        for name in "abc" {
            try FileManager.default.createDirectory(
                atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
            let descriptor = "apiVersion: openchoreo.dev/v1alpha1\nmetadata: {name: \(name)}\n"
            try TestFile.write(descriptor.utf8, to: "\(folder.path)/\(name)/workload.yaml")
        }
    }

    private var environment: [String: String] {
        let client = MockControlPlane.OAuthClient.quickStart
        return [
            "NAMESPACE_NAME": "default", "PROJECT_NAME": "shop", "OAUTH_URL": controlPlane.tokenURL,
            "API_URL": controlPlane.baseURL, "CLIENT_ID": client.id, "CLIENT_SECRET": client.secret ?? "",
            "PUBLISH_COMPONENTS": "list.yaml", "PUBLISH_JOBS": "1",
        ]
    }

    @Test func `many components that are stopped say which were written and which were not`() throws {
        controlPlane.script(.createWorkload, [.normal, .silence])
        let running = try BuiltProgram.publisher.start(
            ["publish", "--quiet"], environment: environment, folder: folder.path)
        // The token, the first creation, its list and its Component, and the second creation.
        #expect(controlPlane.waitForRequests(count: 5))
        kill(running.identifier, SIGTERM)
        let run = running.finish()
        #expect((run.status, run.output) == (143, ""))
        #expect(
            run.errors == "error: stopped by SIGTERM: workload/a-workload was created; not known to have been written: "
                + "workload/b-workload, workload/c-workload; run this again to put it right\n")
        let again = try BuiltProgram.publisher.run(
            ["publish", "--quiet"], environment: environment, folder: folder.path)
        #expect((again.status, again.errors) == (0, ""))
        #expect(
            again.output
                == "workload/a-workload unchanged\nworkload/b-workload created\nworkload/c-workload created\n")
    }

    @Test func `of many components one that is stopped behind another with a looked up name leaves that one out`()
        throws
    {
        controlPlane.workloads["default", "custom"] = [
            "spec": [
                "owner": ["projectName": "shop", "componentName": "a"], "container": ["image": "r.example/a:0"],
            ]
        ]
        try TestFile.write(
            "- {component: a, image: 'r.example/a:1', workload-name: auto}\n- {component: b, image: 'r.example/b:1'}\n"
                .utf8,
            to: "\(folder.path)/list.yaml")
        controlPlane.script(.createWorkload, [.normal, .silence])
        let running = try BuiltProgram.publisher.start(
            ["publish", "--quiet", "--update", "replace"], environment: environment, folder: folder.path)
        // The token, the list for the name, the first creation and update, and the second creation.
        #expect(controlPlane.waitForRequests(count: 5))
        kill(running.identifier, SIGTERM)
        #expect(
            running.finish().errors
                == "error: stopped by SIGTERM: workload/custom was updated; not known to have been written: "
                + "workload/b-workload; run this again to put it right\n")
    }

    @Test func `many components are read from standard input as well`() throws {
        let run = try ChildProcess(
            "/bin/sh", ["-c", #"exec "$0" publish --quiet --components - <list.yaml"#, BuiltProgram.publisher.path],
            environment: environment.merging(ProgramCall.usualPath) { given, _ in given }, folder: folder.path
        ).finish()
        #expect((run.status, run.errors) == (0, ""))
        #expect(run.output.split(separator: "\n").count == 3)
    }

    @Test(arguments: [("--oauth-client-secret-file", 6), ("--access-token-file", 5)])
    func `a credential in a pipe is read once for the plans of many components`(flag: String, requests: Int) throws {
        let command = #"echo a-secret | "$0" publish --dry-run --output=json "$1" /dev/stdin"#
        let run = try ChildProcess(
            "/bin/sh", ["-c", command, BuiltProgram.publisher.path, flag],
            environment: environment.merging(ProgramCall.usualPath) { given, _ in given }, folder: folder.path
        ).finish()
        #expect((run.status, run.errors) == (0, ""))
        let results = try JSONValue(parsing: run.output)["results"]?.array ?? []
        #expect(results.map { $0["requests"]?.array?.count } == [requests, requests, requests])
    }

    @Test func `many components end in time, and the rest is not begun`() throws {
        controlPlane.script(.createWorkload, [.normal, .silence])
        let run = try BuiltProgram.publisher.run(
            ["publish", "--timeout=1500ms", "--quiet"], environment: environment, folder: folder.path)
        #expect((run.status, run.output) == (75, "workload/a-workload created\n"))
        #expect(run.errors.contains("error: 2 of 3 components failed: workload/b-workload: POST "))
        #expect(run.errors.contains("workload/c-workload: POST "))
        #expect(controlPlane.requests(.createWorkload).count == 2)
    }
}
