import WorkloadModel

extension Parameter {
    static let sourceCommit = Parameter(
        flag: "--source-commit", variables: ["SOURCE_COMMIT"], argument: .value("SHA"),
        summary: "The commit that was built, for spec.source (OpenChoreo 1.2.6 and later)")

    static let sourceBranch = Parameter(
        flag: "--source-branch", variables: ["SOURCE_BRANCH"], argument: .value("NAME"),
        summary: "The branch of that commit")

    static let sourceRepository = Parameter(
        flag: "--source-repository", variables: ["SOURCE_REPOSITORY"], argument: .value("URL"),
        summary: "The repository of that commit, without credentials in the URL")

    static let sourceAuthoredAt = Parameter(
        flag: "--source-authored-at", variables: ["SOURCE_AUTHORED_AT"], argument: .value("TIME"),
        summary: "When that commit was made (RFC 3339)")

    /// What says where an image came from.
    static let source: [Parameter] = [sourceCommit, sourceBranch, sourceRepository, sourceAuthoredAt]
}

extension WorkloadOrigin {
    /// Reads where the image came from; what is malformed the reader has noted.
    init(_ reader: inout ParameterReader) {
        self.init()
        commit = reader.value(.sourceCommit, Self.name)
        branch = reader.value(.sourceBranch, Self.name)
        repository = reader.value(.sourceRepository, Self.repository)
        authoredAt = reader.value(.sourceAuthoredAt, Self.time)
    }
}
