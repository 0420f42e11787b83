import Checkout
import Foundation
import JSON
import ManifestTree
import Objects

/// A checkout of a test's own, and what publishing into it does.
final class TestCheckout {
    let path: String

    init(_ files: [String: String]) throws {
        path = NSTemporaryDirectory() + "manifest-tree-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files {
            let file = URL(filePath: "\(path)/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
    }

    /// All files with their texts.
    var files: [String: String] {
        var files: [String: String] = [:]
        for name in (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? [] {
            files[name] = try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
        }
        return files
    }

    /// What publishing the component `shop/api` of the namespace `default` does, as `PATH ACTION`, and the warnings.
    func publish(
        image: String = "reg/api:2", path: String? = nil, spec: JSONValue? = nil, update: Policy.Update = .merge,
        renames: Bool = false, isDryRun: Bool = false
    ) throws -> (line: String, warnings: [String], changes: [TreeObject.Change]) {
        let tree = try SourceTree(root: self.path)
        let index = try ManifestIndex(
            tree, below: path.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } ?? ".",
            kinds: ManifestIndex.workloadKinds)
        let place = WorkloadPlace(
            namespace: "default", project: "shop", component: "api", name: "api-workload", path: path)
        let object = try index.workload(place, renames: renames, isDryRun: isDryRun)
        var policy = Policy(update)
        policy.united = [["metadata", "labels"], ["metadata", "annotations"]]
        policy.kept = [
            (["spec"], ["owner", "container"]),
            (["spec", "container"], ["image", "env"]),
        ]
        policy.compared = [["spec"], ["metadata", "labels"], ["metadata", "annotations"]]
        let spec: JSONValue =
            spec ?? [
                "owner": ["projectName": "shop", "componentName": "api"], "container": ["image": .string(image)],
            ]
        let built: JSONValue = [
            "apiVersion": "openchoreo.dev/v1alpha1", "kind": "Workload",
            "metadata": ["name": "api-workload", "namespace": "default"], "spec": spec,
        ]
        let identity = ObjectIdentity(kind: "workload", namespace: "default", name: "api-workload")
        let outcome = try object.write(Item(identity: identity, built: built, policy: policy))
        let action = object.changes.isEmpty ? WriteAction.unchanged : outcome.action
        return ("\(object.path) \(action)", index.warnings, object.changes)
    }
}
