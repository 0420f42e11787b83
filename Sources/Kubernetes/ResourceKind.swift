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
    public var group: String { Self.group(of: apiVersion) }

    /// The group in an apiVersion; empty for the core.
    static func group(of apiVersion: String) -> String {
        apiVersion.utf8.contains(UInt8(ascii: "/")) ? String(apiVersion.prefix { $0 != "/" }) : ""
    }

    /// A kind as kubectl names its objects, with its group: `workspace.workspace.devplane.io`.
    static func singular(apiVersion: String, kind: String) -> String {
        let group = group(of: apiVersion)
        return kind.lowercased() + (group.isEmpty ? "" : ".\(group)")
    }

    /// The Workloads of OpenChoreo.
    public static let workload = ResourceKind(
        apiVersion: "openchoreo.dev/v1alpha1", kind: "Workload", plural: "workloads", isNamespaced: true)
    /// The WorkflowRuns of OpenChoreo.
    public static let workflowRun = ResourceKind(
        apiVersion: "openchoreo.dev/v1alpha1", kind: "WorkflowRun", plural: "workflowruns", isNamespaced: true)

    /// The segments of the path of a group and version.
    static func root(of apiVersion: String) -> [String] {
        group(of: apiVersion).isEmpty
            ? ["api", apiVersion] : ["apis"] + apiVersion.split(separator: "/").map(String.init)
    }

    /// The segments of the path of all its objects in a namespace.
    func path(in namespace: String?) -> [String] {
        let place = isNamespaced ? ["namespaces", namespace ?? "default"] : []
        return Self.root(of: apiVersion) + place + [plural]
    }
}
