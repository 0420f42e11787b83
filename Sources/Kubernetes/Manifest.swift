public import JSON
public import Objects
public import Redaction
import Text
import WorkloadModel
import YAML

/// An object as its manifest has it, without what only a server makes.
public struct Manifest: Sendable {
    /// Group and version.
    public let apiVersion: String
    /// The kind.
    public let kind: String
    /// The namespace, where the manifest names one.
    public let namespace: String?
    /// The name.
    public let name: String
    /// The whole object.
    public let object: JSONValue
    /// Where it stands: file, line and column.
    public let place: String
    /// The members that were left out, for a server makes them.
    public let serverMade: [String]

    /// The object as kubectl names it: `workspace.workspace.devplane.io/anna`.
    public var identity: ObjectIdentity {
        ObjectIdentity(
            kind: ResourceKind.singular(apiVersion: apiVersion, kind: kind), namespace: namespace, name: name)
    }

    /// What a Secret holds, plain and in Base64, so that no echo of a server and no difference shows it; texts of a few letters
    /// are left out, for they stand everywhere.
    public static func secrets(in object: JSONValue) -> [Secret] {
        guard object["kind"] == "Secret", object["apiVersion"] == "v1" else { return [] }
        let texts = ["data", "stringData"].flatMap { object[$0]?.object?.members ?? [] }.compactMap(\.value.string)
        let decoded = texts.compactMap { Base64.decode(Array($0.utf8)) }.map { String(decoding: $0, as: UTF8.self) }
        return (texts + decoded).filter { $0.utf8.count >= 8 }.map { Secret($0) }
    }

    /// Whether its kind is one of the well-known ones that are in no namespace.
    var isUsuallyOfTheCluster: Bool {
        let others = [
            "APIService", "CustomResourceDefinition", "GatewayClass", "IngressClass", "MutatingWebhookConfiguration",
            "Namespace", "Node", "PersistentVolume", "PriorityClass", "RuntimeClass", "StorageClass",
            "ValidatingWebhookConfiguration",
        ]
        return kind.hasPrefix("Cluster") || others.contains(kind)
    }

    /// The object in a namespace, unless it names one or is usually in none.
    public func object(in other: String?) -> JSONValue {
        guard let other, namespace == nil, !isUsuallyOfTheCluster else { return object }
        return object.setting(.string(other), at: ["metadata", "namespace"])
    }

    /// Its group and kind.
    var groupKind: String { "\(ResourceKind.group(of: apiVersion))/\(kind)" }

    /// The group and kind of the objects that it defines; nil where it defines none.
    var definedKind: String? {
        guard groupKind == "apiextensions.k8s.io/CustomResourceDefinition",
            let group = object[path: ["spec", "group"]]?.string,
            let kind = object[path: ["spec", "names", "kind"]]?.string
        else { return nil }
        return "\(group)/\(kind)"
    }
}

extension Manifest {
    /// All objects of a file, Lists unfolded; throws everything that is wrong with it, one problem a fault.
    ///
    /// A file that is JSON is read as JSON, so that nothing in it depends on how YAML reads it.
    public static func all(in bytes: [UInt8], of file: String) throws(ManifestError) -> [Manifest] {
        var problems: [Problem] = []
        var manifests: [Manifest] = []
        for (value, mark) in try values(in: bytes, of: file) {
            for object in value.unfolded {
                do throws(Problem) {
                    manifests.append(try Manifest(object, at: mark.map { "\(file):\($0.line):\($0.column)" } ?? file))
                } catch { problems.append(error) }
            }
        }
        if manifests.isEmpty && problems.isEmpty {
            problems.append(Problem(.invalid, at: file, "there is no object in it"))
        }
        guard problems.isEmpty else { throw ManifestError(problems: problems) }
        return manifests
    }

    /// Lists of definitions are large, with schemas in them.
    private static let limits = YAMLLimits(bytes: 16 << 20, nodes: 1_000_000)

    private static func values(
        in bytes: [UInt8], of file: String
    ) throws(ManifestError) -> [(JSONValue, YAMLMark?)] {
        if let value = try? JSONValue(parsing: bytes) { return [(value, nil)] }
        do throws(YAMLProblem) {
            var values: [(JSONValue, YAMLMark?)] = []
            for node in try YAMLDocument.all(in: bytes, limits: limits) {
                values.append((try JSONValue(asKubernetesReads: node), node.mark))
            }
            return values
        } catch {
            let isTemplate = ["{{-", "{{ ", "{{.", "{{$"].contains { sign in
                String(decoding: bytes, as: UTF8.self).contains(sign)
            }
            let text = isTemplate ? "this is a Helm template; render it first, with 'helm template'" : error.message
            throw ManifestError(
                problems: [Problem(.invalid, at: "\(file):\(error.mark.line):\(error.mark.column)", text)])
        }
    }

    private init(_ value: JSONValue, at place: String) throws(Problem) {
        func fail(_ text: String) -> Problem { Problem(.invalid, at: place, text) }
        guard let object = value.object else { throw fail("this is \(value.kind), and an object is a mapping") }
        for member in ["apiVersion", "kind"] where object[member]?.nonemptyString == nil {
            let isDescriptor = object["apiVersion"]?.string?.hasPrefix("openchoreo.dev/") == true
            throw fail("the object has no \(member)\(isDescriptor ? "; a descriptor is what 'publish' takes" : "")")
        }
        apiVersion = object["apiVersion"]?.string ?? ""
        kind = object["kind"]?.string ?? ""
        let parts = apiVersion.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ Self.isName(String($0), "") }) else {
            throw fail("\(Quoted(apiVersion)) is not an apiVersion; write it like apps/v1 or v1")
        }
        guard object["metadata"]?.object != nil else { throw fail("the object has no metadata") }
        for member in ["name", "namespace"] {
            guard let given = value[path: ["metadata", member]], given != .null, given.string == nil else { continue }
            throw fail("metadata.\(member) is \(given.kind); write it in quotes")
        }
        guard let name = value[path: ["metadata", "name"]]?.nonemptyString else {
            throw fail(
                value[path: ["metadata", "generateName"]] == nil
                    ? "the object has no metadata.name"
                    : "the object has a generateName and no name, and each run would make another one; give it a name")
        }
        if let key = value.repeatedKey {
            throw fail("the key \(Quoted(key)) stands twice in one mapping; remove one of them")
        }
        namespace = value[path: ["metadata", "namespace"]]?.nonemptyString
        for text in [name, namespace ?? "x"] where !Self.isName(text, apiVersion) {
            throw fail("\(Quoted(text)) is not a name for an object; use lower-case letters, digits, '-' and '.'")
        }
        self.name = name
        self.place = place
        serverMade = JSONValue.serverMade.filter { (value[path: $0] ?? .null) != .null }.map {
            $0.joined(separator: ".")
        }
        self.object = value.withoutServerFields
    }

    /// A DNS subdomain (RFC 1123); roles and their bindings take whatever can be a path's segment.
    private static func isName(_ text: String, _ apiVersion: String) -> Bool {
        guard apiVersion.hasPrefix("rbac.authorization.k8s.io/") else { return (try? DNSSubdomain(text)) != nil }
        return text.utf8.count <= 253 && text != "." && text != ".." && !text.utf8.contains { "/%".utf8.contains($0) }
    }
}

/// Everything that is wrong with manifests.
public struct ManifestError: Error {
    /// At least one.
    public let problems: [Problem]
}

extension JSONValue {
    /// What only a server makes in an object.
    fileprivate static let serverMade: [MemberPath] =
        [["status"]]
        + ["managedFields", "uid", "resourceVersion", "creationTimestamp", "generation", "selfLink"].map {
            ["metadata", $0]
        }

    /// The object without what only a server makes.
    var withoutServerFields: JSONValue { Self.serverMade.reduce(self) { $0.setting(nil, at: $1) } }

    /// A key that a mapping in it has twice, as a text that is JSON may have it; nil where there is none.
    fileprivate var repeatedKey: String? {
        let members = object?.sortedMembers ?? []
        return zip(members, members.dropFirst()).first { $0.name.isExactly($1.name) }?.0.name
            ?? (members.map(\.value) + (array ?? [])).lazy.compactMap(\.repeatedKey).first
    }

    /// The objects of a List, or the value itself.
    fileprivate var unfolded: [JSONValue] {
        guard self["kind"]?.string?.hasSuffix("List") == true, let items = self["items"]?.array else { return [self] }
        return items.flatMap(\.unfolded)
    }
}
