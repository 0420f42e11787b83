import CommandLineTool
import JSON
import MockControlPlane

/// A fault bench whose secrets are birds that everybody would hear, and whose server repeats whatever it receives.
struct CanaryBench {
    enum Authentication: CaseIterable {
        case post
        case basic
        case assertion
    }

    enum Mode: String, CaseIterable {
        case plain
        case verbose
        case json
        case quiet
        case image
        case serverDryRun

        var arguments: [String] {
            switch self {
            case .plain: []
            case .verbose: ["--verbose"]
            case .json: ["--verbose", "--log-format=json", "--output=json"]
            case .quiet: ["--quiet"]
            case .image: ["--verbose", "--update=image"]
            case .serverDryRun: ["--verbose", "--dry-run=server"]
            }
        }
    }

    static let secret = "kiwi-5ecret/+%41&\"<ü>\\'=?#{9Q} ~owl, and a nightingale for good measure"
    static let assertion = "eyJfinchheaderfinch.ey\"%2B<&wren+/=\\robin.sig~nature'jay#{x}"
    static let token = "t0k3n\"<&%2f/+\\pelican='{heron}~"
    static let detector = LeakDetector([secret, assertion, token])

    let faults: FaultBench
    private let authentication: Authentication
    private let credentials: ScratchFolder

    init(_ cell: FaultCell, _ authentication: Authentication, _ dress: Dress) throws {
        self.authentication = authentication
        credentials = try ScratchFolder(["secret": Self.secret + "\n", "assertion": Self.assertion + "\n"])
        faults = try FaultBench(cell) { configuration in
            configuration.echoesRequests = true
            configuration.acceptedTokens = [Self.token]
            configuration.clients = [
                .init(id: "ci", secret: Self.secret, assertion: Self.assertion, methods: [.body, .basic, .assertion])
            ]
        }
        faults.bench.controlPlane.beforeResponding { request, response in
            let known = authentication == .assertion ? Self.assertion : Self.secret
            Self.echo(request, and: request.route == .token ? known : Self.token, in: dress, &response)
        }
    }

    func run(_ mode: Mode) -> ToolRun {
        var variables = ["CLIENT_ID": "ci", "CLIENT_SECRET": "", "RUN_NAME": "run-7"]
        switch authentication {
        case .post: variables["CLIENT_SECRET"] = Self.secret
        case .basic:
            variables["CLIENT_SECRET_FILE"] = "\(credentials.path)/secret"
            variables["OAUTH_AUTH_METHOD"] = "basic"
        case .assertion: variables["CLIENT_ASSERTION_FILE"] = "\(credentials.path)/assertion"
        }
        return faults.run(mode.arguments, variables: variables)
    }

    /// Everything that a run has left: its streams and its files.
    func traces(of run: ToolRun) -> [(name: String, text: String)] {
        let folder = faults.bench.checkout
        let files = folder.names.filter { $0.hasPrefix("out/") }.map { ($0, folder.read($0) ?? "") }
        return [("standard output", run.output), ("standard error", run.errors)] + files
    }

    /// Hands out the bird for a token, and says no, or nonsense, with the request and the secret by itself in it.
    private static func echo(
        _ request: MockControlPlane.RecordedRequest, and secret: String, in dress: Dress,
        _ response: inout MockControlPlane.Response
    ) {
        let heard = request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "; ") + " | " + request.text
        let said = [heard, secret].map(dress.put)
        if response.status >= 300 {
            response.body = JSONValue.object(
                JSONObject([
                    .init(name: "error", value: .string("no: \(said[0])")),
                    .init(name: "code", value: .string(said[1])),
                    .init(name: "error_description", value: .string(said[1])),
                    .init(name: "details", value: [["field": "said", "message": .string(said[1])]]),
                ])
            ).serialized()
            if response.header("Location") != nil {
                response.headers.append(
                    .init("Location", "http://elsewhere.example/?" + Dress.percent.put(on: said[0])))
            }
        } else if response.headers.contains(where: { $0.value == "text/html" }) {
            response.body += Array(said.joined(separator: "<br>").utf8)
        } else if request.route == .token {
            let text = String(decoding: response.body, as: UTF8.self)
            let quoted = Dress.json.put(on: token)
            response.body = Array(
                text.replacing(/"access_token": ?"[^"]*/) { _ in "\"access_token\":\"\(quoted)" }.utf8)
        }
    }
}
