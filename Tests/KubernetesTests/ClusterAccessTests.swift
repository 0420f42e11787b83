import ControlPlaneAccess
import Kubernetes
import Objects
import Redaction
import TestPrograms
import Testing
import Text

@Suite struct ClusterAccessByKubeconfig {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func access(
        user: String, cluster: String = "{server: 'https://k.example:6443'}", context: String? = nil,
        redactor: Redactor = Redactor()
    ) throws -> ClusterAccess {
        let text = """
            apiVersion: v1
            kind: Config
            current-context: a
            contexts: [{name: a, context: {cluster: c, user: u, namespace: shop}}, {name: b, context: {cluster: c}}]
            clusters: [{name: c, cluster: \(cluster)}]
            users: [{name: u, user: \(user)}]
            """
        try TestFile.write(text.utf8, to: "\(folder.path)/config")
        return try ClusterAccess(kubeconfig: "\(folder.path)/config", context: context, redactor: redactor)
    }

    private func problem(user: String = "{}", cluster: String = "{server: x}", context: String? = nil) -> Problem? {
        do {
            _ = try access(user: user, cluster: cluster, context: context)
            return nil
        } catch { return error as? Problem }
    }

    @Test func `access by a kubeconfig takes cluster, user and namespace of the current context`() throws {
        try TestFile.write("PEM".utf8, to: "\(folder.path)/ca.pem")
        let redactor = Redactor()
        let access = try access(
            user: "{token: top-secret, client-certificate-data: Q0VSVA==, client-key-data: S0VZLVRFWFQtMQ==}",
            cluster:
                "{server: 'https://k', certificate-authority: ca.pem, tls-server-name: 'n', proxy-url: 'http://p:1'}",
            redactor: redactor)
        #expect(access.server == "https://k")
        #expect(access.authorities?.bytes == Array("PEM".utf8))
        #expect(access.serverName == "n")
        #expect(access.proxy == "http://p:1")
        #expect(access.namespace == "shop")
        #expect(!access.skipsTLSVerify)
        guard case .given(let token)? = access.token else {
            Issue.record("no token")
            return
        }
        #expect(token.revealed() == "top-secret")
        #expect(access.identity?.certificate == Array("CERT".utf8))
        #expect(access.identity?.key.revealed() == "KEY-TEXT-1")
        #expect(redactor.redact("top-secret KEY-TEXT-1 S0VZLVRFWFQtMQ==") == "<redacted> <redacted> <redacted>")
    }

    @Test func `access by a kubeconfig takes another context, without a user, and a file for a token`() throws {
        let named = try access(user: "{}", cluster: "{server: x, insecure-skip-tls-verify: true}", context: "b")
        #expect(named.token == nil)
        #expect(named.namespace == nil)
        #expect(named.skipsTLSVerify)
        let file = try access(user: "{token: a, tokenFile: sub/token}")
        guard case .file(let place)? = file.token else {
            Issue.record("no file")
            return
        }
        #expect(place.path == "\(folder.path)/sub/token")
    }

    @Test(arguments: ["{exec: {command: /bin/sh}}", "{auth-provider: {name: gcp}}", "{username: a}", "{token: 'a b'}"])
    func `access by a kubeconfig does not read what another parameter takes the place of`(user: String) throws {
        try TestFile.write(
            """
            current-context: a
            contexts: [{name: a, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: x, certificate-authority: none.pem}}]
            users: [{name: u, user: \(user)}]
            """.utf8, to: "\(folder.path)/config")
        let access = try ClusterAccess(
            kubeconfig: "\(folder.path)/config", context: nil, without: [.token, .authorities], redactor: Redactor())
        #expect(access.token == nil)
        #expect(access.authorities == nil)
        #expect(access.server == "x")
    }

    @Test(arguments: [
        ("{exec: {command: /bin/sh}}", "its user gets its credential from a program (exec), and none is run"),
        (
            "{auth-provider: {name: gcp}}",
            "its user gets its credential from a program (auth-provider), and none is run"
        ),
        ("{token: \"a\\nb\"}", "its token holds more than one line, spaces or control characters"),
        ("{client-key-data: '!!'}", "its client-key-data is not Base64"),
        ("{client-key-data: S0VZ}", "its user has a client certificate or a client key alone"),
        ("{username: a, password: b}", "its user has a password, which no API server takes any more"),
        ("{token: 0123456789}", "the user's token is a number; write it in quotes"),
        ("{token: t, as: guest}", "its user acts as another one (as), and that is not done here"),
    ])
    func `access by a kubeconfig says why a user is of no use`(user: String, text: String) {
        let problem = problem(user: user)
        #expect(problem?.text == text)
        #expect(problem?.kind == .configuration)
        #expect(problem?.place == "'\(folder.path)/config'")
    }

    @Test func `access by a kubeconfig says what is missing in it`() throws {
        #expect(problem(cluster: "{}")?.text == "the cluster has no server")
        #expect(problem(context: "z")?.text == "it has no context named 'z'")
        #expect(
            problem(cluster: "{server: x, certificate-authority: none.pem}")?.text
                == "'\(folder.path)/none.pem' cannot be read: No such file or directory")
        for (text, message) in [
            ("clusters: [", "it cannot be read as YAML at line 2, column 1"),
            ("a token", "this is not a kubeconfig, for it has no clusters"),
            ("clusters: []", "it has no current-context, so a context has to be named"),
        ] {
            try TestFile.write("\(text)\n".utf8, to: "\(folder.path)/bad")
            let problem = #expect(throws: Problem.self) {
                try ClusterAccess(kubeconfig: "\(folder.path)/bad", context: nil, redactor: Redactor())
            }
            #expect(problem?.text == message)
        }
    }

    @Test func `a missing kubeconfig, a folder and a list of files are different problems`() {
        func problem(_ path: String) -> Problem? {
            #expect(throws: Problem.self) { try ClusterAccess(kubeconfig: path, context: nil, redactor: Redactor()) }
        }
        let missing = problem("\(folder.path)/none")
        #expect(missing?.kind == .unreadableInput)
        #expect(missing?.text == "No such file or directory")
        let directory = problem(folder.path)
        #expect(directory?.kind == .unreadableInput)
        #expect(directory?.text == "Is a directory")
        let list = problem("\(folder.path)/a:\(folder.path)/b")
        #expect(list?.kind == .configuration)
        #expect(list?.text == "this is a list of kubeconfigs, and one file is read")
    }
}

@Suite struct ClusterAccessOfAPod {
    @Test func `access of a pod comes from its service account`() throws {
        let folder = try TemporaryFolder()
        for (name, text) in [("ca.crt", "PEM"), ("namespace", "shop\n"), ("token", "t")] {
            try TestFile.write(text.utf8, to: "\(folder.path)/\(name)")
        }
        let environment = ["KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "6443"]
        let access = try #require(try ClusterAccess(podEnvironment: environment, folder: folder.path))
        #expect(access.server == "https://[fd00::1]:6443")
        #expect(access.namespace == "shop")
        #expect(access.authorities?.bytes == Array("PEM".utf8))
        guard case .file(let file)? = access.token else {
            Issue.record("no token")
            return
        }
        #expect(file.path == "\(folder.path)/token")
        #expect(try ClusterAccess(podEnvironment: [:], folder: folder.path) == nil)
        let problem = #expect(throws: Problem.self) {
            try ClusterAccess(podEnvironment: environment, folder: "\(folder.path)/none")
        }
        #expect(problem?.kind == .configuration)
        #expect(problem?.text == "the pod's service account cannot be read: No such file or directory")
    }
}
