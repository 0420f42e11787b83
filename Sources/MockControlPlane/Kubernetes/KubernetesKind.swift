import JSON

extension MockControlPlane {
    /// A resource of the Kubernetes API.
    public struct KubernetesKind: Sendable {
        /// The API group; empty for the core.
        public var group: String
        /// The version in the group.
        public var version: String
        /// The kind, as it stands in an object.
        public var kind: String
        /// The plural, as it stands in a path.
        public var plural: String
        /// Whether its objects are inside a namespace.
        public var isNamespaced: Bool
        /// The OpenAPI v3 schema; nil takes any object.
        public var schema: JSONValue?
        /// Whether the status is written by controllers alone.
        public var hasStatus: Bool

        /// A kind of these names; the plural is the kind in small letters with an `s` unless it is given.
        public init(
            _ apiVersion: String, _ kind: String, plural: String? = nil, isNamespaced: Bool = true,
            hasStatus: Bool = true
        ) {
            let parts = apiVersion.split(separator: "/", maxSplits: 1).map(String.init)
            group = parts.count == 2 ? parts[0] : ""
            version = parts.last ?? ""
            self.kind = kind
            self.plural = plural ?? kind.lowercased() + "s"
            self.isNamespaced = isNamespaced
            self.hasStatus = hasStatus
        }

        /// Group and version as they stand in an object.
        public var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

        /// The plural with its group, as errors name it.
        var resource: String { group.isEmpty ? plural : "\(plural).\(group)" }

        /// The kind with its group, as errors name it.
        var qualifiedKind: String { group.isEmpty ? kind : "\(kind).\(group)" }

        /// Whether generations count what is written beside metadata and status.
        var hasGeneration: Bool { !group.isEmpty }
    }
}

extension MockControlPlane.KubernetesKind {
    /// What a server has without any custom resource.
    static let core = [
        Self("v1", "Namespace", isNamespaced: false), Self("v1", "ConfigMap", hasStatus: false),
        Self("v1", "Secret", hasStatus: false), definition,
    ]

    /// The kind that makes others.
    static let definition = Self("apiextensions.k8s.io/v1", "CustomResourceDefinition", isNamespaced: false)

    /// The kinds of OpenChoreo that publishing touches.
    static func openChoreo(_ version: MockControlPlane.APIVersion) -> [Self] {
        var workload = Self("openchoreo.dev/v1alpha1", "Workload")
        workload.schema = ["type": "object", "properties": ["spec": ObjectSchema.workloadSpec(version).openAPI]]
        return [workload, Self("openchoreo.dev/v1alpha1", "WorkflowRun")]
    }

    /// The kinds that a CustomResourceDefinition makes, one for each version that it serves.
    static func kinds(of definition: JSONValue) -> [Self] {
        let spec = definition["spec"]
        guard let group = spec?["group"]?.string, let names = spec?["names"], let kind = names["kind"]?.string,
            let plural = names["plural"]?.string
        else { return [] }
        return (spec?["versions"]?.array ?? []).compactMap { version in
            guard version["served"] == true, let name = version["name"]?.string else { return nil }
            var made = Self(
                "\(group)/\(name)", kind, plural: plural, isNamespaced: spec?["scope"] == "Namespaced",
                hasStatus: version["subresources"]?["status"] != nil)
            made.schema = version["schema"]?["openAPIV3Schema"]
            return made
        }
    }
}

extension ObjectSchema {
    /// The same rules as an OpenAPI v3 schema; a rule that a definition states in CEL is a member `rule` of two or more
    /// words here.
    var openAPI: JSONValue {
        switch self {
        case .string(let minLength): ["type": "string", "minLength": .number(JSONNumber(minLength))]
        case .word(let words): ["type": "string", "enum": .array(words.map(JSONValue.string))]
        case .integer(let range):
            [
                "type": "integer", "minimum": .number(JSONNumber(range.lowerBound)),
                "maximum": .number(JSONNumber(range.upperBound)),
            ]
        case .object(let properties, let rule):
            [
                "type": "object",
                "properties": .object(
                    JSONObject(properties.map { JSONObject.Member(name: $0.name, value: $0.schema.openAPI) })),
                "required": .array(properties.filter(\.isRequired).map { .string($0.name) }), "rule": Self.words(rule),
            ]
        case .map(let element, let maxProperties, let rule):
            [
                "type": "object", "additionalProperties": element.openAPI,
                "maxProperties": .number(JSONNumber(maxProperties ?? Int.max)), "rule": Self.words(rule),
            ]
        case .list(let element, let maxItems, let unique):
            [
                "type": "array", "items": element.openAPI, "maxItems": .number(JSONNumber(maxItems ?? Int.max)),
                "x-kubernetes-list-type": Self.listType(unique), "x-kubernetes-list-map-keys": Self.listKeys(unique),
            ]
        case .anything: ["x-kubernetes-preserve-unknown-fields": true]
        }
    }

    private static func words(_ rule: Rule?) -> JSONValue {
        switch rule {
        case .atMostOne(let a, let b): ["atMostOne", .string(a), .string(b)]
        case .exactlyOne(let a, let b): ["exactlyOne", .string(a), .string(b)]
        case .nothingEmpty(let message): ["nothingEmpty", .string(message)]
        case nil: []
        }
    }

    private static func listType(_ unique: Uniqueness?) -> JSONValue {
        switch unique {
        case .member: "map"
        case .whole: "set"
        case nil: "atomic"
        }
    }

    private static func listKeys(_ unique: Uniqueness?) -> JSONValue {
        if case .member(let name) = unique { return [.string(name)] }
        return []
    }
}
