import ControlPlaneAccess
import HTTP
import Kubernetes

extension ConnectionParameters {
    /// The connection to a cluster, whose namespace is taken where none is given; nil where something is missing or malformed,
    /// which the reader has noted.
    ///
    /// It is that of a kubeconfig or of a pod, or by a URL with the credentials of an OAuth client.
    static func cluster(
        _ reader: inout ParameterReader, _ context: CommandContext, isPlaceholderAllowed: Bool
    ) throws -> ConnectionParameters? {
        let values = reader.values
        let isPod = context.environment["KUBERNETES_SERVICE_HOST"]?.isEmpty == false
        let given = [Parameter.kubeconfig, .apiServerURL].filter { values.text(given: $0) != nil }
        let flags = given.filter { values.origin(of: $0) == .flag }
        if flags.count > 1 {
            reader.report("\(flags.map(values.name).joined(separator: " and ")) name two servers; give one of them")
            reader.assume(.namespace, "default")
            return nil
        }
        let chosen = flags.first ?? given.first
        let kubeconfig = chosen?.flag == Parameter.kubeconfig.flag ? values.text(.kubeconfig) : nil
        if kubeconfig == nil, values.text(.context) != nil {
            reader.report(.context, "only a kubeconfig has contexts; name one with \(Parameter.kubeconfig.name)")
        }
        if chosen == nil, !isPlaceholderAllowed, !isPod {
            reader.reportMissing(
                "\(values.name(of: .kubeconfig)) or \(values.name(of: .apiServerURL)), for this is not a pod with a service account"
            )
            return nil
        }
        if kubeconfig == nil, chosen != nil || !isPod {
            return ConnectionParameters(&reader, isPlaceholderAllowed: isPlaceholderAllowed)
        }
        let http = http(&reader)
        guard reader.error.isEmpty else {
            // What is wrong ends the run, and the namespace that the kubeconfig or the pod may have is not missing.
            reader.assume(.namespace, "default")
            return nil
        }
        // A kubeconfig may be a pipe that nothing writes to.
        context.endProcess(http.timeout)
        // A field that a parameter takes the place of is not even read: it may be what cannot be used here.
        var without: Set<ClusterAccess.Field> = []
        if values.text(.accessTokenFile) != nil { without.insert(.token) }
        if values.text(.caFile) != nil { without.insert(.authorities) }
        let access =
            if let kubeconfig {
                try ClusterAccess(
                    kubeconfig: kubeconfig, context: values.text(.context), without: without,
                    redactor: context.console.redactor)
            } else {
                try ClusterAccess(podEnvironment: context.environment, without: without)
            }
        guard let access else { throw UsageError(problems: ["this is not a pod with a service account"]) }
        reader.assume(.namespace, access.namespace)
        return try ConnectionParameters(access, http, values, context)
    }

    /// What a kubeconfig or a pod says, but for what the parameters do.
    private init(
        _ access: ClusterAccess, _ given: HTTPConfiguration, _ values: ParameterValues, _ context: CommandContext
    ) throws {
        var http = given
        http.insecureSkipTLSVerify = http.insecureSkipTLSVerify || access.skipsTLSVerify
        http.serverName = access.serverName
        http.proxy = access.proxy
        for secret in access.proxy.map(ProxyEnvironment.secrets(in:)) ?? [] {
            context.console.redactor.register(secret)
        }
        http.clientIdentity = access.identity
        http.authorities = try access.authorities.map { try AuthorityFile(at: $0.name, bytes: $0.bytes) }
        let server: HTTPURL
        do {
            server = try HTTPURL(access.server)
        } catch {
            throw Failure(code: .tls, description: "the cluster's server: \(error)")
        }
        let tokens: TokenSource.Origin =
            switch (values.text(.accessTokenFile), access.token) {
            case (let path?, _): .credential(.file(CredentialFile(.accessToken, path: path)))
            case (nil, let token?): .credential(token)
            case (nil, nil): .none
            }
        self.init(
            api: APILocation(baseURL: server, hostHeader: nil), tokens: tokens, http: http, caFile: values.text(.caFile)
        )
    }
}
