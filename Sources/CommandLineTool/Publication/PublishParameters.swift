import HTTP

/// What publish and check are called with, well formed: what is meant, and how to reach the store.
struct PublishParameters {
    let store: StoreName
    /// What is published; nil where that is a list of components.
    let names: WorkloadNames?
    /// How to reach an API; nil where the store is a Git tree.
    private(set) var connection: ConnectionParameters?
    /// Where a Git tree is; nil where the store is an API.
    let tree: TreeParameters?
    /// The end of the run's time.
    let deadline: HTTPDeadline
    /// How many components are published at once.
    let jobs: Int
    /// The values, with the namespace of the connection where none is given.
    let values: ParameterValues

    /// Reads them, perhaps for a command that takes one component alone; throws everything that is wrong with them.
    init(
        _ values: ParameterValues, _ context: CommandContext, isPlaceholderAllowed: Bool = false, isOfOne: Bool = false
    ) throws {
        var reader = ParameterReader(values)
        store = values.word(.to) ?? .api
        // First, for it may have the namespace.
        if store == .kubernetes {
            connection = try ConnectionParameters.cluster(&reader, context, isPlaceholderAllowed: isPlaceholderAllowed)
        }
        if store != .api, values.text(.wait) != nil {
            reader.report(.wait, "only the OpenChoreo API says what becomes of a Workload; leave it out")
        }
        let isList = values.text(.components) != nil && !isOfOne
        names = isList ? nil : WorkloadNames(&reader)
        if store == .api { connection = ConnectionParameters(&reader, isPlaceholderAllowed: isPlaceholderAllowed) }
        tree = store == .git ? TreeParameters(&reader) : nil
        if isOfOne, values.origin(of: .components) == .flag {
            reader.report(.components, "one component is looked at; name it by \(Parameter.component.flag)")
        }
        jobs = isList ? reader.number(.jobs, in: 1...64) ?? 1 : 1
        let timeout = store == .git ? reader.duration(.timeout) : connection?.http.timeout
        self.values = reader.values
        try reader.finish()
        deadline = context.beginTime(timeout ?? .zero)
    }
}
