import JSON
import ManifestTree
import Objects
import Text
import WorkloadModel

/// Publishes into a checkout.
struct TreePublisher: Publisher {
    let index: ManifestIndex
    let parameters: TreeParameters
    let report: RunReport
    private var context: CommandContext { report.context }

    func publish(_ publication: Publication, into result: inout ObjectResult) throws {
        let names = publication.workload.parameters
        let place = WorkloadPlace(
            namespace: names.namespace, project: names.project, component: names.component,
            name: names.workloadName, path: parameters.path)
        let isDryRun = report.dryRun != nil
        let object = try index.workload(place, renames: publication.isNamed, isDryRun: isDryRun)
        let item = item(publication, object)
        let outcome = try object.write(item)
        parameters.log(index, context)
        for warning in outcome.warnings { context.console.log(warning, of: item.identity) }
        // Values that say the same in another way are no change of a file.
        let action = object.changes.isEmpty ? WriteAction.unchanged : outcome.action
        result.identity = item.identity
        result.members["path"] = .string(object.path)
        report.take(
            action, diff: TreeParameters.diff(of: object.changes, isDryRun), at: Printable.line(object.path),
            into: &result)
        guard !isDryRun else { return }
        // As over an API: no run is annotated.
        if !report.isList { result.members["annotated"] = false }
        context.progress.note(
            "\(item.identity)", action.rawValue, expected: "\(publication.item.identity)")
        let message = Self.commitMessage(names, item.identity.name)
        try report.deliver(result, outcome.object, [("path", object.path), ("commit-message", message)])
    }

    /// The object to write: under the name that is there, and with the labels that the OpenChoreo API sets by itself, unless
    /// the image alone is to change.
    private func item(_ publication: Publication, _ object: TreeObject) -> Item {
        let workload = publication.workload
        let names = workload.parameters
        var built = workload.customResource
        if publication.update != .image || object.found == nil { built = Workload.labelled(built) }
        let name = publication.isNamed ? names.workloadName : object.found?.name ?? names.workloadName
        built = built.setting(.string(name), at: ["metadata", "name"])
        var policy = publication.item.policy
        if publication.isNamed {
            policy.compared.append(["metadata", "name"])
            if case .assign(let paths) = policy.update { policy.update = .assign(paths + [["metadata", "name"]]) }
        }
        return Item(
            identity: ObjectIdentity(kind: "workload", namespace: names.namespace, name: name), built: built,
            policy: policy)
    }

    /// A subject line, an empty line and the rest, as Git has it.
    private static func commitMessage(_ names: WorkloadParameters, _ name: String) -> String {
        let image = try? ImageReference(names.image)
        let version = image?.tag ?? image?.digest.map { String($0.prefix(19)) } ?? "latest"
        return """
            Publish \(names.component) \(version)

            The workload \(name) of the component \(names.project)/\(names.component) in the namespace \
            \(names.namespace)
            runs \(names.image).
            """
    }
}
