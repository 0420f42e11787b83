import Redaction

extension Parameter {
    static let preset = Parameter(
        flag: "--preset", argument: .choice(["production", "k3d"]), defaultValue: "production",
        summary: "Where the defaults come from: production leaves URLs and client to the caller and takes the secret "
            + "from a Secret, k3d is the quick-start cluster")

    static let stepName = Parameter(
        flag: "--name", argument: .value("NAME"), defaultValue: "generate-workload",
        summary: "The name of the resource, action or job")

    static let publisherImage = Parameter(
        flag: "--publisher-image", argument: .value("REF"),
        defaultNote: "\(Program.publisherImage), for gitlab \(Program.publisherImage)-shell",
        summary: "The image that holds this program, where it was pushed; best by digest")

    static let sourcePath = Parameter(
        flag: "--source-path", argument: .value("PATH"),
        defaultNote: "argo: source in the workspace; else the checkout itself", summary: "Where the checkout is")

    static let kind = Parameter(
        flag: "--kind", argument: .choice(["ClusterWorkflowTemplate", "WorkflowTemplate"]),
        defaultValue: "ClusterWorkflowTemplate", summary: "For argo: the resource to print")

    static let templateName = Parameter(
        flag: "--template-name", argument: .value("NAME"), defaultValue: "generate-workload-cr",
        summary: "For argo: the template's name in the resource")

    static let credentials = Parameter(
        flag: "--credentials", argument: .value("secret:NAME/KEY|parameter"),
        defaultNote: "secret:workload-publisher-oauth-secret/client-secret, with k3d parameter",
        summary: "For argo and tekton: where the client's secret comes from, a key of a Secret or the step's inputs, "
            + "where Kubernetes expands $$ and $(NAME)")

    static let workspaceMount = Parameter(
        flag: "--workspace-mount", argument: .value("PATH"), defaultValue: "/mnt/vol",
        summary: "For argo: where the volume workspace is mounted")

    static let caConfigMap = Parameter(
        flag: "--ca-config-map", argument: .value("NAME/KEY"),
        summary: "For argo and tekton: a key of a ConfigMap that holds the certificates to trust")

    static let retryLimit = Parameter(
        flag: "--retry-limit", argument: .value("N"), defaultValue: "0",
        summary: "For argo: how often a step that ended with 75 is started again; above 0 OpenChoreo does not find its "
            + "logs by the task's name")

    static let imagePullSecret = Parameter(
        flag: "--image-pull-secret", argument: .value("NAME"),
        summary: "For argo: the Secret in the pod's namespace with which the program's image is pulled")

    static let stepTo = Parameter(
        flag: "--to", argument: .choice(["api", "kubernetes"]), defaultValue: "api",
        summary: "Where the step publishes to; kubernetes, for argo and tekton: to the cluster's own API by a service "
            + "account, which is printed with its Role and RoleBinding")

    static let stepNamespace = Parameter(
        flag: "--namespace", short: "n", argument: .value("NAME"), defaultValue: "default",
        summary: "With --to kubernetes: the namespace that is written to, where the Role is")

    static let serviceAccount = Parameter(
        flag: "--service-account", argument: .value("NAMESPACE/NAME"),
        defaultNote: "workflows-NAMESPACE/\(Program.name)",
        summary: "With --to kubernetes: the service account, in the namespace of the pods")

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
