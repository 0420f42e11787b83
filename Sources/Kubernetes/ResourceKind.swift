/// A kind of objects of the Kubernetes API.
public struct ResourceKind: Sendable, Hashable {
    /// Group and version: `openchoreo.dev/v1alpha1`, `v1`.
    public let apiVersion: String
    /// The kind as an object has it.
    public let kind: String
    /// The plural as paths have it.
    public let plural: String
    /// Whether its objects are inside a namespace.
    public let isNamespaced: Bool

    /// The API group; empty for the core.
    public var group: String {
        apiVersion.utf8.contains(UInt8(ascii: "/")) ? String(apiVersion.prefix { $0 != "/" }) : ""
    }

    /// The singular with its group, as kubectl names an object: `workspace.workspace.devplane.io`.
    public var singular: String { Self.singular(apiVersion: apiVersion, kind: kind) }

    /// The same for a kind of which nothing else is known.
    static func singular(apiVersion: String, kind: String) -> String {
        let group = apiVersion.utf8.contains(UInt8(ascii: "/")) ? ".\(apiVersion.prefix { $0 != "/" })" : ""
        return kind.lowercased() + group
    }

    /// The Workloads of OpenChoreo.
    public static let workload = ResourceKind(
        apiVersion: "openchoreo.dev/v1alpha1", kind: "Workload", plural: "workloads", isNamespaced: true)
    /// The WorkflowRuns of OpenChoreo.
    public static let workflowRun = ResourceKind(
        apiVersion: "openchoreo.dev/v1alpha1", kind: "WorkflowRun", plural: "workflowruns", isNamespaced: true)

    /// The segments of the path of a group and version.
    static func root(of apiVersion: String) -> [String] {
        apiVersion.utf8.contains(UInt8(ascii: "/"))
            ? ["apis"] + apiVersion.split(separator: "/").map(String.init) : ["api", apiVersion]
    }

    /// The segments of the path of all its objects in a namespace.
    func path(in namespace: String?) -> [String] {
        let place = isNamespaced ? ["namespaces", namespace ?? "default"] : []
        return Self.root(of: apiVersion) + place + [plural]
    }
}
