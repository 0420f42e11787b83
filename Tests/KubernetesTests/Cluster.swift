import ControlPlaneAccess
import JSON
import Kubernetes
import MockControlPlane
import Objects
import Redaction
import Synchronization

@testable import HTTP

/// A mock cluster, and the store that talks to it.
struct Cluster {
    let server: MockControlPlane
    let clock = LeapingClock()
    private static let token = "token-of-a-test"

    init(_ configure: (inout MockControlPlane.Configuration) -> Void = { _ in }) throws {
        server = try MockControlPlane.started { configuration in
            configuration.acceptedTokens = [Self.token]
            configure(&configuration)
        }
    }

    func api(fieldManager: String = "workload-publisher", timeout: Duration = .seconds(60)) throws -> KubernetesAPI {
        var configuration = HTTPConfiguration()
        configuration.timeout = timeout
        let http = HTTPClient(configuration: configuration, timing: clock.timing)
        let location = APILocation(baseURL: try HTTPURL(server.baseURL), hostHeader: nil)
        let tokens = TokenSource(.credential(.given(Secret(Self.token))), timing: clock.timing, redactor: Redactor())
        let client = APIClient(location, client: http, tokens: tokens, dialect: KubernetesAPI.dialect)
        return KubernetesAPI(client: client, fieldManager: fieldManager)
    }

    var routes: [MockControlPlane.Route] { server.requests.map(\.route) }

    static func item(_ image: String, update: Policy.Update = .replace, name: String = "api") -> Item {
        let built: JSONValue = [
            "metadata": [
                "name": .string(name), "namespace": "shop",
                "labels": ["openchoreo.dev/project": "shop", "openchoreo.dev/component": "api"],
            ],
            "spec": [
                "owner": ["projectName": "shop", "componentName": "api"], "container": ["image": .string(image)],
            ],
        ]
        var policy = Policy(update)
        policy.united = [["metadata", "labels"], ["metadata", "annotations"]]
        policy.compared = [["spec"], ["metadata", "labels"], ["metadata", "annotations"]]
        return Item(
            identity: ObjectIdentity(kind: "workload", namespace: "shop", name: name), built: built, policy: policy)
    }

    static func manifest(_ text: String) throws -> Manifest { try Manifest.all(in: Array(text.utf8), of: "m.yaml")[0] }
}

/// A clock that leaps ahead by every sleep.
final class LeapingClock: Sendable {
    private let slept = Mutex<[Duration]>([])

    var sleeps: [Duration] { slept.withLock { $0 } }

    var timing: Timing {
        Timing(
            now: { ContinuousClock.now.advanced(by: self.sleeps.reduce(.zero, +)) }, wallClock: { 1_700_000_000 },
            sleep: { duration in self.slept.withLock { $0.append(duration) } }, random: { 0.5 })
    }
}
