public import JSON

/// What publishing would do to a Workload, found out by reading alone.
public struct Preview: Sendable {
    /// What would be done.
    public let action: PublishAction
    /// What the server holds, without what the server makes; nil where there is no Workload.
    public let live: JSONValue?
    /// What it would hold.
    public let result: JSONValue
}

extension Publisher {
    /// Reads the Workload and works out what publishing would make of it; writes nothing.
    public func preview(_ publication: Publication) throws(PublishingError) -> Preview {
        let collection = collection(of: publication)
        let built = publication.workload.payload
        switch try collection.get(publication.workload.parameters.workloadName) {
        case .refused(let answer) where answer.status == 404:
            return Preview(action: .created, live: nil, result: Self.shown(built))
        case .refused(let answer):
            throw answer.error
        case .found(let live):
            guard case .change(let change) = publication.change else {
                // Nothing is compared before a replacement, so that it is always made.
                return Preview(action: .updated, live: Self.shown(live), result: Self.shown(built))
            }
            let result = try change(live)
            let isSame = collection.writablePart(of: result) == collection.writablePart(of: live)
            return Preview(
                action: isSame ? .unchanged : .updated, live: Self.shown(live), result: Self.shown(result))
        }
    }

    /// The object without what the server makes: identity, labels, annotations and spec.
    private static func shown(_ object: JSONValue) -> JSONValue {
        var metadata = JSONObject()
        for field in ["name", "namespace", "labels", "annotations"] {
            guard let value = object["metadata"]?[field], value != [:] else { continue }
            metadata[field] = value
        }
        var shown = JSONObject()
        shown["metadata"] = .object(metadata)
        shown["spec"] = object["spec"]
        return .object(shown)
    }
}
