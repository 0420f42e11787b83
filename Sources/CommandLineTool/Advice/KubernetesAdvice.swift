import Kubernetes

extension Advice {
    /// What to do about a refusal of the Kubernetes API.
    func advice(_ cause: KubernetesRefusal) -> String {
        switch cause.reason {
        case .notServed:
            return
                "the cluster does not serve this kind, so install its CustomResourceDefinition, or check which cluster "
                + "this is"
        case .missingNamespace: return "create the namespace, or check \(Parameter.namespace.flag)"
        case .endingNamespace: return "wait until the namespace is gone, and have it created anew"
        case .quota: return "have the quota raised, or delete what nothing needs"
        case .fieldConflict(let conflicts):
            let fields = conflicts.map { "\($0.field) belongs to \($0.manager)" }.joined(separator: ", ")
            return "\(fields); leave these fields out, or take them over with \(Parameter.forceConflicts.name)"
        case .other: break
        }
        switch cause.refusal.status {
        case 403 where cause.refusal.said.contains(" denied the request"):
            return "a webhook of the cluster refuses the object, so change what it names, or have its rule changed"
        case 401:
            return
                "the API does not accept the credential, so check the kubeconfig's user, the service account, or the "
                + "file of \(Parameter.accessTokenFile.name)"
        case 403:
            return "the credential lacks a right, so bind a role to it that has \(cause.right)\(namespace)"
        case 400, 413, 422, 500: return "the API calls the object invalid, so fix what it names"
        case 404: return "check the name and \(Parameter.namespace.flag)"
        case 409: return "others change it at the same time, so find out who else writes it"
        default: return "the server does not do this, so check that it is a Kubernetes API server"
        }
    }

    private var namespace: String { names.map { " in the namespace \($0.namespace)" } ?? "" }

    /// What to do about a kubeconfig.
    func advice(_ cause: KubeconfigProblem) -> String {
        switch cause {
        case .wantsProgram:
            return "have the program write a token to a file, and name that with \(Parameter.accessTokenFile.name)"
        case .severalFiles: return "name one of them, or merge them with 'kubectl config view --flatten'"
        case .noServiceAccount:
            return "have the token of a service account mounted into the pod (automountServiceAccountToken), or name a "
                + "\(Parameter.kubeconfig.name)"
        case .other: return "check \(Parameter.kubeconfig.name) and \(Parameter.context.flag)"
        }
    }
}
