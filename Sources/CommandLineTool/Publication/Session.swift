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

    /// A server behind a connection; warns of what lets others read its credentials.
    ///
    /// Throws where the authorities to trust cannot be read, which they are once: it may be a pipe.
    init(
        _ context: CommandContext, _ given: ConnectionParameters, _ values: ParameterValues,
        until deadline: HTTPDeadline
    ) throws(HTTPError) {
        let console = context.console
        console.warnAboutSecrets(values, given.http)
        var connection = given
        try connection.readAuthorities()
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
