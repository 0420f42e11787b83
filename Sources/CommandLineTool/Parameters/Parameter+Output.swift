extension Parameter {
    static let runName = Parameter(
        "--run-name", .value("NAME"), env: ["RUN_NAME"], "The WorkflowRun to annotate with what was published")

    static let update = Parameter(
        "--update", .choice(UpdateMode.words), env: ["UPDATE"],
        default: .note("merge with a descriptor, image without"),
        "How a Workload that exists is updated: merge keeps the labels and annotations that others put on it, "
            + "replace overwrites the whole of it, image changes the image alone")

    static let dryRun = Parameter(
        "--dry-run", .choice(DryRun.words, bare: DryRun.client.rawValue), env: ["DRY_RUN"],
        "Write nothing: client prints the requests and sends none, server shows what would change")

    static let components = Parameter(
        "--components", .value("FILE"), env: ["PUBLISH_COMPONENTS"],
        "Publish many components in one run: a list in YAML or JSON of mappings whose keys are the names of "
            + "parameters; - reads standard input")

    static let jobs = Parameter(
        "--jobs", .value("N"), env: ["PUBLISH_JOBS"], default: "8",
        "How many components are published at once, at most 64")

    static let outputsDir = Parameter(
        "--outputs-dir", .value("DIR"), env: ["OUTPUTS_DIR"],
        "Where to write the files workload-name, action and workload.json")

    static let publishOutput = Parameter(
        "--output -o", .choice(LogFormat.words), env: ["OUTPUT"], "The form of the result on standard output")

    static let logFormat = Parameter(
        "--log-format", .choice(LogFormat.words), env: ["LOG_FORMAT"], "The form of the log on standard error")

    static let quiet = Parameter("--quiet", .toggle, "Log nothing but warnings and errors")

    static let verbose = Parameter("--verbose", .toggle, "Log each request and each wait as well")

    static let renderOutput = Parameter("--output -o", .choice(DocumentFormat.words), "The form to print")

    static let payload = Parameter("--payload", .toggle, "Print the API's request body: no apiVersion, no kind")

    static let outputFile = Parameter(
        "--output-file", .value("FILE"), default: .note("standard output"), "The file to write")

    static let reportFormat = Parameter(
        "--format -o", .choice(ReportFormat.words),
        "The form of the report: for people and editors, one object, annotations of GitHub Actions, or SARIF 2.1.0")

    static let fix = Parameter(
        "--fix", .toggle,
        "Rewrite former spellings, letter case and quotes around whole numbers in place, and nothing else")

    static let fixDiff = Parameter(
        "--diff", .toggle, "With --fix: print what it would change instead, and write nothing")

    /// Many components in one run.
    static let many: [Parameter] = [components, jobs]

    /// How publish goes about it and what it prints.
    static let publishing: [Parameter] = [
        runName, update, dryRun, wait, outputsDir, publishOutput, logFormat, quiet, verbose,
    ]

    /// What render prints, and where.
    static let rendering: [Parameter] = [renderOutput, payload, outputFile]

    /// What validate holds descriptors to, and how it reports.
    static let validating: [Parameter] = [sourceDir, strict, fix, fixDiff, reportFormat]
}
