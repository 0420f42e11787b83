import JSON

/// What a `workload.yaml` that is well formed adds to a Workload, the files it names read in.
///
/// Texts are as they were written and lists are in the order in which they were written.
public struct Descriptor: Sendable, Equatable {
    /// The members of `spec` beside `owner`, and those of `spec.container` beside `image`.
    var spec = JSONObject()
}
