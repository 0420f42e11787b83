import Kubernetes
import Objects
import Text

/// The manifests of a run, read and held against its parameters.
struct ManifestSource {
    let files: [String]
    /// What is changed in the one object before it is applied.
    let changes: [FieldExpression]
    let namespace: String?

    /// More than any list of definitions.
    private static let limit = 16 << 20

    /// Reads all of them; logs and throws whatever is wrong before anything is sent.
    func read(_ console: Console) throws -> [Manifest] {
        var manifests: [Manifest] = []
        var problems: [Problem] = []
        for file in files {
            let name = file == "-" ? "standard input" : file
            let bytes = try InputFile.read(file, limit: Self.limit, namedBy: "FILE")
            do {
                let read = try Manifest.all(in: bytes, of: name)
                manifests += changes.isEmpty || read.count != 1 ? read : [try changed(read[0], bytes, of: name)]
            } catch let error as ManifestError {
                problems += error.problems
            }
        }
        guard changes.isEmpty || manifests.count <= 1 else {
            throw UsageError(
                problems: [
                    "\(Parameter.set.flag) changes one object, and these are \(manifests.count); apply them one by one"
                ])
        }
        if problems.isEmpty { problems = clashes(in: manifests) }
        if let last = problems.last {
            for problem in problems.dropLast() { console.log(.error, "manifest", "\(problem)") }
            throw Failure(code: .invalidData, description: "\(last) (nothing was sent)")
        }
        for secret in manifests.flatMap({ Manifest.secrets(in: $0.object) }) { console.redactor.register(secret) }
        let made = manifests.flatMap(\.serverMade)
        if let first = manifests.first(where: { !$0.serverMade.isEmpty }) {
            let names = made.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            console.log(
                .warning, "server-made-fields",
                "\(first.place): left out what a server makes: \(names.joined(separator: ", "))")
        }
        return manifests
    }

    /// The one object of a file with the changes, made in the file's own text, or in the object's where that is in a List.
    private func changed(_ manifest: Manifest, _ bytes: [UInt8], of name: String) throws -> Manifest {
        let edited: [UInt8]
        do throws(FieldProblem) {
            var edits = try FieldEdits(bytes)
            if edits.root["items"] != nil, edits.root["kind"]?.text?.hasSuffix("List") == true {
                edits = try FieldEdits(manifest.object.serialized(.pretty))
            }
            for change in changes { try edits.apply(change, isAdding: true) }
            edited = edits.editor.bytes
        } catch {
            throw Failure(code: .invalidData, description: "\(name):\(error) (nothing was sent)")
        }
        return try Manifest.all(in: edited, of: name)[0]
    }

    /// What is wrong with objects of another namespace than the one that is given, or with two that are one, of which the second
    /// would take the first's fields away.
    private func clashes(in manifests: [Manifest]) -> [Problem] {
        var problems: [Problem] = []
        var places: [String: String] = [:]
        for manifest in manifests {
            if let namespace, let own = manifest.namespace, own != namespace {
                problems.append(
                    Problem(
                        .invalid, at: manifest.place,
                        "the namespace \(Quoted(own)) is not that of \(Parameter.namespace.flag), \(Quoted(namespace))")
                )
            }
            let key = "\(manifest.apiVersion) \(manifest.identity) \(manifest.namespace ?? namespace ?? "")"
            if let first = places.updateValue(manifest.place, forKey: key) {
                problems.append(
                    Problem(.invalid, at: manifest.place, "\(manifest.identity) stands at \(first) already"))
            }
        }
        return problems
    }
}
