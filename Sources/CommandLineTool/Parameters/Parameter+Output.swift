extension Parameter {
    static let runName = Parameter(
        flag: "--run-name", variables: ["RUN_NAME"], argument: .value("NAME"),
        summary: "The WorkflowRun to annotate with what was published")

    static let update = Parameter(
        flag: "--update", variables: ["UPDATE"], argument: .choice(UpdateMode.words),
        defaultNote: "merge with a descriptor, image without",
        summary: "How a Workload that exists is updated: merge keeps the labels and annotations that others put on it, "
            + "replace overwrites the whole of it, image changes the image alone")

    static let dryRun = Parameter(
        flag: "--dry-run", variables: ["DRY_RUN"],
        argument: .optionalChoice(DryRun.words, bare: DryRun.client.rawValue), defaultNote: "off",
        summary: "Write nothing: client prints the requests and sends none, server shows what would change")

    static let components = Parameter(
        flag: "--components", variables: ["PUBLISH_COMPONENTS"], argument: .value("FILE"),
        summary: "Publish many components in one run: a list in YAML or JSON of mappings whose keys are the names of "
            + "parameters; - reads standard input", completion: .files)

    static let jobs = Parameter(
        flag: "--jobs", variables: ["PUBLISH_JOBS"], argument: .value("N"), defaultValue: "8",
        summary: "How many components are published at once, at most 64")

    static let outputsDir = Parameter(
        flag: "--outputs-dir", variables: ["OUTPUTS_DIR"], argument: .value("DIR"),
        summary: "Where to write the files workload-name, action and workload.json", completion: .folders)

    static let publishOutput = Parameter(
        flag: "--output", short: "o", variables: ["OUTPUT"], argument: .choice(LogFormat.words), defaultValue: "text",
        summary: "The form of the result on standard output")

    static let logFormat = Parameter(
        flag: "--log-format", variables: ["LOG_FORMAT"], argument: .choice(LogFormat.words), defaultValue: "text",
        summary: "The form of the log on standard error")

    static let quiet = Parameter(
        flag: "--quiet", argument: .toggle, defaultNote: "off", summary: "Log nothing but warnings and errors")

    static let verbose = Parameter(
        flag: "--verbose", argument: .toggle, defaultNote: "off", summary: "Log each request and each wait as well")

    static let renderOutput = Parameter(
        flag: "--output", short: "o", argument: .choice(DocumentFormat.words), defaultValue: "yaml",
        summary: "The form to print")

    static let payload = Parameter(
        flag: "--payload", argument: .toggle, defaultNote: "off",
        summary: "Print the API's request body: no apiVersion, no kind")

    static let outputFile = Parameter(
        flag: "--output-file", argument: .value("FILE"), defaultNote: "standard output",
        summary: "The file to write", completion: .files)

    static let reportFormat = Parameter(
        flag: "--format", short: "o", argument: .choice(ReportFormat.words), defaultValue: "text",
        summary: "The form of the report: for people and editors, one object, annotations of GitHub Actions, or SARIF "
            + "2.1.0")

    static let fix = Parameter(
        flag: "--fix", argument: .toggle, defaultNote: "off",
        summary: "Rewrite former spellings, letter case and quotes around whole numbers in place, and nothing else")

    static let fixDiff = Parameter(
        flag: "--diff", argument: .toggle, defaultNote: "off",
        summary: "With --fix: print what it would change instead, and write nothing")

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
