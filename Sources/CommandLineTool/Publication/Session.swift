import ControlPlaneAccess
import HTTP
import Kubernetes
import OpenChoreo

/// A server as all threads of a run reach it.
struct Session: Sendable {
    let context: CommandContext
    let tokens: TokenSource
    private let connection: ConnectionParameters
    private let deadline: HTTPDeadline

    /// A server behind a connection.
    init(_ context: CommandContext, _ connection: ConnectionParameters, until deadline: HTTPDeadline) {
        let console = context.console
        self.context = context
        self.connection = connection
        self.deadline = deadline
        tokens = TokenSource(connection.tokens, timing: context.timing, redactor: console.redactor) { console.log($0) }
    }

    /// A client of one thread's own; nothing is sent yet.
    func client(of store: StoreName) -> APIClient {
        let console = context.console
        let client = HTTPClient(configuration: connection.http, timing: context.timing, deadline: deadline) {
            console.log($0)
        }
        return APIClient(
            connection.api, client: client, tokens: tokens,
            dialect: store == .api ? OpenChoreoAPI.dialect : KubernetesAPI.dialect)
    }
}
