import Foundation
import JSON
import MockControlPlane
import TestPrograms
import Testing

@Suite struct Proxies {
    /// A control plane that a proxy is, too: it takes requests with whole URLs in them.
    private func environment(_ variables: [String: String]) -> [String: String] {
        let client = MockControlPlane.OAuthClient.quickStart
        return [
            "IMAGE": "r.example/x:1", "NAMESPACE_NAME": "default", "PROJECT_NAME": "shop", "COMPONENT_NAME": "api",
            "SOURCE_DIR": FileManager.default.temporaryDirectory.path, "APP_PATH": "/",
            "OAUTH_URL": "http://oauth.example/oauth2/token", "API_URL": "http://api.example", "CLIENT_ID": client.id,
            "CLIENT_SECRET": client.secret ?? "", "MAX_RETRIES": "0",
        ].merging(variables) { $1 }
    }

    @Test(arguments: ["http_proxy", "all_proxy", "ALL_PROXY"])
    func `are used as the variables say`(variable: String) throws {
        let proxy = try MockControlPlane.started()
        let result = try BuiltProgram.publisher.run(["publish"], environment: environment([variable: proxy.baseURL]))
        #expect(result.output == "workload/api-workload created\n", "\(result.errors)")
        #expect(
            proxy.requests.map { "\($0.method) \($0.target)" } == [
                "POST http://oauth.example/oauth2/token",
                "POST http://api.example/api/v1/namespaces/default/workloads",
                "GET http://api.example/api/v1/namespaces/default/workloads?component=api&limit=100",
                "GET http://api.example/api/v1/namespaces/default/components/api",
            ])
        #expect(
            proxy.requests.map { $0.header("Host") } == ["oauth.example", "api.example", "api.example", "api.example"])
    }

    @Test(arguments: [
        ("no_proxy", "127.0.0.1"), ("NO_PROXY", "localhost,127.0.0.1"), ("no_proxy", "*"), ("NO_PROXY", "127.0.0.0/8"),
    ])
    func `are left out for the hosts that the variables name`(variable: String, hosts: String) throws {
        let proxy = try MockControlPlane.started()
        let server = try MockControlPlane.started()
        let result = try BuiltProgram.publisher.run(
            ["publish"],
            environment: environment([
                "http_proxy": proxy.baseURL, variable: hosts, "OAUTH_URL": server.tokenURL, "API_URL": server.baseURL,
            ]))
        #expect(result.output == "workload/api-workload created\n", "\(result.errors)")
        #expect(proxy.requests.isEmpty)
        #expect(server.requests.allSatisfy { $0.header("Proxy-Authorization") == nil })
    }

    @Test(arguments: [407, 502])
    func `have a password that is sent to them alone`(status: Int) throws {
        let proxy = try MockControlPlane.started { $0.echoesRequests = true }
        proxy.always(.token, .error(status))
        let url = proxy.baseURL.replacing("http://", with: "http://wren:n1ghtingale@")
        let result = try BuiltProgram.publisher.run(
            ["publish", "--verbose"], environment: environment(["http_proxy": url]))
        #expect(result.status == 75)
        #expect(result.errors.contains("check the proxy variables") == (status == 407))
        #expect(proxy.requests.first?.header("Proxy-Authorization") == "Basic d3JlbjpuMWdodGluZ2FsZQ==")
        for secret in ["n1ghtingale", "d3JlbjpuMWdodGluZ2FsZQ"] {
            #expect(!result.errors.contains(secret), "\(result.errors)")
        }
    }
}
