import CommandLineTool
import JSON
import MockControlPlane

/// A checkout and a control plane, and the command lines between them.
struct Bench {
    let controlPlane: MockControlPlane
    let checkout: ScratchFolder

    static let descriptor = """
        apiVersion: openchoreo.dev/v1alpha1
        metadata:
          name: shop
        endpoints:
          - name: api
            port: 8080
            type: HTTP
        configurations:
          env:
            - name: LOG_LEVEL
              value: info
        """

    init(
        descriptor: String? = Bench.descriptor, _ configure: (inout MockControlPlane.Configuration) -> Void = { _ in }
    ) throws {
        controlPlane = try MockControlPlane.started(configure)
        checkout = try ScratchFolder(descriptor.map { ["workload.yaml": $0] } ?? [:])
    }

    /// What the shell step of today sets, and the source dir.
    var environment: [String: String] {
        let client = MockControlPlane.OAuthClient.quickStart
        return [
            "IMAGE": "registry.example.com/shop/api:1.0.0", "NAMESPACE_NAME": "default", "PROJECT_NAME": "shop",
            "COMPONENT_NAME": "api", "SOURCE_DIR": checkout.path, "OAUTH_URL": controlPlane.tokenURL,
            "CLIENT_ID": client.id, "CLIENT_SECRET": client.secret ?? "", "API_URL": controlPlane.baseURL,
        ]
    }

    /// Runs publish with more arguments and other variables; an empty variable counts as unset.
    func publish(_ arguments: String..., variables: [String: String] = [:]) -> ToolRun {
        ToolRun(
            ["publish"] + arguments, environment: environment.merging(variables) { _, new in new },
            workingDirectory: checkout.path)
    }

    /// The Workload as the server holds it.
    var workload: JSONValue? { controlPlane.workloads["default", "api-workload"] }

    /// The requests in one line each: method and route.
    var routes: [MockControlPlane.Route] { controlPlane.requests.map(\.route) }
}
