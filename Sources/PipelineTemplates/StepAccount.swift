/// Who a step is that writes to the Kubernetes API: a service account, and what it may do.
public struct StepAccount: Sendable {
    /// The namespace that is written to.
    public let namespace: String
    /// The service account's name.
    public let name: String
    /// The namespace of the service account, which is that of the pods.
    public let podNamespace: String

    /// The account of that name in the namespace of the pods, which writes into another namespace or the same.
    public init(_ name: String, in podNamespace: String, writingTo namespace: String) {
        self.name = name
        self.podNamespace = podNamespace
        self.namespace = namespace
    }

    /// The account with a role and a binding for what the step itself needs.
    var documents: YAMLText {
        let writing: YAMLText = """
            - apiGroups: [openchoreo.dev]
              resources: [workloads]
              verbs: [get, create, update]
            - apiGroups: [openchoreo.dev]
              resources: [workflowruns]
              verbs: [get, patch]
            """
        return """
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: \(name), namespace: \(podNamespace)}
            \(role(name, in: namespace, writing))
            """
    }

    /// A role and a binding for what Argo's executor needs beside it, under the same account (Argo Workflows,
    /// `workflow-rbac.md`).
    var executor: YAMLText {
        role(
            "\(name)-executor", in: podNamespace,
            """
            - apiGroups: [argoproj.io]
              resources: [workflowtaskresults]
              verbs: [create, patch]
            """)
    }

    private func role(_ role: String, in namespace: String, _ rules: YAMLText) -> YAMLText {
        """
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: \(role), namespace: \(namespace)}
        rules:
          \(rules)
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: \(role), namespace: \(namespace)}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: \(role)}
        subjects:
          - {kind: ServiceAccount, name: \(name), namespace: \(podNamespace)}
        """
    }
}
