import CommandLineTool
import JSON
import MockControlPlane
import Testing

@Suite struct ADryRun {
    @Test func `a dry run of the client sends nothing and needs no connection`() throws {
        let bench = try Bench()
        let run = ToolRun(
            [
                "publish", "--dry-run", "--image=r.example/x:1", "--namespace=n", "--project=p", "--component=c",
                "--source-dir", bench.checkout.path, "--run-name=run-1", "--update=replace",
            ])
        #expect(run.code == .success)
        #expect(run.errors == "")
        let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
        let requests = lines.filter { line in ["POST ", "GET ", "PUT ", "# "].contains { line.hasPrefix($0) } }
        #expect(
            requests == [
                "POST <oauth-token-url>", "POST <api-server-url>/api/v1/namespaces/n/workloads",
                "# if the Workload exists (409)", "PUT <api-server-url>/api/v1/namespaces/n/workloads/c-workload",
                "GET <api-server-url>/api/v1/namespaces/n/workflowruns/run-1",
                "# in the WorkflowRun as it was read, if this would change it",
                "PUT <api-server-url>/api/v1/namespaces/n/workflowruns/run-1", "# if the Workload was created",
                "GET <api-server-url>/api/v1/namespaces/n/workloads?component=c&limit=100",
                "# if the Workload was created", "GET <api-server-url>/api/v1/namespaces/n/components/c",
            ])
        #expect(
            run.output.contains(
                "\ngrant_type=client_credentials&client_id=<oauth-client-id>&client_secret=<redacted>\n"))
        #expect(run.output.hasSuffix("\nworkload/c-workload built (dry run)\n"))
    }

    @Test func `a dry run of the client shows what it was given, and no secret`() throws {
        let bench = try Bench()
        let run = bench.publish(
            "--dry-run=client", "--output=json", "--api-server-host-header=api.example", "--oauth-auth-method=basic")
        let result = try JSONValue(parsing: run.output)
        #expect(result["dryRun"] == true)
        #expect(result["action"] == "built")
        let requests = try #require(result["requests"]?.array)
        #expect(
            requests.map { $0["method"]?.string } == ["POST", "POST", "GET", "PUT", "GET", "GET"])
        #expect(requests[4]["condition"] == nil)
        #expect(requests[5]["condition"] == "if the Workload was created")
        #expect(requests[0]["url"]?.string == bench.controlPlane.tokenURL)
        #expect(requests[0]["headers"]?["Authorization"] == "Basic <redacted>")
        #expect(requests[1]["headers"]?["Host"] == "api.example")
        #expect(requests[1]["headers"]?["Authorization"] == "Bearer <redacted>")
        #expect(requests[1]["body"]?["metadata"]?["name"] == "api-workload")
        #expect(bench.routes == [])
    }

    @Test func `a dry run of the client shows Basic credentials that are not there yet`() throws {
        let names = ["--image=r.example/x:1", "--namespace=n", "--project=p", "--component=c"]
        let folder = try ScratchFolder()
        let run = ToolRun(
            ["publish", "--dry-run", "--oauth-auth-method=basic"] + names, workingDirectory: folder.path)
        #expect(run.code == .success)
        #expect(
            run.output.contains("POST <oauth-token-url>\nAccept: application/json\nAuthorization: Basic <redacted>\n"))
    }

    @Test func `a dry run of the client reads an access token's file and asks for no token`() throws {
        let bench = try Bench()
        try bench.checkout.write("ready-made\n", to: "token")
        let run = bench.publish("--dry-run=client", "--access-token-file", "\(bench.checkout.path)/token")
        #expect(run.code == .success)
        #expect(run.output.hasPrefix("POST \(bench.controlPlane.baseURL)/api/v1/namespaces/default/workloads\n"))
        #expect(!run.output.contains("ready-made"))
        let missing = bench.publish("--dry-run=client", "--access-token-file", "\(bench.checkout.path)/none")
        #expect(missing.code == .noInput)
    }

    @Test func `a dry run of the server calls every replacement an update, and no label removed that the server sets`()
        throws
    {
        let bench = try Bench { $0.setsOwnerLabels = true }
        _ = bench.publish()
        let run = bench.publish("--dry-run=server", "--update=replace")
        #expect(run.output == "workload/api-workload updated (dry run)\n")
    }

    @Test func `a dry run of the server shows what would change and writes nothing`() throws {
        let bench = try Bench()
        bench.controlPlane.workloads["default", "api-workload"] = [
            "metadata": ["labels": ["team": "a"]],
            "spec": [
                "owner": ["projectName": "shop", "componentName": "api"],
                "container": ["image": "registry.example.com/shop/api:0.9.0"],
                "endpoints": ["api": ["port": 8080, "type": "HTTP"]],
            ],
        ]
        let before = bench.workload
        let run = bench.publish("--dry-run=server", "--run-name=run-1")
        #expect(
            run.output == """
                --- workload/api-workload on the server
                +++ workload/api-workload updated
                @@ -5,7 +5,10 @@
                   namespace: default
                 spec:
                   container:
                -    image: registry.example.com/shop/api:0.9.0
                +    env:
                +    - key: LOG_LEVEL
                +      value: info
                +    image: registry.example.com/shop/api:1.0.0
                   endpoints:
                     api:
                       port: 8080
                workload/api-workload updated (dry run)

                """)
        #expect(bench.routes == [.token, .getWorkload, .profile])
        #expect(bench.workload == before)
    }

    @Test func `a dry run of the server says when it would be created, and when nothing would change`() throws {
        let bench = try Bench()
        let creating = bench.publish("--dry-run=server")
        #expect(
            creating.output.hasPrefix(
                "--- workload/api-workload on the server\n+++ workload/api-workload created\n@@ -0,0 +1,"))
        #expect(creating.output.hasSuffix("\nworkload/api-workload created (dry run)\n"))
        _ = bench.publish()
        #expect(bench.publish("--dry-run=server").output == "workload/api-workload unchanged (dry run)\n")
        let json = try JSONValue(parsing: bench.publish("--dry-run=server", "--output=json").output)
        #expect(json["action"] == "unchanged")
        #expect(json["diff"] == "")
        #expect(json["dryRun"] == true)
    }

    @Test func `a dry run of the server has a coloured diff on a terminal that wants colours`() throws {
        let bench = try Bench()
        _ = bench.publish()
        func run(isTerminal: Bool, _ variables: [String: String] = [:]) -> String {
            let variables = variables.merging(["IMAGE": "registry.example.com/shop/api:2.0.0"]) { own, _ in own }
            return ToolRun(
                ["publish", "--dry-run=server"], environment: bench.environment.merging(variables) { _, new in new },
                workingDirectory: bench.checkout.path, isTerminal: isTerminal
            ).output
        }
        let colored = run(isTerminal: true)
        #expect(
            colored.hasPrefix(
                "\u{1B}[31m--- workload/api-workload on the server\u{1B}[0m\n"
                    + "\u{1B}[32m+++ workload/api-workload updated\u{1B}[0m\n\u{1B}[36m@@ -6,7 +6,7 @@\u{1B}[0m\n     env:\n"
            ))
        #expect(
            colored.contains(
                "\n\u{1B}[31m-    image: registry.example.com/shop/api:1.0.0\u{1B}[0m\n"
                    + "\u{1B}[32m+    image: registry.example.com/shop/api:2.0.0\u{1B}[0m\n   endpoints:\n"))
        #expect(colored.hasSuffix("\nworkload/api-workload updated (dry run)\n"))
        let plain = run(isTerminal: false)
        #expect(colored.replacing(/\u{1B}\[[0-9]*m/, with: "") == plain)
        #expect(run(isTerminal: true, ["NO_COLOR": "1"]) == plain)
    }

    @Test func `a dry run of the server needs the right to read`() throws {
        let bench = try Bench { $0.permissions.remove(.workloadView) }
        let run = bench.publish("--dry-run=server")
        #expect(run.code == .noPermission)
        #expect(run.output == "")
        #expect(run.lastLine.contains("grant it workload:view"))
    }

    @Test(arguments: ["true", "1", "client"])
    func `a dry run by variable sends nothing`(value: String) throws {
        let bench = try Bench()
        #expect(bench.publish(variables: ["DRY_RUN": value]).output.hasSuffix("built (dry run)\n"))
        #expect(bench.routes == [])
    }
}
