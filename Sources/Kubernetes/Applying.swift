public import ControlPlaneAccess
import HTTP
public import JSON
public import Objects
import Redaction
import Text

/// Applies manifests, one after another, and knows what of the API's kinds it has met on the way.
public struct Applying {
    let api: KubernetesAPI
    private let defaultNamespace: String
    private let forcesConflicts: Bool
    private let isDryRun: Bool
    /// The resources of each group and version that were asked for.
    private var served: [String: [ResourceKind]] = [:]
    /// The kinds that this run has defined, each as group and kind, and until when they are waited for.
    private var defined: [String: ContinuousClock.Instant] = [:]

    /// How long a kind is waited for after its definition was applied.
    private static let patience = Duration.seconds(10)

    /// Nothing is sent yet.
    public init(_ api: KubernetesAPI, defaultNamespace: String, forcesConflicts: Bool, isDryRun: Bool) {
        self.api = api
        self.defaultNamespace = defaultNamespace
        self.forcesConflicts = forcesConflicts
        self.isDryRun = isDryRun
    }

    /// An object that was applied.
    public struct Applied {
        /// What became of it.
        public let action: WriteAction
        /// The object before; nil where there was none or it could not be read.
        public let live: JSONValue?
        /// The object as the server has it now, or would have it.
        public let object: JSONValue
        /// The object as kubectl names it.
        public let identity: ObjectIdentity
        let collection: ResourceCollection
    }

    /// Obtains the access token; throws what keeps every object from being applied.
    public func authenticate() throws(Problem) { _ = try api.client.authenticate() }

    /// Applies one object.
    public mutating func apply(_ manifest: Manifest) throws(Problem) -> Applied {
        let deadline = defined[manifest.groupKind]
        while true {
            do throws(Problem) {
                let applied = try apply(manifest, try kind(of: manifest))
                if let made = manifest.definedKind, !isDryRun {
                    defined[made] = api.client.timing.now().advanced(by: Self.patience)
                }
                return applied
            } catch {
                let isListed = !(error.cause is UnservedKind)
                guard !isListed || (error.cause as? KubernetesRefusal)?.reason == .notServed, let deadline,
                    api.client.timing.now() < deadline
                else { throw error }
                if !isListed { served[manifest.apiVersion] = nil }
            }
            api.client.timing.sleep(.milliseconds(100))
        }
    }

    private func apply(_ manifest: Manifest, _ kind: ResourceKind) throws(Problem) -> Applied {
        let collection = ResourceCollection(api: api, kind: kind, namespace: manifest.namespace ?? defaultNamespace)
        let identity = ObjectIdentity(
            kind: manifest.identity.kind, namespace: kind.isNamespaced ? collection.namespace : nil, name: manifest.name
        )
        var live: JSONValue?
        var wasAbsent = false
        switch try collection.read(manifest.name) {
        case .found(let object): live = object
        case .absent: wasAbsent = true
        case .unreadable: break
        }
        var isForced = forcesConflicts
        var wasLost = false
        var tries = 0
        while true {
            let request = request(for: manifest, in: collection, isForced: isForced)
            switch try api.client.attempt(request) {
            case .failed(let problem, let mayHaveTakenEffect):
                wasLost = wasLost || mayHaveTakenEffect
                tries += 1
                try collection.wait(after: problem, tries: tries)
            case .response(let response) where 200..<300 ~= response.status:
                let object = try api.client.object(in: response, named: manifest.name)
                if object.isBeingDeleted, !isDryRun {
                    // What is written to an object that is about to be gone is gone with it.
                    try collection.waitForStore(
                        Problem(
                            .temporary, at: "\(identity)", "it is being deleted, and is still there",
                            cause: Problem.Reason.beingDeleted))
                    continue
                }
                let isNew = response.status == 201 || wasAbsent && wasLost
                let version = object[path: ["metadata", "resourceVersion"]]
                let isUnchanged =
                    isDryRun
                    ? live?.isSame(as: object) == true
                    : version != nil && live?[path: ["metadata", "resourceVersion"]] == version
                return Applied(
                    action: isNew ? .created : isUnchanged ? .unchanged : .updated, live: live, object: object,
                    identity: identity, collection: collection)
            case .response(let response):
                let problem = collection.problem(response)
                guard problem.kind == .conflict else { throw problem }
                guard case .fieldConflict(let conflicts) = (problem.cause as? KubernetesRefusal)?.reason else {
                    tries += 1
                    try collection.wait(after: api.client.conflict(response), tries: tries)
                    continue
                }
                // An update under the very same name is an earlier run of another kind.
                guard !isForced, conflicts.allSatisfy({ $0.manager.isExactly(api.fieldManager) }), !conflicts.isEmpty
                else {
                    throw problem
                }
                isForced = true
            }
        }
    }

    /// Whether what a manifest lacks, by that problem, is what others of the same run would make.
    public func isMade(_ problem: Problem, for manifest: Manifest, by others: [Manifest]) -> Bool {
        if problem.cause is UnservedKind { return others.contains { $0.definedKind == manifest.groupKind } }
        guard case .missingNamespace = (problem.cause as? KubernetesRefusal)?.reason else { return false }
        return others.contains {
            $0.apiVersion == "v1" && $0.kind == "Namespace" && $0.name == manifest.namespace ?? defaultNamespace
        }
    }

    /// The requests for one object, with a guess at its resource's name.
    public func plan(_ manifest: Manifest) -> [PlannedRequest] {
        let isOfTheCluster = manifest.namespace == nil && manifest.isUsuallyOfTheCluster
        let kind = ResourceKind(
            apiVersion: manifest.apiVersion, kind: manifest.kind, plural: manifest.kind.lowercased() + "s",
            isNamespaced: !isOfTheCluster)
        let collection = ResourceCollection(api: api, kind: kind, namespace: manifest.namespace ?? defaultNamespace)
        return [
            api.client.planned(
                collection.reading(of: manifest.name), "if the API serves the kind under this name"),
            api.client.planned(request(for: manifest, in: collection, isForced: forcesConflicts), "the same"),
        ]
    }

    private func request(for manifest: Manifest, in collection: ResourceCollection, isForced: Bool) -> HTTPRequest {
        var options: [(name: String, value: String)] = isForced ? [("force", "true")] : []
        if isDryRun { options.append(("dryRun", "All")) }
        let body = HTTPBody.data(manifest.object.serializedForApply(), contentType: "application/apply-patch+yaml")
        return api.request(.patch, collection.path + [manifest.name], body, options: options)
    }

    private mutating func kind(of manifest: Manifest) throws(Problem) -> ResourceKind {
        if served[manifest.apiVersion] == nil { served[manifest.apiVersion] = try api.kinds(of: manifest.apiVersion) }
        if let kind = served[manifest.apiVersion]?.first(where: { $0.kind == manifest.kind }) { return kind }
        throw Problem(
            .refused, at: manifest.place,
            "the API serves no kind \(Quoted(manifest.kind)) of \(Quoted(manifest.apiVersion))",
            cause: UnservedKind())
    }
}

/// A kind whose definition is missing.
public struct UnservedKind: Error {}

extension KubernetesAPI {
    /// The kinds of a group and version; none where that is not served.
    func kinds(of apiVersion: String) throws(Problem) -> [ResourceKind] {
        let response = try client.send(request(.get, ResourceKind.root(of: apiVersion)))
        guard 200..<300 ~= response.status else {
            let problem = problem(response, "get the list of resources")
            if case .notServed = (problem.cause as? KubernetesRefusal)?.reason { return [] }
            throw problem
        }
        let list = try client.json(in: response)
        guard let resources = list["resources"]?.array else {
            throw client.unexpected(response, "it is not a list of resources")
        }
        return resources.compactMap { entry in
            guard let kind = entry["kind"]?.string, let plural = entry["name"]?.string,
                !plural.utf8.contains(UInt8(ascii: "/"))
            else { return nil }
            return ResourceKind(
                apiVersion: apiVersion, kind: kind, plural: plural, isNamespaced: entry["namespaced"] == true)
        }
    }
}

extension JSONValue {
    /// The object as it may be shown: without what the server makes anew at every write, and what a Secret holds redacted.
    public var shownAsManifest: JSONValue {
        var object = withoutServerFields
        guard object["kind"] == "Secret", object["apiVersion"] == "v1" else { return object }
        // In which kubectl keeps the whole Secret once more.
        let copy = ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"]
        if object[path: copy] != nil { object = object.setting(.string(Secret.placeholder), at: copy) }
        for member in ["data", "stringData"] {
            let names = (object[member]?.object?.members ?? []).map(\.name)
            for name in names { object = object.setting(.string(Secret.placeholder), at: [member, name]) }
        }
        return object
    }

    fileprivate func isSame(as other: JSONValue) -> Bool { withoutServerFields == other.withoutServerFields }
}
