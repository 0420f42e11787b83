import Testing
import WorkloadModel

@Suite struct Diagnostics {
    private static let endpoint = "apiVersion: openchoreo.dev/v1alpha1\nendpoints:\n- {name: api, type: "

    @Test(arguments: [
        ("HTTP, prot: 1, port: 80}", "unknown-key", "port"),
        ("HTTP, PORT: 80}", "letter-case", "port"),
        ("HTTP, port: 80, PORT: 1}", "duplicate-key", nil),
        ("HTTP, base_path: /, port: 80}", "unknown-key", "basePath"),
        ("HTTP, colour: red, port: 80}", "unknown-key", nil),
        ("HTTP, schemaFilePath: openapi.yaml, port: 80}", "former-key", "schemaFile"),
        ("HTTP, SCHEMAFILEPATH: openapi.yaml, port: 80}", "former-key", "schemaFile"),
        ("HTTP, service: {port: 80}}", "former-key", nil),
        ("HTTP, port: 80, networkVisibilities: [Public]}", "former-visibility", "visibility: [external]"),
        ("HTTP, port: 80, networkVisibilities: [Public], visibility: [external]}", "former-visibility", nil),
        ("HTTP, port: 80, containerPort: 81}", "unknown-key", nil),
        ("grpc, port: 80}", "unknown-value", "gRPC"),
        ("GRAPHQL, port: 80}", "unknown-value", "GraphQL"),
        ("rest, port: 80}", "unknown-value", "HTTP"),
        ("FTP, port: 80}", "unknown-value", nil),
        ("REST, port: 80}", "former-value", "HTTP"),
        ("TCP, port: '80'}", "quoted-integer", "80"),
        ("TCP, port: 0x50}", "not-decimal", "80"),
        ("TCP, port: 0o120}", "not-decimal", "80"),
        ("TCP, port: 080}", "not-decimal", nil),
        ("TCP, port: 80.0}", "wrong-type", "80"),
        ("TCP, port: 80.5}", "wrong-type", nil),
        ("TCP, port: 80, visibility: [Project]}", "unknown-value", "project"),
        ("TCP, port: 80, visibility: [Public]}", "unknown-value", "external"),
        ("TCP, port: '80800'}", "out-of-range", nil),
        ("TCP, port: '080'}", "not-decimal", nil),
        ("HTTP, port: 80, schemaFile: 'https://example.com/openapi.yaml'}", "not-a-path", nil),
    ])
    func `diagnostics have a stable code and, where there is one, the text to write instead`(
        entry: String, code: String, suggestion: String?
    ) {
        let report = read(Self.endpoint + entry + "\n")
        #expect(report.diagnostics.map(\.code) == [code])
        #expect(report.diagnostics.map(\.suggestion) == [suggestion])
    }

    @Test func `diagnostics suggest the present form of a connection before 1.0, hostile names made harmless`() {
        let report = read(
            """
            apiVersion: openchoreo.dev/v1alpha1
            connections:
              - inject: {env: [{name: URL}]}
                params: {componentName: "a\\e[31m", endpoint: \(String(repeating: "e", count: 100))}
            """)
        let form =
            #"{component: a\u{1B}[31m, name: \#(String(repeating: "e", count: 60))…, visibility: project, "#
            + "envBindings: {address: URL}}"
        #expect(report.diagnostics.map(\.code) == ["former-section", "former-form"])
        #expect(report.diagnostics.last?.suggestion == form)
    }

    @Test func `diagnostics stand in the order of the text`() {
        let report = read("b: 1\na: {}\nendpoints: 1\napiVersion: 2\n")
        #expect(report.diagnostics.map(\.line) == [1, 2, 3, 4])
    }
}
