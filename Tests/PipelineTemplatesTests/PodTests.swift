import Foundation
import JSON
import TestDocuments
import Testing

@testable import PipelineTemplates

@Suite struct StepsInPods {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func argo(_ change: (inout StepDefinition) -> Void = { _ in }) throws -> JSONValue {
        try documents(PipelineSystem.argo.text(of: definition("a", change)))[0]
    }

    private func definition(_ value: String, _ change: (inout StepDefinition) -> Void) -> StepDefinition {
        PipelineTemplatesTests.definition(input: value, change)
    }

    private func environment(_ container: JSONValue?) -> [String] {
        (container?["env"]?.array ?? []).compactMap { $0["name"]?.string }
    }

    @Test func `a step in a pod puts the secret last, wherever it comes from`() throws {
        for isInput in [false, true] {
            let change = { (definition: inout StepDefinition) in
                if isInput { definition.clientSecret = nil }
            }
            let argo = try argo(change).at("spec", "templates", "0", "container")
            let names = isInput ? [] : ["CLIENT_SECRET_NAME"]
            #expect(
                environment(argo) == ["SOURCE_DIR", "OUTPUTS_DIR", "IMAGE", "OAUTH_SCOPE"] + names + ["CLIENT_SECRET"])
            let tekton = try documents(PipelineSystem.tekton.text(of: definition("a", change)))[0]
            #expect(environment(tekton.at("spec", "steps", "0")) == environment(argo))
        }
    }

    @Test func `a step in a pod takes the secret from a Secret, or from its input`() throws {
        let secret = try argo().at("spec", "templates", "0", "container", "env")?.named("CLIENT_SECRET")
        #expect(
            secret == [
                "name": "CLIENT_SECRET",
                "valueFrom": [
                    "secretKeyRef": [
                        "name": "{{inputs.parameters.oauth-client-secret-name}}", "key": "client-secret",
                        "optional": true,
                    ]
                ],
            ])
        #expect(
            try argo().at("spec", "templates", "0", "inputs", "parameters")?.named("oauth-client-secret-name")
                == ["name": "oauth-client-secret-name", "default": "workload-publisher-oauth-secret"])
        let input = try argo { $0.clientSecret = nil }.at("spec", "templates", "0", "container", "env")
        #expect(
            input?.named("CLIENT_SECRET") == [
                "name": "CLIENT_SECRET", "value": "{{inputs.parameters.oauth-client-secret}}",
            ])
    }

    @Test func `a step in a pod mounts the certificates of a ConfigMap and says where they are`() throws {
        let document = try documents(
            PipelineSystem.argo.text(
                of: definition("a") { definition in
                    definition.caConfigMap = (name: "trust", key: "ca.crt")
                    definition.inputs.append(
                        StepInput(name: "ca-file", variable: "CA_FILE", summary: "The CA", value: ""))
                }))[0]
        let template = try #require(document.at("spec", "templates", "0"))
        #expect(
            template.at("inputs", "parameters")?.named("ca-file")?["default"]
                == "/etc/workload-publisher/ca/ca.crt")
        #expect(
            template["volumes"]?.named("workload-publisher-ca")?["configMap"] == [
                "name": "trust", "items": [["key": "ca.crt", "path": "ca.crt"]],
            ])
        #expect(
            template.at("container", "volumeMounts")?.named("workload-publisher-ca") == [
                "name": "workload-publisher-ca", "mountPath": "/etc/workload-publisher/ca", "readOnly": true,
            ])
    }

    @Test func `a step in a pod is one node under its own name, unless retries are asked for`() throws {
        let template = try #require(argo().at("spec", "templates", "0"))
        #expect(template["retryStrategy"] == nil)
        #expect(template["podSpecPatch"] == nil)
        #expect(template.at("container", "terminationMessagePolicy") == "FallbackToLogsOnError")
        let other = try argo { definition in
            definition.retryLimit = 2
            definition.imagePullSecret = "registry"
        }.at("spec", "templates", "0")
        #expect(other?.at("retryStrategy", "limit") == "2")
        #expect(
            other?.at("retryStrategy", "expression") == "lastRetry.exitCode == '75' || lastRetry.status == 'Error'")
        #expect(other?["podSpecPatch"] == "{\"imagePullSecrets\": [{\"name\": \"registry\"}]}")
    }

    /// The schema is what Argo's own says about the fields that are used here, with every other field refused.
    @Test func `a step in a pod satisfies Argo's schema, as do all files for it`() throws {
        let fixture = Self.repository.appending(
            path: "Tests/PipelineTemplatesTests/Fixtures/argo-workflows.schema.json")
        let validator = try SchemaValidator(String(contentsOf: fixture, encoding: .utf8))
        let folder = Self.repository.appending(path: "workflows/argo")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
        #expect(names.count == 5)
        for name in names {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            #expect(try validator.violations(of: documents(text)[0]) == [], "\(name)")
        }
        let other = try argo { definition in
            definition.isClusterWide = false
            definition.caConfigMap = (name: "a", key: "b")
            definition.retryLimit = 1
            definition.imagePullSecret = "c"
        }
        #expect(try validator.violations(of: other) == [])
        #expect(try validator.violations(of: ["kind": "Workflow", "metadata": [:], "spec": ["entry": "x"]]) != [])
    }
}
