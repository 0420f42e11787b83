import Redaction

extension Parameter {
    static let preset = Parameter(
        "--preset", .choice(["production", "k3d"]),
        "Where the defaults come from: production leaves URLs and client to the caller and takes the secret "
            + "from a Secret, k3d is the quick-start cluster")

    static let stepName = Parameter(
        "--name", .value("NAME"), default: "generate-workload", "The name of the resource, action or job")

    static let publisherImage = Parameter(
        "--publisher-image", .value("REF"),
        default: .note("\(Program.publisherImage), for gitlab \(Program.publisherImage)-shell"),
        "The image that holds this program, where it was pushed; best by digest")

    static let sourcePath = Parameter(
        "--source-path", .value("PATH"), default: .note("argo: source in the workspace; else the checkout itself"),
        "Where the checkout is")

    static let kind = Parameter(
        "--kind", .choice(["ClusterWorkflowTemplate", "WorkflowTemplate"]), "For argo: the resource to print")

    static let templateName = Parameter(
        "--template-name", .value("NAME"), default: "generate-workload-cr",
        "For argo: the template's name in the resource")

    static let credentials = Parameter(
        "--credentials", .value("secret:NAME/KEY|parameter"),
        default: .note("secret:workload-publisher-oauth-secret/client-secret, with k3d parameter"),
        "For argo and tekton: where the client's secret comes from, a key of a Secret or the step's inputs, "
            + "where Kubernetes expands $$ and $(NAME)")

    static let workspaceMount = Parameter(
        "--workspace-mount", .value("PATH"), default: "/mnt/vol", "For argo: where the volume workspace is mounted")

    static let caConfigMap = Parameter(
        "--ca-config-map", .value("NAME/KEY"),
        "For argo and tekton: a key of a ConfigMap that holds the certificates to trust")

    static let retryLimit = Parameter(
        "--retry-limit", .value("N"), default: "0",
        "For argo: how often a step that ended with 75 is started again; above 0 OpenChoreo does not find its "
            + "logs by the task's name")

    static let imagePullSecret = Parameter(
        "--image-pull-secret", .value("NAME"),
        "For argo: the Secret in the pod's namespace with which the program's image is pulled")

    static let stepTo = Parameter(
        "--to", .choice(["api", "kubernetes"]),
        "Where the step publishes to; kubernetes, for argo and tekton: to the cluster's own API by a service "
            + "account, which is printed with its Role and RoleBinding")

    static let stepNamespace = Parameter(
        "--namespace -n", .value("NAME"), default: "default",
        "With --to kubernetes: the namespace that is written to, where the Role is")

    static let serviceAccount = Parameter(
        "--service-account", .value("NAMESPACE/NAME"), default: .note("workflows-NAMESPACE/\(Program.name)"),
        "With --to kubernetes: the service account, in the namespace of the pods")

    /// The connection parameters again, as defaults of inputs; one that may be repeated stands in the step's command.
    ///
    /// They have no variables: what this process's environment happens to hold, a secret perhaps, must not be printed.
    static let inputDefaults: [Parameter] = connection.filter(\.isFlag).map { parameter in
        var parameter = parameter.withoutVariables
        guard !parameter.isRepeated else { return parameter }
        let value = parameter.flag == maxRetries.flag ? "5, for argo 10" : parameter.defaultValue ?? "none"
        parameter.defaultValue = nil
        parameter.defaultNote = "\(value), or the preset's"
        return parameter
    }

    /// What template prints, and where, beside the defaults of inputs.
    static let template: [Parameter] = [
        preset, stepName, publisherImage, sourcePath, kind, templateName, credentials, workspaceMount, caConfigMap,
        retryLimit, imagePullSecret, stepTo, stepNamespace, serviceAccount, outputFile,
    ]
}
