import ControlPlaneAccess
import Kubernetes
import Objects
import OpenChoreo

extension Advice {
    /// What the token and the server say about a 401 or a 403.
    func explanation(_ cause: (any Error)?) -> String {
        if case .mustRead(let problem) = cause as? Problem.Reason { return explanation(problem.cause) }
        guard let cause = cause as? APIRefusal, let claims = cause.claims else { return "" }
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

    /// What to do about a refusal of the OpenChoreo API.
    func advice(_ cause: APIRefusal) -> String {
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
                + Parameter.oauthAudience.name
        case 401:
            return "the API does not accept the access token, so check \(Parameter.oauthScope.name), "
                + "\(Parameter.oauthAudience.name) or the file of \(Parameter.accessTokenFile.name)"
        case 403: return "the client lacks a permission, so grant it \(cause.right)\(scope)"
        case 404:
            return "check \((isOfRun ? Parameter.runName : .apiServerURL).name) and \(Parameter.namespace.name)"
        case 405: return "this API does not know the call, so check \(Parameter.apiServerURL.name)"
        case 409: return Self.conflict
        case 413: return "the Workload is too large, so shorten the files that the descriptor names"
        default: return "the server does not do this, so look at its log"
        }
    }

    /// Where a right is needed.
    var scope: String {
        names.map {
            " in the namespace \($0.namespace), the project \($0.project) and the component \($0.component)"
        } ?? ""
    }

    /// What to do about a refusal of the Kubernetes API.
    func advice(_ cause: KubernetesRefusal) -> String {
        switch (cause.reason, cause.refusal.status) {
        case (.notServed, _):
            return
                "the cluster does not serve this kind, so install its CustomResourceDefinition, or check which cluster "
                + "this is"
        case (.missingNamespace, _): return "create the namespace, or check \(Parameter.namespace.flag)"
        case (.endingNamespace, _): return "wait until the namespace is gone, and have it created anew"
        case (.quota, _): return "have the quota raised, or delete what nothing needs"
        case (.fieldConflict(let conflicts), _):
            let fields = conflicts.map { "\($0.field) belongs to \($0.manager)" }.joined(separator: ", ")
            return "\(fields); leave these fields out, or take them over with \(Parameter.forceConflicts.name)"
        case (.other, 403) where cause.refusal.said.contains(" denied the request"):
            return "a webhook of the cluster refuses the object, so change what it names, or have its rule changed"
        case (.other, 401):
            return
                "the API does not accept the credential, so check the kubeconfig's user, the service account, or the "
                + "file of \(Parameter.accessTokenFile.name)"
        case (.other, 403):
            let namespace = names.map { " in the namespace \($0.namespace)" } ?? ""
            return "the credential lacks a right, so bind a role to it that has \(cause.right)\(namespace)"
        case (.other, 400), (.other, 413), (.other, 422), (.other, 500):
            return "the API calls the object invalid, so fix what it names"
        case (.other, 404): return "check the name and \(Parameter.namespace.flag)"
        case (.other, 409): return Self.conflict
        case (.other, _): return "the server does not do this, so check that it is a Kubernetes API server"
        }
    }

    /// What to do about a kubeconfig.
    func advice(_ cause: KubeconfigProblem) -> String {
        switch cause {
        case .wantsProgram:
            "have the program write a token to a file, and name that with \(Parameter.accessTokenFile.name)"
        case .severalFiles: "name one of them, or merge them with 'kubectl config view --flatten'"
        case .noServiceAccount:
            "have the token of a service account mounted into the pod (automountServiceAccountToken), or name a "
                + Parameter.kubeconfig.name
        case .other: "check \(Parameter.kubeconfig.name) and \(Parameter.context.flag)"
        }
    }
}
