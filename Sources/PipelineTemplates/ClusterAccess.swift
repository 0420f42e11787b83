/// Who a step is that writes to the Kubernetes API: a service account, and what it may do.
public struct ClusterAccess: Sendable {
    /// The namespace that is written to.
    public let namespace: String
    /// The service account's name.
    public let serviceAccount: String
    /// The namespace of the service account, which is that of the pods.
    public let podNamespace: String

    /// The account of that name and namespace, which writes into another namespace or the same.
    public init(namespace: String, serviceAccount: String, podNamespace: String) {
        self.namespace = namespace
        self.serviceAccount = serviceAccount
        self.podNamespace = podNamespace
    }

    /// What the step itself needs.
    private static let writing: YAMLTree = [
        rule("openchoreo.dev", "workloads", ["get", "create", "update"]),
        rule("openchoreo.dev", "workflowruns", ["get", "patch"]),
    ]

    /// What Argo's executor needs beside it, under the same account (Argo Workflows, `workflow-rbac.md`).
    static let executing: YAMLTree = [rule("argoproj.io", "workflowtaskresults", ["create", "patch"])]

    private static func rule(_ group: String, _ resource: String, _ verbs: YAMLTree) -> YAMLTree {
        [
            "apiGroups": .inline([.text(group)]), "resources": .inline([.text(resource)]),
            "verbs": .inline(verbs),
        ]
    }

    /// The account with its role and binding, and another pair for the executor's rules where there are some.
    func documents(executor rules: YAMLTree? = nil) -> [YAMLTree] {
        let account: YAMLTree = [
            "apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata(serviceAccount, podNamespace),
        ]
        return [account] + role(serviceAccount, in: namespace, Self.writing)
            + (rules.map { role("\(serviceAccount)-executor", in: podNamespace, $0) } ?? [])
    }

    private func role(_ name: String, in namespace: String, _ rules: YAMLTree) -> [YAMLTree] {
        let group = "rbac.authorization.k8s.io"
        return [
            [
                "apiVersion": .text("\(group)/v1"), "kind": "Role", "metadata": metadata(name, namespace),
                "rules": rules,
            ],
            [
                "apiVersion": .text("\(group)/v1"), "kind": "RoleBinding", "metadata": metadata(name, namespace),
                "roleRef": .inline(["apiGroup": .text(group), "kind": "Role", "name": .text(name)]),
                "subjects": [
                    .inline([
                        "kind": "ServiceAccount", "name": .text(serviceAccount), "namespace": .text(podNamespace),
                    ])
                ],
            ],
        ]
    }

    private func metadata(_ name: String, _ namespace: String) -> YAMLTree {
        .inline(["name": .text(name), "namespace": .text(namespace)])
    }
}
