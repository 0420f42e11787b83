import ControlPlaneAccess
import HTTP
import Kubernetes
import ManifestTree
import Objects
import OpenChoreo
import WorkloadModel

/// What a problem is in one line, and what to do about it: the one place where parameters are named for it.
struct Advice {
    /// What the parameters say about the object, where messages name it.
    let names: WorkloadParameters?

    /// What to do about what others keep undoing.
    static let conflict = "others change it at the same time, so find out who else writes it"

    /// The place, what happened, and what to do.
    func message(of problem: Problem) -> String {
        if case .http(let error, let said, let server) = problem.cause as? AccessProblem {
            return error.message(said: said) + hiddenCauses(of: error, server)
        }
        let place = place(of: problem)
        let text = (place.isEmpty ? problem.text : "\(place): \(problem.text)") + explanation(problem.cause)
        return advice(problem.cause).map { "\(text); \($0)" } ?? text
    }

    private func place(of problem: Problem) -> String {
        guard case .credentialFile(let role) = problem.cause as? AccessProblem else { return problem.place }
        return switch role {
        case .clientSecret: Parameter.oauthClientSecretFile.name
        case .clientAssertion: Parameter.oauthClientAssertionFile.name
        case .accessToken: Parameter.accessTokenFile.name
        case .clusterToken: Parameter.kubeconfig.name
        }
    }

    private func advice(_ cause: (any Error)?) -> String? {
        switch cause {
        case let cause as AccessProblem: advice(cause)
        case let cause as APIRefusal: advice(cause)
        case let cause as KubernetesRefusal: advice(cause)
        case let cause as KubeconfigProblem: advice(cause)
        case let cause as OwnershipProblem: advice(cause)
        case let cause as RolloutEnd: advice(cause)
        case let cause as MissingRights: grant(cause)
        case let cause as Problem.Reason: advice(cause)
        case is TreeProblem:
            "name one file or folder by \(names == nil ? Parameter.treePath.flag : Parameter.treePath.name)"
        case is TimeIsUp: "allow a longer \(Parameter.timeout.name)"
        case is UnservedKind: "install its CustomResourceDefinition, or check apiVersion and kind"
        default: nil
        }
    }

    /// What a 500 of OpenChoreo's API may mean; the Kubernetes API says itself what it refuses.
    private func hiddenCauses(of error: HTTPError, _ server: Server) -> String {
        // Without names it is an object that apply takes to a cluster.
        guard case .api = server, let response = error.response, response.status == 500, names != nil,
            !response.request.url.path.contains("/apis/")
        else { return "" }
        return "; the API also says 500 where no retry helps: the object is too large, an admission webhook or a quota "
            + "refuses it, or the namespace is being deleted; the log of its pod openchoreo-api has the reason"
    }

    private func advice(_ cause: AccessProblem) -> String? {
        switch cause {
        case .http: nil
        case .redirected: "redirects are not followed, so give the URL that it leads to"
        case .plainHTTP(let server): "this port speaks TLS, so write https:// in \(server.url.name)"
        case .credentialFile: "name a file that holds the credential alone"
        case .assertionExpired:
            "have it renewed, or check this machine's clock; \(Parameter.oauthClientAssertionFile.name) is read "
                + "whenever it is needed"
        case .unexpected(let request, _) where request.url.path.contains("/api/v1/api/v1/"):
            "leave /api/v1 out of \(Parameter.apiServerURL.name), for it is added"
        case .unexpected(_, let server):
            "check that \(server.url.name) is the \(server.meaning)"
                + (server.hasHostHeader
                    ? " and \(server.host.name) its host"
                    : ", or name its host with \(server.host.name) where a gateway goes by it")
        case .tokenRefused(let reason, let isAssertion): advice(reason, isAssertion)
        }
    }

    private func advice(_ reason: OAuthError, _ isAssertion: Bool) -> String {
        let client = Parameter.oauthClientID.name
        return switch reason {
        case .invalidClient where isAssertion:
            "the OAuth server does not know the client or refuses its assertion, so check \(client) and the assertion's "
                + "iss, sub, aud, exp and kid"
        case .invalidClient:
            "the OAuth server does not know the client or its secret is wrong, so check \(client) and "
                + Parameter.oauthClientSecret.name
        case .unauthorizedClient:
            "the client may not ask in this way, so check \(Parameter.oauthAuthMethod.name), and that the client is "
                + "registered for the grant client_credentials"
        case .unsupportedGrantType:
            "check that the OAuth server and the client are set up for the grant client_credentials"
        case .invalidScope: "check \(Parameter.oauthScope.name)"
        case .invalidTarget, .accessDenied:
            "check \(Parameter.oauthAudience.name), or the resource that the OAuth server wants, and that the client is "
                + "authorized for it"
        case .invalidGrant where isAssertion: "check the assertion, and \(client)"
        case .invalidGrant, .invalidRequest:
            "check \(client), \(Parameter.oauthAuthMethod.name), \(Parameter.oauthScope.name) and "
                + Parameter.oauthAudience.name
        }
    }

    private func advice(_ reason: Problem.Reason) -> String {
        switch reason {
        case .otherOwner:
            "an owner cannot change, so check \(Parameter.project.name) and \(Parameter.component.name), choose "
                + "another \(Parameter.workloadName.name), or have it deleted by a client that has the right "
                + "workload:delete (nothing was written)"
        case .removal:
            "\(Parameter.strict.name) forbids that, so write them in the descriptor, or leave the flag out (nothing was "
                + "written)"
        case .mustRead(let problem):
            "this update has to read the Workload, so "
                + ((problem.cause as? KubernetesRefusal).map { "bind a role that has \($0.right)" }
                    ?? "grant the client workload:view\(scope), or choose \(Parameter.update.flag) replace "
                    + "(\(Parameter.update.variables[0]))") + " (nothing was written)"
        case .beingDeleted:
            "find out which of its finalizers hold it, or allow a longer \(Parameter.timeout.name) (nothing was written)"
        case .unsettled(let rounds):
            "the object existed and was gone again, \(rounds) times in turn, so find out who else creates and deletes it"
        }
    }
}

extension Server {
    /// The parameter that names it.
    fileprivate var url: Parameter { isAPI ? .apiServerURL : .oauthTokenURL }
    /// The parameter that gives its Host header.
    fileprivate var host: Parameter { isAPI ? .apiServerHostHeader : .oauthHostHeader }
    fileprivate var meaning: String { isAPI ? "control plane's" : "OAuth server's token endpoint" }

    private var isAPI: Bool {
        if case .api = self { true } else { false }
    }

    fileprivate var hasHostHeader: Bool {
        switch self {
        case .api(let hasHostHeader), .oauth(let hasHostHeader): hasHostHeader
        }
    }
}
