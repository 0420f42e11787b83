extension Parameter {
    static let image = Parameter(
        "--image", .value("REF"), env: ["IMAGE"], default: .note("required, or --image-file"),
        "The container image that was built, by tag or better by digest")

    static let imageFile = Parameter(
        "--image-file", .value("FILE"), env: ["IMAGE_FILE"],
        "A file that holds the image in one line, as the build left it, in place of --image")

    static let imageDigestFile = Parameter(
        "--image-digest-file", .value("FILE"), env: ["IMAGE_DIGEST_FILE"],
        "A file that holds the digest to pin the image by, or buildx's metadata in JSON")

    static let namespace = Parameter(
        "--namespace -n", .value("NAME"), env: ["NAMESPACE_NAME"], default: .note("required"),
        "The control plane's namespace")

    static let project = Parameter(
        "--project", .value("NAME"), env: ["PROJECT_NAME"], default: .note("required"),
        "The project that owns the Workload")

    static let component = Parameter(
        "--component", .value("NAME"), env: ["COMPONENT_NAME"], default: .note("required"),
        "The component that owns the Workload")

    static let workloadName = Parameter(
        "--workload-name", .value("NAME"), env: ["WORKLOAD_NAME"], default: .note("COMPONENT-workload"),
        "The Workload's name; auto is that of the component's one Workload, where there is one")

    static let sourceDir = Parameter(
        "--source-dir", .value("DIR"), env: ["SOURCE_DIR"], default: ".",
        "The checkout; files that a descriptor names are read inside it alone")

    static let appPath = Parameter(
        "--app-path", .value("PATH"), env: ["APP_PATH"], default: .note("the source dir itself"),
        "The component's folder in the source dir; a leading / or ./ means nothing"
    ).changed { $0.completion = .folders }

    static let descriptor = Parameter(
        "--descriptor", .value("FILE"), env: ["DESCRIPTOR"],
        default: .note("workload.yaml in the app path, where there is one"),
        "The descriptor; without one the Workload is made of the image alone")

    static let strict = Parameter("--strict", .toggle, env: ["STRICT"], "Warnings about the descriptor are errors")

    static let labels = Parameter("--label", .repeated("K=V"), "A label to set on the Workload; may be repeated")

    static let annotations = Parameter(
        "--annotation", .repeated("K=V"), "An annotation to set on the Workload; may be repeated")

    /// What says which Workload to build, for publish and render alike.
    static let workload: [Parameter] = [
        image, imageFile, imageDigestFile, namespace, project, component, workloadName, sourceDir, appPath, descriptor,
        strict, labels, annotations,
    ]
}
