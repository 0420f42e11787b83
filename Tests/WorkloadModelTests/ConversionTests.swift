import JSON
import Testing
import WorkloadModel

@Suite struct Conversion {
    /// The `spec` that a descriptor becomes, without owner and image, as compact JSON.
    private static func spec(_ source: String) throws -> String {
        let report = read(source)
        let descriptor = try #require(report.descriptor, "\(report.text)")
        let workload = Workload(parameters: parameters(component: "app"), descriptor: descriptor)
        var spec = try #require(workload.payload["spec"]?.object)
        #expect(spec["owner"] == ["projectName": "default", "componentName": "app"])
        var container = try #require(spec["container"]?.object)
        #expect(container["image"] == "registry.example.com/shop/app:1.4.2")
        container["image"] = nil
        spec["container"] = container.isEmpty ? nil : .object(container)
        spec["owner"] = nil
        return JSONValue.object(spec).text()
    }

    @Test(arguments: [
        ("HTTP", #"{"content":"openapi: 3.0.3\n","type":"openapi"}"#),
        ("REST", #"{"content":"openapi: 3.0.3\n","type":"openapi"}"#),
        ("gRPC", #"{"content":"openapi: 3.0.3\n","type":"proto"}"#),
        ("GraphQL", #"{"content":"openapi: 3.0.3\n","type":"graphql"}"#),
        ("Websocket", #"{"content":"openapi: 3.0.3\n"}"#),
        ("TCP", #"{"content":"openapi: 3.0.3\n"}"#),
        ("UDP", #"{"content":"openapi: 3.0.3\n"}"#),
    ])
    func `a schema file's kind follows from the endpoint's type`(type: String, schema: String) throws {
        let sent = type == "REST" ? "HTTP" : type
        let spec = try Self.spec("endpoints: [{name: api, port: 80, type: \(type), schemaFile: openapi.yaml}]")
        #expect(spec == #"{"endpoints":{"api":{"port":80,"schema":\#(schema),"type":"\#(sent)"}}}"#)
    }

    @Test(arguments: [
        ("1.10", "1.10"), ("yes", "yes"), ("0o17", "0o17"), ("010", "010"), ("1e3", "1e3"), ("true", "true"),
        ("True", "True"), ("12345678901234567890.10", "12345678901234567890.10"), (".inf", ".inf"), ("0x1F", "0x1F"),
        ("2024-01-01", "2024-01-01"), ("'~'", "~"), ("'null'", "null"), ("\"a\\tb\\u0000\"", #"a\tb\u0000"#),
        ("a  b", "a  b"), ("'  '", "  "), ("|\n          a\n\n           b\n", #"a\n\n b\n"#),
        (">-\n          a\n          b\n", "a b"),
        ("e\u{301}\u{E9}", "e\u{301}\u{E9}"),
    ])
    func `a Workload has the text of the descriptor as it was written`(source: String, text: String) throws {
        let spec = try Self.spec("configurations:\n  env:\n    - name: A\n      value: \(source)\n")
        #expect(spec == #"{"container":{"env":[{"key":"A","value":"\#(text)"}]}}"#)
    }

    @Test(arguments: [
        ("endpoints: []", "{}"),
        ("endpoints:\ndependencies:\nconfigurations: ~\nconnections:", "{}"),
        ("dependencies: {endpoints: [], resources: []}\nconfigurations: {env: [], files: []}", "{}"),
        (
            """
            endpoints:
              - {name: api, displayName: "", port: 80, targetPort: , type: TCP, basePath: "", schemaFile: "", visibility: []}
            """,
            #"{"endpoints":{"api":{"port":80,"type":"TCP"}}}"#
        ),
        (
            "endpoints: [{name: api, port: 80, type: TCP, schemaFile: empty.txt}]",
            #"{"endpoints":{"api":{"port":80,"type":"TCP"}}}"#
        ),
        (
            "endpoints: [{name: api, port: +8080, type: HTTP, schemaFile: empty.txt}]",
            #"{"endpoints":{"api":{"port":8080,"schema":{"type":"openapi"},"type":"HTTP"}}}"#
        ),
        (
            "configurations: {env: [{name: A, value: \"\"}, {name: B, value: }], files: [{name: c, mountPath: /c, value: ''}]}",
            #"{"container":{"env":[{"key":"A"},{"key":"B"}],"files":[{"key":"c","mountPath":"/c"}]}}"#
        ),
        (
            "configurations: {env: [{name: A, value: , valueFrom: {secretKeyRef: {name: s, key: k}}}]}",
            #"{"container":{"env":[{"key":"A","valueFrom":{"secretKeyRef":{"key":"k","name":"s"}}}]}}"#
        ),
        (
            "dependencies: {endpoints: [{component: c, name: n, visibility: project, project: '', envBindings: {host: ''}}]}",
            #"{"dependencies":{"endpoints":[{"component":"c","envBindings":{},"name":"n","visibility":"project"}]}}"#
        ),
        (
            "dependencies: {resources: [{ref: db, envBindings: {}, fileBindings: }]}",
            #"{"dependencies":{"resources":[{"ref":"db"}]}}"#
        ),
    ])
    func `a Workload leaves out what is empty, but not the bindings of a dependency`(source: String, spec: String)
        throws
    {
        #expect(try Self.spec(source) == spec)
    }

    @Test(arguments: [
        (
            "endpoints: [{name: api, port: 80, type: TCP, visibility: [internal, external, project, namespace]}]",
            #"{"endpoints":{"api":{"port":80,"type":"TCP","visibility":["internal","external","project","namespace"]}}}"#
        ),
        (
            "configurations: {env: [{name: Z, value: 1}, {name: A, value: 2}]}",
            #"{"container":{"env":[{"key":"Z","value":"1"},{"key":"A","value":"2"}]}}"#
        ),
        (
            """
            configurations:
              files:
                - {name: b, mountPath: /etc, valueFrom: {path: app.json}}
                - {name: a, mountPath: /etc, value: x}
            """,
            #"{"container":{"files":[{"key":"b","mountPath":"/etc","value":"{\"a\": 1}\n"},"#
                + #"{"key":"a","mountPath":"/etc","value":"x"}]}}"#
        ),
        (
            "connections: [{component: c, name: n, visibility: namespace}]\ndependencies: {resources: [{ref: r}]}",
            #"{"dependencies":{"endpoints":[{"component":"c","envBindings":{},"name":"n","visibility":"namespace"}],"#
                + #""resources":[{"ref":"r"}]}}"#
        ),
        (
            "x-base: &b {port: 80, type: TCP}\nendpoints: [{<<: *b, name: a}, {<<: *b, name: b, port: 81}]",
            #"{"endpoints":{"a":{"port":80,"type":"TCP"},"b":{"port":81,"type":"TCP"}}}"#
        ),
        // Canonically equivalent names are two names to a server that compares bytes.
        (
            "endpoints: [{name: \u{E9}, port: 80, type: TCP}, {name: e\u{301}, port: 81, type: TCP}]",
            "{\"endpoints\":{\"e\u{301}\":{\"port\":81,\"type\":\"TCP\"},\"\u{E9}\":{\"port\":80,\"type\":\"TCP\"}}}"
        ),
    ])
    func `a Workload keeps the order and every entry of a descriptor`(source: String, spec: String) throws {
        #expect(try Self.spec(source) == spec)
    }

    @Test func `a Workload without a descriptor is made of the image alone`() {
        let workload = Workload(parameters: parameters(component: "app"), descriptor: nil)
        #expect(!workload.isFromSource)
        #expect(
            workload.customResource.text()
                == #"{"apiVersion":"openchoreo.dev/v1alpha1","kind":"Workload","#
                + #""metadata":{"name":"app-workload","namespace":"acme"},"spec":{"container":"#
                + #"{"image":"registry.example.com/shop/app:1.4.2"},"#
                + #""owner":{"componentName":"app","projectName":"default"}}}"#)
    }

    @Test func `a Workload has labels and annotations where there are any`() throws {
        var parameters = parameters(component: "app")
        parameters.labels = ["b": "2", "a": "1"]
        parameters.annotations = ["note": "x\"y"]
        let workload = Workload(parameters: parameters, descriptor: read("").descriptor)
        #expect(workload.isFromSource)
        let metadata = try #require(workload.payload["metadata"])
        #expect(
            metadata.text()
                == #"{"annotations":{"note":"x\"y"},"labels":{"a":"1","b":"2"},"#
                + #""name":"app-workload","namespace":"acme"}"#)
    }
}
