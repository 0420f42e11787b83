extension Parameter {
    static let image = Parameter(
        flag: "--image", variables: ["IMAGE"], argument: .value("REF"), defaultNote: "required, or --image-file",
        isRequired: true, summary: "The container image that was built, by tag or better by digest")

    static let imageFile = Parameter(
        flag: "--image-file", variables: ["IMAGE_FILE"], argument: .value("FILE"),
        summary: "A file that holds the image in one line, as the build left it, in place of --image",
        completion: .files)

    static let imageDigestFile = Parameter(
        flag: "--image-digest-file", variables: ["IMAGE_DIGEST_FILE"], argument: .value("FILE"),
        summary: "A file that holds the digest to pin the image by, or buildx's metadata in JSON", completion: .files)

    static let namespace = Parameter(
        flag: "--namespace", short: "n", variables: ["NAMESPACE_NAME"], argument: .value("NAME"),
        defaultNote: "required",
        isRequired: true,
        summary: "The control plane's namespace")

    static let project = Parameter(
        flag: "--project", variables: ["PROJECT_NAME"], argument: .value("NAME"), defaultNote: "required",
        isRequired: true,
        summary: "The project that owns the Workload")

    static let component = Parameter(
        flag: "--component", variables: ["COMPONENT_NAME"], argument: .value("NAME"), defaultNote: "required",
        isRequired: true,
        summary: "The component that owns the Workload")

    static let workloadName = Parameter(
        flag: "--workload-name", variables: ["WORKLOAD_NAME"], argument: .value("NAME"),
        defaultNote: "COMPONENT-workload",
        summary: "The Workload's name; auto is that of the component's one Workload, where there is one")

    static let sourceDir = Parameter(
        flag: "--source-dir", variables: ["SOURCE_DIR"], argument: .value("DIR"), defaultValue: ".",
        summary: "The checkout; files that a descriptor names are read inside it alone", completion: .folders)

    static let appPath = Parameter(
        flag: "--app-path", variables: ["APP_PATH"], argument: .value("PATH"), defaultNote: "the source dir itself",
        summary: "The component's folder in the source dir; a leading / or ./ means nothing", completion: .folders)

    static let descriptor = Parameter(
        flag: "--descriptor", variables: ["DESCRIPTOR"], argument: .value("FILE"),
        defaultNote: "workload.yaml in the app path, where there is one",
        summary: "The descriptor; without one the Workload is made of the image alone", completion: .files)

    static let strict = Parameter(
        flag: "--strict", variables: ["STRICT"], argument: .toggle, defaultNote: "off",
        summary: "Warnings about the descriptor are errors")

    static let labels = Parameter(
        flag: "--label", argument: .repeated("K=V"), summary: "A label to set on the Workload; may be repeated")

    static let annotations = Parameter(
        flag: "--annotation", argument: .repeated("K=V"),
        summary: "An annotation to set on the Workload; may be repeated")

    /// What says which Workload to build, for publish and render alike.
    static let workload: [Parameter] = [
        image, imageFile, imageDigestFile, namespace, project, component, workloadName, sourceDir, appPath, descriptor,
        strict, labels, annotations,
    ]
}
