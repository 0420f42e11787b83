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
        groups: [
            ParameterGroup(title: "What to apply", parameters: Parameter.applying),
            ParameterGroup(
                title: "How to reach the cluster", parameters: Parameter.applyingStore + Parameter.applyingConnection),
            ParameterGroup(title: "How to go about it", parameters: Parameter.applyingOutput),
        ],
        run: { context, values in
            let run = ApplyRun(context, values)
            if values.word(.applyTo) == StoreName.git {
                return try TreeApplying(context: context, values: values).run()
            }
            try run.run()
        })
}

/// One run of apply, from its manifests to its results.
private struct ApplyRun {
    private let context: CommandContext
    private let values: ParameterValues
    private let dryRun: DryRun?
    private let isJSON: Bool
    private var console: Console { context.console }

    init(_ context: CommandContext, _ values: ParameterValues) {
        self.context = context
        self.values = values
        dryRun = values.word(.dryRun)
        isJSON = values.word(.publishOutput) == LogFormat.json
        let level: Console.Level = values.isOn(.quiet) ? .warning : values.isOn(.verbose) ? .debug : .info
        context.console.configure(level: level, isJSON: values.word(.logFormat) == LogFormat.json)
    }

    func run() throws {
        var reader = ParameterReader(values)
        let files = values.operands + values.texts(.file)
        if files.isEmpty { reader.reportMissing("a FILE of manifests, or - for standard input") }
        let wanted = reader.all(.waitFor) { try StatusCondition($0) }
        let fatal = reader.all(.failOn) { try StatusCondition($0) }
        if wanted.isEmpty && !fatal.isEmpty {
            reader.report(.failOn, "it ends a wait, so say what to wait for with \(Parameter.waitFor.flag)")
        }
        let manager = reader.value(.fieldManager) { text in
            guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else {
                throw MalformedValue("a field manager has 1 to 128 plain characters")
            }
            return text
        }
        let changes = reader.all(.set) { text throws(MalformedValue) in try FieldExpression(text) }
        let namespace = reader.value(.namespace, DNSLabel.init)?.description
        let cluster = ClusterParameters(
            &reader, environment: context.environment, isPlaceholderAllowed: dryRun == .client)
        guard reader.error.isEmpty, let cluster, let manager else { throw reader.error }
        let deadline = HTTPDeadline(timeout: cluster.http.timeout, timing: context.timing)
        context.endProcess(cluster.http.timeout)
        let manifests = try ManifestSource(files: files, changes: changes, namespace: namespace).read(console)
        do {
            var (connection, contextNamespace) = try cluster.connection(
                environment: context.environment, redactor: console.redactor)
            try connection.readAuthorities()
            console.warnAboutSecrets(values, connection.http)
            let console = console
            let client = HTTPClient(configuration: connection.http, timing: context.timing, deadline: deadline) {
                console.log($0)
            }
            let tokens = TokenSource(connection.tokens, timing: context.timing, redactor: console.redactor) {
                console.log($0)
            }
            let api = KubernetesAPI(
                client: APIClient(connection.api, client: client, tokens: tokens, dialect: KubernetesAPI.dialect),
                fieldManager: manager)
            let applying = Applying(
                api, defaultNamespace: namespace ?? contextNamespace ?? "default",
                forcesConflicts: values.isOn(.forceConflicts), isDryRun: dryRun == .server, timing: context.timing)
            if dryRun == .client { return try show(manifests, applying, tokens) }
            try apply(manifests, applying, Waiting(api, wanted: wanted, fatal: fatal, timing: context.timing))
        } catch let problem as Problem {
            throw Failure(problem, Advice(names: nil))
        }
    }

    private func apply(_ manifests: [Manifest], _ start: Applying, _ waiting: Waiting) throws {
        if let folder = values.text(.outputsDir) {
            do { try OutputFile.makeFolder(folder) } catch { throw error.named(by: .outputsDir) }
        }
        var applying = start
        // What is wrong with the credentials is wrong for all objects.
        try applying.authenticate()
        var list = ResultList()
        var applied: [(index: Int, object: Applying.Applied)] = []
        for (index, manifest) in manifests.enumerated() {
            var result = ObjectResult(
                identity: manifest.identity,
                members: [
                    .init(name: "apiVersion", value: .string(manifest.apiVersion)),
                    .init(name: "kind", value: .string(manifest.kind)),
                ])
            do {
                let object = try applying.apply(manifest)
                applied.append((index, object))
                result = try note(object, result)
            } catch let error as Problem {
                if dryRun != nil, applying.isMade(error, for: manifest, by: manifests) {
                    result.unchecked = "this run would make what it needs first"
                } else {
                    result.failure = Failure(error, Advice(names: nil))
                    if manifests.count > 1 { log(result) }
                }
            }
            list.results.append(result)
            if !isJSON, let line = result.line(isDryRun: dryRun != nil) {
                try console.print(redacting: .text((result.diff ?? "") + line + "\n"))
            }
        }
        if dryRun == nil, !waiting.isEmpty, !applied.isEmpty {
            console.log(.info, "waiting", "waiting for \(values.texts(.waitFor).joined(separator: " and "))")
            for (position, problem) in waiting.wait(for: applied.map(\.object)) {
                list.results[applied[position].index].failure = Failure(problem, Advice(names: nil))
                if manifests.count > 1 { log(list.results[applied[position].index]) }
            }
        }
        try finish(list)
    }

    private func note(_ object: Applying.Applied, _ result: ObjectResult) throws -> ObjectResult {
        var noted = ObjectResult(identity: object.identity, members: result.members)
        noted.action = object.action
        guard dryRun == nil else {
            let name = "\(noted.identity)"
            let before = object.live.map { $0.shownAsManifest.yaml } ?? ""
            noted.diff =
                UnifiedDiff(
                    from: before, named: "\(name) on the server",
                    to: object.object.shownAsManifest.yaml, named: "\(name) \(object.action.rawValue)"
                ).text
            return noted
        }
        context.progress.note("\(noted.identity)", object.action.rawValue)
        return noted
    }

    private func log(_ result: ObjectResult) {
        guard let failure = result.failure else { return }
        console.log(.error, "object-failed", "\(result.identity): \(failure.description)", [.exitCode(failure.code)])
    }

    private func finish(_ list: ResultList) throws {
        let document = list.json(isDryRun: dryRun != nil)
        if dryRun == nil, let folder = values.text(.outputsDir) {
            let redacted = document.redacted(by: console.redactor.redact(document:))
            do {
                try OutputFile.write(redacted.serialized(), to: "\(folder)/results.json")
            } catch {
                throw error.named(by: .outputsDir)
            }
        }
        if isJSON { try console.print(redacting: .json(document)) }
        if let failure = list.failure { throw failure }
    }

    /// Prints the requests that would be sent; names of resources are a guess, for no server is asked.
    private func show(_ manifests: [Manifest], _ applying: Applying, _ tokens: TokenSource) throws {
        var requests = try tokens.plan()
        for manifest in manifests { requests += applying.plan(manifest) }
        let shown = requests.map(ShownRequest.init)
        guard !isJSON else {
            return try console.print(
                redacting: .json(["dryRun": true, "requests": .array(shown.map(\.json))]))
        }
        let lines = manifests.map { "\($0.identity) built (dry run)\n" }.joined()
        try console.print(redacting: .text(shown.map(\.text).joined(separator: "\n") + "\n" + lines))
    }
}
