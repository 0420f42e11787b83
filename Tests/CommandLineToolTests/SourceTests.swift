import CommandLineTool
import JSON
import MockControlPlane
import Testing

/// Where a Workload came from, and the credentials that a pipeline gives by other ways than a secret.
@Suite struct Sources {
    private let source = [
        "SOURCE_COMMIT": "3f2c1ab", "SOURCE_BRANCH": "main", "SOURCE_REPOSITORY": "https://git.example.com/shop",
        "SOURCE_AUTHORED_AT": "2026-01-06T10:00:00Z",
    ]

    @Test func `the source that is given is sent`() throws {
        let bench = try Bench()
        #expect(bench.publish(variables: source).code == .success)
        #expect(
            bench.workload?["spec"]?["source"] == [
                "commit": "3f2c1ab", "branch": "main", "repository": "https://git.example.com/shop",
                "authoredAt": "2026-01-06T10:00:00Z",
            ])
    }

    @Test(arguments: ["merge", "image"])
    func `a source belongs to its image: an update brings it up to date, and drops it where none is given`(
        update: String
    ) throws {
        let bench = try Bench()
        #expect(bench.publish(variables: source).code == .success)
        let newer = ["IMAGE": "registry.example.com/shop/api:2.0.0", "UPDATE": update]
        #expect(bench.publish("--source-commit", "9d8e7f6", variables: newer).code == .success)
        #expect(bench.workload?["spec"]?["source"] == ["commit": "9d8e7f6"])
        #expect(
            bench.publish(variables: ["IMAGE": "registry.example.com/shop/api:3.0.0", "UPDATE": update]).code
                == .success)
        #expect(bench.workload?["spec"]?["source"] == nil)
    }

    @Test func `a run's annotations name the image and the commit`() throws {
        let bench = try Bench()
        bench.controlPlane.workflowRuns["default", "run-7"] = ["spec": ["workflow": ["name": "docker"]]]
        #expect(bench.publish("--run-name", "run-7", variables: source).code == .success)
        let annotations = bench.controlPlane.workflowRuns["default", "run-7"]?["metadata"]?["annotations"]
        #expect(annotations?["openchoreo.dev/image"]?.string == "registry.example.com/shop/api:1.0.0")
        #expect(annotations?["openchoreo.dev/commit"]?.string == "3f2c1ab")
    }

    @Test func `a server that drops the source is reported, and is an error where warnings are`() throws {
        let bench = try Bench { $0.droppedMembers = ["source"] }
        let run = bench.publish(variables: source)
        #expect(run.code == .success)
        #expect(run.errors.contains("spec.source"), "\(run.errors)")
        let strict = bench.publish(
            "--strict", variables: source.merging(["IMAGE": "registry.example.com/shop/api:2.0.0"]) { _, new in new })
        #expect(strict.code == .invalidData, "\(strict.errors)")
    }

    @Test func `an assertion in its variable authenticates, without a client's id as well`() throws {
        let assertion = "header.payload.signature"
        for id in ["ci", ""] {
            let bench = try Bench { $0.clients = [.init(id: "ci", assertion: assertion, methods: [.assertion])] }
            _ = bench.publish(
                variables: ["CLIENT_ASSERTION": assertion, "CLIENT_ID": id, "CLIENT_SECRET": "", "MAX_RETRIES": "0"])
            let request = try #require(bench.controlPlane.requests(.token).first)
            #expect(request.formValue("client_assertion") == assertion)
            #expect(request.formValue("client_id") == (id.isEmpty ? nil : id))
            #expect(
                request.formValue("client_assertion_type") == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        }
    }

    @Test func `parameters of the OAuth server's own go with the token request`() throws {
        let bench = try Bench()
        let run = bench.publish(
            "--oauth-parameter", "resource=https://api.example.com", "--oauth-parameter", "organization=shop")
        #expect(run.code == .success)
        let request = try #require(bench.controlPlane.requests(.token).first)
        #expect(request.formValue("resource") == "https://api.example.com")
        #expect(request.formValue("organization") == "shop")
    }

    @Test(arguments: ["grant_type=x", "client_secret=x", "scope=x", "novalue"])
    func `an OAuth parameter that is the standard's own, or none, is a usage error`(word: String) throws {
        let bench = try Bench()
        #expect(bench.publish("--oauth-parameter", word).code == .usage)
        #expect(bench.controlPlane.requests.isEmpty)
    }

    @Test(arguments: ["openchoreo.dev/project", "openchoreo.dev/component"])
    func `a label that is the server's own is a usage error`(label: String) throws {
        let bench = try Bench()
        #expect(bench.publish("--label", "\(label)=x").code == .usage)
        #expect(bench.controlPlane.requests.isEmpty)
    }
}
