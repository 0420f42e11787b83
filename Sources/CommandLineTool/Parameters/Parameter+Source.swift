import WorkloadModel

extension Parameter {
    static let sourceCommit = Parameter(
        "--source-commit", .value("SHA"), env: ["SOURCE_COMMIT"],
        "The commit that was built, for spec.source (OpenChoreo 1.2.6 and later)")

    static let sourceBranch = Parameter(
        "--source-branch", .value("NAME"), env: ["SOURCE_BRANCH"], "The branch of that commit")

    static let sourceRepository = Parameter(
        "--source-repository", .value("URL"), env: ["SOURCE_REPOSITORY"],
        "The repository of that commit, without credentials in the URL")

    static let sourceAuthoredAt = Parameter(
        "--source-authored-at", .value("TIME"), env: ["SOURCE_AUTHORED_AT"], "When that commit was made (RFC 3339)")

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
