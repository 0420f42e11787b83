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

    /// The place, what happened, and what to do.
    func message(of problem: Problem) -> String {
        let place = place(of: problem)
        let text = place.isEmpty ? problem.text : "\(place): \(problem.text)"
        switch problem.cause {
        case let cause as AccessProblem:
            if case .http(let error, let said, let server) = cause { return message(of: error, said, server) }
            return "\(text); \(advice(cause))"
        case let cause as KubernetesRefusal: return "\(text); \(advice(cause))"
        case let cause as KubeconfigProblem: return "\(text); \(advice(cause))"
        case is TreeProblem:
            let path = names == nil ? Parameter.treePath.flag : Parameter.treePath.name
            return "\(text); name one file or folder by \(path)"
        case is TimeIsUp: return "\(text); allow a longer \(Parameter.timeout.name)"
        case is UnservedKind: return "\(text); install its CustomResourceDefinition, or check apiVersion and kind"
        case let cause as APIRefusal: return "\(text)\(explanation(cause)); \(advice(cause))"
        case let cause as OwnershipProblem: return "\(text); \(advice(cause))"
        case let cause as RolloutEnd: return "\(text); \(advice(cause))"
        case let cause as MissingRights: return "\(text); \(grant(cause))"
        case let cause as Problem.Reason: return "\(text)\(advice(cause))"
        default: return text
        }
    }

    private func place(of problem: Problem) -> String {
        guard case .credentialFile(let role) = problem.cause as? AccessProblem else { return problem.place }
        return role.parameter.name
    }

    private func message(of error: HTTPError, _ said: String, _ server: Server) -> String {
        let message = error.message(said: said)
        // Without names it is an object that apply takes to a cluster; the Kubernetes API says itself what it refuses.
        guard case .api = server, let response = error.response, response.status == 500, names != nil,
            !response.request.url.path.contains("/apis/")
        else { return message }
        return message
            + "; the API also says 500 where no retry helps: the object is too large, an admission webhook or a quota "
            + "refuses it, or the namespace is being deleted; the log of its pod openchoreo-api has the reason"
    }

    private func advice(_ cause: AccessProblem) -> String {
        switch cause {
        case .http: ""
        case .redirected: "redirects are not followed, so give the URL that it leads to"
        case .plainHTTP(.api): "this port speaks TLS, so write https:// in \(Parameter.apiServerURL.name)"
        case .plainHTTP(.oauth): "this port speaks TLS, so write https:// in \(Parameter.oauthTokenURL.name)"
        case .credentialFile: "name a file that holds the credential alone"
        case .assertionExpired:
            "have it renewed, or check this machine's clock; \(Parameter.oauthClientAssertionFile.name) is read "
                + "whenever it is needed"
        case .unexpected(let request, .api(let hasHostHeader)):
            request.url.path.contains("/api/v1/api/v1/")
                ? "leave /api/v1 out of \(Parameter.apiServerURL.name), for it is added"
                : "check that \(Parameter.apiServerURL.name) is the control plane's"
                    + (hasHostHeader
                        ? " and \(Parameter.apiServerHostHeader.name) its host"
                        : ", or name its host with \(Parameter.apiServerHostHeader.name) where a gateway goes by it")
        case .unexpected(_, .oauth(let hasHostHeader)):
            "check that \(Parameter.oauthTokenURL.name) is the OAuth server's token endpoint"
                + (hasHostHeader
                    ? " and \(Parameter.oauthHostHeader.name) its host"
                    : ", or name its host with \(Parameter.oauthHostHeader.name) where a gateway goes by it")
        case .tokenRefused(let reason, let isAssertion): advice(reason, isAssertion)
        }
    }

    private func advice(_ reason: OAuthError, _ isAssertion: Bool) -> String {
        let client = Parameter.oauthClientID.name
        let audience =
            "check \(Parameter.oauthAudience.name), or the resource that the OAuth server wants"
        switch reason {
        case .invalidClient where isAssertion:
            return "the OAuth server does not know the client or refuses its assertion, so check \(client) and the "
                + "assertion's iss, sub, aud, exp and kid"
        case .invalidClient:
            return "the OAuth server does not know the client or its secret is wrong, so check \(client) and "
                + "\(Parameter.oauthClientSecret.name)"
        case .unauthorizedClient:
            return
                "the client may not ask in this way, so check \(Parameter.oauthAuthMethod.name), and that the client "
                + "is registered for the grant client_credentials"
        case .unsupportedGrantType:
            return "check that the OAuth server and the client are set up for the grant client_credentials"
        case .invalidScope: return "check \(Parameter.oauthScope.name)"
        case .invalidTarget: return audience
        case .accessDenied: return "\(audience), and that the client is authorized for it"
        case .invalidGrant where isAssertion: return "check the assertion, and \(client)"
        case .invalidGrant, .invalidRequest:
            return "check \(client), \(Parameter.oauthAuthMethod.name), \(Parameter.oauthScope.name) and "
                + "\(Parameter.oauthAudience.name)"
        }
    }

    /// What the token and the server say about a 401 or a 403.
    private func explanation(_ cause: APIRefusal) -> String {
        guard let claims = cause.claims else { return "" }
        if cause.refusal.status == 403 {
            return claims.subject.map { " (the token's subject, by which roles are bound: \($0))" } ?? ""
        }
        var parts = claims.parts
        if let client = claims.client { parts.append("client \(client)") }
        if let difference = cause.clockDifference { parts.append(difference) }
        if !cause.trustedIssuers.isEmpty {
            parts.append("the API trusts \(cause.trustedIssuers.joined(separator: ", "))")
        }
        return parts.isEmpty ? "" : " (the token: \(parts.joined(separator: "; ")))"
    }

    private func advice(_ cause: APIRefusal) -> String {
        let isOfRun = cause.right.hasPrefix("workflowrun:")
        switch cause.refusal.status {
        case 400 where isOfRun, 413 where isOfRun, 422 where isOfRun:
            return "the API does not take this WorkflowRun, so look at its annotations"
        case 400:
            let component = names.map { "\($0.component) exists in the namespace \($0.namespace)" } ?? "exists"
            return "the API calls the Workload invalid, so fix the descriptor or the parameters, and check that the "
                + "component \(component)"
        case 422: return "the API calls the Workload invalid, so fix the descriptor or the parameters"
        case 401 where cause.clockDifference != nil:
            return "check the clocks of this machine, the OAuth server and the API: it allows no difference"
        case 401 where !cause.trustedIssuers.isEmpty:
            return "get the token from an issuer that the API trusts (\(Parameter.oauthTokenURL.name)), or check "
                + "\(Parameter.oauthAudience.name)"
        case 401:
            return "the API does not accept the access token, so check \(Parameter.oauthScope.name), "
                + "\(Parameter.oauthAudience.name) or the file of \(Parameter.accessTokenFile.name)"
        case 403: return "the client lacks a permission, so grant it \(cause.right)\(scope)"
        case 404 where isOfRun: return "check \(Parameter.runName.name) and \(Parameter.namespace.name)"
        case 404: return "check \(Parameter.apiServerURL.name) and \(Parameter.namespace.name)"
        case 405: return "this API does not know the call, so check \(Parameter.apiServerURL.name)"
        case 409: return "others change it at the same time, so find out who else writes it"
        case 413: return "the Workload is too large, so shorten the files that the descriptor names"
        default: return "the server does not do this, so look at its log"
        }
    }

    /// Where a right is needed.
    private var scope: String {
        names.map {
            " in the namespace \($0.namespace), the project \($0.project) and the component "
                + $0.component
        } ?? ""
    }

    private func advice(_ reason: Problem.Reason) -> String {
        switch reason {
        case .otherOwner:
            return
                ", and an owner cannot change; check \(Parameter.project.name) and \(Parameter.component.name), choose "
                + "another \(Parameter.workloadName.name), or have it deleted by a client that has the right "
                + "workload:delete (nothing was written)"
        case .removal:
            return
                ", which \(Parameter.strict.name) forbids; write them in the descriptor, or leave the flag out "
                + "(nothing was written)"
        case .mustRead(let problem):
            if let refusal = problem.cause as? KubernetesRefusal {
                return
                    "; this update has to read the Workload, so bind a role that has \(refusal.right) (nothing was written)"
            }
            let explanation = (problem.cause as? APIRefusal).map { self.explanation($0) } ?? ""
            return
                "\(explanation); this update has to read the Workload, so grant the client workload:view\(scope), or "
                + "choose \(Parameter.update.flag) replace (\(Parameter.update.variables[0])) (nothing was written)"
        case .beingDeleted:
            return "; find out which of its finalizers hold it, or allow a longer \(Parameter.timeout.name) "
                + "(nothing was written)"
        case .unsettled(let rounds):
            return "; the object existed and was gone again, \(rounds) times in turn, so find out who else creates and "
                + "deletes it"
        }
    }
}

extension CredentialFile.Role {
    /// The parameter that names such a file.
    fileprivate var parameter: Parameter {
        switch self {
        case .clientSecret: .oauthClientSecretFile
        case .clientAssertion: .oauthClientAssertionFile
        case .accessToken: .accessTokenFile
        case .clusterToken: .kubeconfig
        }
    }
}
