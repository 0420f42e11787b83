import JSON
import Kubernetes
import MockControlPlane
import System

extension Sandbox {
    /// A current OpenChoreo, and a cluster with a few kinds beside its own, and a controller that takes three looks to have an
    /// object ready.
    static func configure(_ configuration: inout MockControlPlane.Configuration) {
        configuration.setsOwnerLabels = true
        // Controllers that release and deploy, and a client that may watch them: what --wait needs.
        configuration.rollout = .healthy
        configuration.permissions = Set(MockControlPlane.Permission.allCases)
        let ocm = "ocm.services.open-control-plane.io/v1alpha1"
        configuration.kubernetes.kinds =
            builtIn + [
                .init("workspace.devplane.io/v1alpha1", "Workspace"), .init("argoproj.io/v1alpha1", "Application"),
                .init(ocm, "OCM"), .init(ocm, "ProviderConfig", isNamespaced: false),
            ]
        // What another process applies next is served already, as it would be where a person types it.
        configuration.kubernetes.requestsUntilServed = 0
        configuration.kubernetes.status = { kind, object, reads in
            guard object["spec"] != nil, kind != "CustomResourceDefinition" else { return nil }
            let isReady = reads >= 3
            return [
                "phase": isReady ? "Running" : "Creating",
                "conditions": [
                    [
                        "type": "Ready", "status": isReady ? "True" : "False",
                        "reason": isReady ? "Running" : "Creating",
                        "observedGeneration": object["metadata"]?["generation"] ?? 1,
                    ]
                ],
            ]
        }
    }

    /// What a cluster serves without a definition, beside what the mock always has.
    private static var builtIn: [MockControlPlane.KubernetesKind] {
        let inNamespaces: [(apiVersion: String, kinds: [String])] = [
            ("v1", ["LimitRange", "PersistentVolumeClaim", "Pod", "ResourceQuota", "Service", "ServiceAccount"]),
            ("apps/v1", ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"]),
            ("autoscaling/v2", ["HorizontalPodAutoscaler"]), ("batch/v1", ["CronJob", "Job"]),
            ("policy/v1", ["PodDisruptionBudget"]), ("rbac.authorization.k8s.io/v1", ["Role", "RoleBinding"]),
        ]
        let inNone: [(apiVersion: String, kinds: [String])] = [
            ("v1", ["PersistentVolume"]), ("rbac.authorization.k8s.io/v1", ["ClusterRole", "ClusterRoleBinding"]),
        ]
        let networking = "networking.k8s.io/v1"
        return inNamespaces.flatMap { group in group.kinds.map { .init(group.apiVersion, $0) } }
            + inNone.flatMap { group in group.kinds.map { .init(group.apiVersion, $0, isNamespaced: false) } }
            + [
                .init(networking, "Ingress", plural: "ingresses"),
                .init(networking, "NetworkPolicy", plural: "networkpolicies"),
                .init("scheduling.k8s.io/v1", "PriorityClass", plural: "priorityclasses", isNamespaced: false),
                .init("storage.k8s.io/v1", "StorageClass", plural: "storageclasses", isNamespaced: false),
            ]
    }

    /// Serves every kind that a manifest on the command line of apply has; a pipe is left to the command itself.
    func serveKinds(of arguments: [String]) {
        for file in arguments where arguments[0] == "apply" && FileSystem.status(of: file)?.kind == .regular {
            guard let bytes = try? FileSystem.bytes(of: file, upTo: 1 << 20),
                let manifests = try? Manifest.all(in: bytes, of: file)
            else { continue }
            for manifest in manifests where !controlPlane.kubernetes.serves(manifest.apiVersion, manifest.kind) {
                controlPlane.kubernetes.serve(.init(manifest.apiVersion, manifest.kind))
            }
        }
    }
}
