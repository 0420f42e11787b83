import ControlPlaneAccess
import HTTP
import Kubernetes
import Redaction

/// How to reach a cluster: by a kubeconfig, as a pod, or by its URL with the credentials of an OAuth client.
struct ClusterParameters {
    private enum Way {
        case kubeconfig(String, context: String?)
        case pod
        case url(ConnectionParameters)
    }

    private let way: Way
    /// How to connect and how long to wait, but for what a kubeconfig says.
    let http: HTTPConfiguration
    private let accessTokenFile: String?
    private let caFile: String?

    /// Reads them; nil where something is missing or malformed, which the reader has noted.
    init?(_ reader: inout ParameterReader, environment: [String: String], isPlaceholderAllowed: Bool) {
        let values = reader.values
        let given = [Parameter.kubeconfig, .apiServerURL].filter { values.text(given: $0) != nil }
        let flags = given.filter { values.origin(of: $0) == .flag }
        if flags.count > 1 {
            reader.report("\(flags.map(values.name).joined(separator: " and ")) name two servers; give one of them")
            return nil
        }
        let chosen = flags.first ?? given.first
        if chosen?.flag != Parameter.kubeconfig.flag, values.text(.context) != nil {
            reader.report(.context, "only a kubeconfig has contexts; name one with \(Parameter.kubeconfig.name)")
        }
        if chosen == nil, !isPlaceholderAllowed, environment["KUBERNETES_SERVICE_HOST"]?.isEmpty ?? true {
            reader.reportMissing(
                "\(values.name(of: .kubeconfig)) or \(values.name(of: .apiServerURL)), for this is not a pod with a service account"
            )
            return nil
        }
        accessTokenFile = values.text(.accessTokenFile)
        caFile = values.text(.caFile)
        if let chosen, chosen.flag == Parameter.kubeconfig.flag, let path = values.text(.kubeconfig) {
            way = .kubeconfig(path, context: values.text(.context))
            http = ConnectionParameters.http(&reader)
        } else if chosen == nil, !(environment["KUBERNETES_SERVICE_HOST"]?.isEmpty ?? true) {
            way = .pod
            http = ConnectionParameters.http(&reader)
        } else {
            guard let connection = ConnectionParameters(&reader, isPlaceholderAllowed: isPlaceholderAllowed) else {
                return nil
            }
            way = .url(connection)
            http = connection.http
        }
    }

    /// Reads what the way needs: the connection, and the namespace of what has none.
    func connection(
        environment: [String: String], redactor: Redactor
    ) throws -> (connection: ConnectionParameters, namespace: String?) {
        // A field that a parameter takes the place of is not even read: it may be what cannot be used here.
        var given: Set<ClusterAccess.Field> = []
        if accessTokenFile != nil { given.insert(.token) }
        if caFile != nil { given.insert(.authorities) }
        let access: ClusterAccess?
        switch way {
        case .url(let connection): return (connection, nil)
        case .kubeconfig(let path, let context):
            access = try ClusterAccess(kubeconfig: path, context: context, without: given, redactor: redactor)
        case .pod: access = try ClusterAccess(podEnvironment: environment, without: given)
        }
        guard let access else { throw UsageError(problems: ["this is not a pod with a service account"]) }
        var http = http
        http.insecureSkipTLSVerify = http.insecureSkipTLSVerify || access.skipsTLSVerify
        http.serverName = access.serverName
        http.proxy = access.proxy
        for secret in access.proxy.map(ProxyEnvironment.secrets(in:)) ?? [] { redactor.register(secret) }
        http.clientIdentity = access.identity.map { ClientIdentity(certificate: $0.certificate, key: $0.key) }
        http.authorities = try access.authorities.map { try AuthorityFile(at: $0.name, bytes: $0.bytes) }
        let server: HTTPURL
        do {
            server = try HTTPURL(access.server)
        } catch {
            throw Failure(code: .tls, description: "the cluster's server: \(error)")
        }
        let tokens: TokenSource.Origin =
            switch (accessTokenFile, access.token) {
            case (let path?, _): .file(CredentialFile(.accessToken, path: path))
            case (nil, .file(let file)): .file(file)
            case (nil, .given(let token)): .given(token)
            case (nil, nil): .none
            }
        return (
            ConnectionParameters(
                api: APILocation(baseURL: server, hostHeader: nil), tokens: tokens, http: http, caFile: caFile),
            access.namespace
        )
    }
}

extension ClusterParameters {
    /// The connection to a cluster, whose namespace is taken where none is given; nil where something is missing or malformed,
    /// which the reader has noted.
    static func connection(
        _ reader: inout ParameterReader, _ context: CommandContext, isPlaceholderAllowed: Bool
    ) throws -> ConnectionParameters? {
        let cluster = ClusterParameters(
            &reader, environment: context.environment, isPlaceholderAllowed: isPlaceholderAllowed)
        guard let cluster, reader.error.isEmpty else {
            // What is wrong ends the run, and a namespace that the kubeconfig or the pod may have is not missing.
            let isPod = !(context.environment["KUBERNETES_SERVICE_HOST"]?.isEmpty ?? true)
            if isPod || reader.values.text(given: .kubeconfig) != nil { reader.assume(.namespace, "default") }
            return nil
        }
        // A kubeconfig may be a pipe that nothing writes to.
        context.endProcess(cluster.http.timeout)
        let (connection, namespace) = try cluster.connection(
            environment: context.environment, redactor: context.console.redactor)
        reader.assume(.namespace, namespace)
        return connection
    }
}
