import JSON

/// What a `workload.yaml` that is well formed adds to a Workload, the files it names read in.
///
/// Texts are as they were written and lists are in the order in which they were written.
public struct Descriptor: Sendable, Equatable {
    /// The members of `spec` beside `owner` and `container`.
    let spec: JSONObject
    /// The members of `spec.container` beside `image`.
    let container: JSONObject

    /// A descriptor that says nothing.
    public init() {
        self.init(spec: JSONObject(), container: JSONObject())
    }

    /// A descriptor that adds those members.
    init(spec: JSONObject, container: JSONObject) {
        self.spec = spec
        self.container = container
    }
}
