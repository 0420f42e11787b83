import ControlPlaneAccess
import HTTP
import JSON
import Kubernetes
import Objects
import System
import Text
import WorkloadModel

extension Command {
    static let apply = Command(
        name: "apply",
        summary: "create or update any Kubernetes object from its manifest",
        discussion: "Reads manifests in YAML or JSON and applies each to the Kubernetes API on the server's side, as "
            + "'kubectl apply --server-side' does: what others put on an object stays, and a field that another manager "
            + "owns is a conflict. With --wait-for it ends when the objects have become what was meant.",
        operands: "FILE…|-",
        example: "apply workspace.yaml --namespace shop --wait-for condition=Ready --fail-on .status.phase=Failed",
        groups: {
            [
                ParameterGroup(title: "What to apply", parameters: Parameter.applying),
                ParameterGroup(
                    title: "How to reach the cluster",
                    parameters: Parameter.applyingStore + Parameter.applyingConnection),
                ParameterGroup(title: "How to go about it", parameters: Parameter.applyingOutput),
            ]
        },
        run: { context, values in
            try ApplyRun(context: context, values: values, report: RunReport(context, values)).run()
        })
}

/// One run of apply, from its manifests to its results.
private struct ApplyRun {
    let context: CommandContext
    let values: ParameterValues
    let report: RunReport
    private var console: Console { context.console }

    func run() throws {
        var reader = ParameterReader(values)
        let files = values.operands + values.texts(.file)
        if files.isEmpty { reader.reportMissing("a FILE of manifests, or - for standard input") }
        let wanted = reader.all(.waitFor) { try StatusCondition($0) }
        let fatal = reader.all(.failOn) { try StatusCondition($0) }
        let changes = reader.all(.set) { text throws(MalformedValue) in try FieldExpression(text) }
        let namespace = reader.value(.namespace, DNSLabel.init)?.description
        let source = ManifestSource(files: files, changes: changes, namespace: namespace)
        if values.word(.applyTo) == StoreName.git {
            for parameter in [Parameter.waitFor, .failOn] where !values.texts(parameter).isEmpty {
                reader.report(parameter, "a tree has no status to wait for; leave it out")
            }
            let tree = TreeParameters(&reader)
            let timeout = reader.duration(.timeout)
            guard reader.error.isEmpty, let tree else { throw reader.error }
            context.beginTime(timeout)
            return try apply(try source.read(console), in: namespace, to: tree)
        }
        if wanted.isEmpty && !fatal.isEmpty {
            reader.report(.failOn, "it ends a wait, so say what to wait for with \(Parameter.waitFor.flag)")
        }
        let manager = reader.value(.fieldManager) { text in
            guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else {
                throw MalformedValue("a field manager has 1 to 128 plain characters")
            }
            return text
        }
        let connection = try ConnectionParameters.cluster(
            &reader, context, isPlaceholderAllowed: report.dryRun == .client)
        guard reader.error.isEmpty, let connection, let manager else { throw reader.error }
        let deadline = context.beginTime(connection.http.timeout)
        let manifests = try source.read(console)
        let session = try Session(context, connection, values, until: deadline)
        let api = KubernetesAPI(client: session.client(of: .kubernetes), fieldManager: manager)
        let applying = Applying(
            api, defaultNamespace: reader.values.text(given: .namespace) ?? "default",
            forcesConflicts: values.isOn(.forceConflicts), isDryRun: report.dryRun == .server)
        if report.dryRun == .client { return try show(manifests, applying, session.tokens) }
        try apply(manifests, applying, Waiting(api, wanted: wanted, fatal: fatal))
    }

    private func apply(_ manifests: [Manifest], _ start: Applying, _ waiting: Waiting) throws {
        try report.begin()
        var applying = start
        // What is wrong with the credentials is wrong for all objects.
        try applying.authenticate()
        var applied: [(index: Int, object: Applying.Applied)] = []
        var list = try each(of: manifests) { manifest, index, result in
            do {
                let object = try applying.apply(manifest)
                applied.append((index, object))
                result.identity = object.identity
                let (before, after) = (object.live?.shownAsManifest, object.object.shownAsManifest)
                let diff =
                    report.dryRun == nil ? nil : report.diff(before, after, object.action, of: result.identity)
                report.take(object.action, diff: diff, into: &result)
            } catch let problem as Problem where report.dryRun != nil {
                guard applying.isMade(problem, for: manifest, by: manifests) else { throw problem }
                let reason = "this run would make what it needs first"
                result.unchecked = reason
                result.text = "\(result.identity) cannot be checked (dry run): \(reason)\n"
            }
        }
        if report.dryRun == nil, !waiting.isEmpty, !applied.isEmpty {
            console.log(.info, "waiting", "waiting for \(values.texts(.waitFor).joined(separator: " and "))")
            for (position, problem) in waiting.wait(for: applied.map(\.object)) {
                let index = applied[position].index
                list.results[index].failure = Failure(problem, Advice(names: nil))
                report.log(list.results[index], of: manifests.count)
            }
        }
        try report.finish(list)
    }

    /// Applies manifests to a checkout.
    private func apply(_ manifests: [Manifest], in namespace: String?, to tree: TreeParameters) throws {
        let index = try tree.index(Set(manifests.map(\.kind)), context)
        let isDryRun = report.dryRun != nil
        let list = try each(of: manifests) { manifest, _, result in
            let built = manifest.object(in: namespace)
            let object = try index.object(like: built, path: tree.path, isDryRun: isDryRun)
            // The difference shows what stood there as well.
            for secret in Manifest.secrets(in: object.found?.object ?? .null) { console.redactor.register(secret) }
            let action = try object.merge(built)
            result.members["path"] = .string(object.path)
            report.take(
                action, diff: TreeParameters.diff(of: object.changes, isDryRun), at: Printable.line(object.path),
                into: &result)
        }
        tree.log(index, context)
        try report.finish(list)
    }

    /// Applies one manifest after the other, and prints at once what became of it; one that fails does not stop the others.
    private func each(
        of manifests: [Manifest], apply: (Manifest, Int, inout ObjectResult) throws -> Void
    ) throws -> ResultList {
        var list = ResultList()
        for (index, manifest) in manifests.enumerated() {
            var result = ObjectResult(
                identity: manifest.identity,
                members: ["apiVersion": .string(manifest.apiVersion), "kind": .string(manifest.kind)])
            do {
                try apply(manifest, index, &result)
            } catch let problem as Problem {
                result.failure = Failure(problem, Advice(names: nil))
            }
            report.log(result, of: manifests.count)
            if report.dryRun == nil, let action = result.action {
                context.progress.note("\(result.identity)", action.rawValue)
            }
            // What cannot be printed is not lost: it is tried again at the end, behind the results for other steps.
            if !report.isJSON, (try? console.print(redacting: .text(result.text))) != nil { result.text = "" }
            list.results.append(result)
        }
        return list
    }

    /// Prints the requests that would be sent; names of resources are a guess, for no server is asked.
    private func show(_ manifests: [Manifest], _ applying: Applying, _ tokens: TokenSource) throws {
        let shown = (try tokens.plan() + manifests.flatMap(applying.plan)).map(ShownRequest.init)
        guard !report.isJSON else {
            return try console.print(
                redacting: .json(["dryRun": true, "requests": .array(shown.map(\.json))]))
        }
        let lines = manifests.map { "\($0.identity) built (dry run)\n" }.joined()
        try console.print(redacting: .text(shown.map(\.text).joined(separator: "\n") + "\n" + lines))
    }
}
