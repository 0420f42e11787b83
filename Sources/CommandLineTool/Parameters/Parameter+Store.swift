/// Where an object goes.
enum StoreName: String, ParameterWord {
    case api, kubernetes, git
}

extension Parameter {
    static let to = Parameter(
        flag: "--to", variables: ["PUBLISH_TO"], argument: .choice(StoreName.words),
        defaultValue: StoreName.api.rawValue,
        summary:
            "Where it goes: the OpenChoreo API, the API of the Kubernetes cluster itself, or a Git tree of manifests")

    static let kubeconfig = Parameter(
        flag: "--kubeconfig", variables: ["KUBECONFIG"], argument: .value("FILE"),
        defaultNote: "to kubernetes: the pod's service account, unless --api-server-url is given",
        summary: "To kubernetes: a kubeconfig that names the cluster and a credential; no program in it is run",
        completion: .files)

    static let context = Parameter(
        flag: "--context", argument: .value("NAME"), defaultNote: "the kubeconfig's current context",
        summary: "The context of the kubeconfig to use")

    static let forceConflicts = Parameter(
        flag: "--force-conflicts", variables: ["FORCE_CONFLICTS"], argument: .toggle, defaultNote: "off",
        summary: "Take over fields that another field manager owns")

    /// Where an object goes, and as whom it gets there.
    static let store: [Parameter] = [to, kubeconfig, context, forceConflicts, tree, treePath]

    static let file = Parameter(
        flag: "--filename", short: "f", argument: .repeated("FILE"),
        summary: "A file of manifests, like the operands; may be repeated", completion: .files)

    static let set = Parameter(
        flag: "--set", argument: .repeated("PATH=VALUE"),
        summary: "A value to change in the object before it is applied, as the command set does; may be repeated")

    static let waitFor = Parameter(
        flag: "--wait-for", argument: .repeated("CONDITION"),
        summary:
            "What to wait for within --timeout: condition=Ready, condition=NAME=STATUS or .status.phase=Running; may "
            + "be repeated, and all have to hold")

    static let failOn = Parameter(
        flag: "--fail-on", argument: .repeated("CONDITION"),
        summary: "What ends the wait at once as a failure, in the same words; may be repeated")

    static let fieldManager = Parameter(
        flag: "--field-manager", argument: .value("NAME"), defaultValue: Program.name,
        summary: "The name under which the fields of the manifest are owned; two applies of one object need two names")

    /// What apply applies, and where; a pipeline's variables for publish change nothing of it.
    static let applying: [Parameter] = [
        file, set,
        namespace.withoutVariables.changed {
            $0.summary = "The namespace of objects that name none; one that they name has to be the same"
            $0.isRequired = false
            $0.defaultNote = "the context's or the pod's, or else default"
        },
        waitFor, failOn, fieldManager,
    ]

    static let applyTo = Parameter(
        flag: "--to", argument: .choice([StoreName.kubernetes.rawValue, StoreName.git.rawValue]),
        defaultValue: StoreName.kubernetes.rawValue,
        summary: "Where the objects go")

    /// Where apply applies.
    static let applyingStore: [Parameter] = [
        applyTo, kubeconfig, context, forceConflicts, tree.withoutVariables,
        treePath.withoutVariables.changed { $0.defaultNote = "the whole tree; a new object needs one" },
    ]

    /// How apply reaches a cluster without a kubeconfig.
    static let applyingConnection: [Parameter] = connection.map { parameter in
        parameter.changed {
            if $0.flag == apiServerURL.flag {
                $0.summary = "The cluster's API server, in the place of a kubeconfig"
                $0.defaultNote = "the kubeconfig's or the pod's"
            } else if $0.defaultNote.utf8.starts(with: "required".utf8) {
                $0.defaultNote = "with \(apiServerURL.flag): \($0.defaultNote)"
            }
        }
    }

    /// How apply goes about it and what it prints.
    static let applyingOutput: [Parameter] = [
        dryRun,
        outputsDir.changed { $0.summary = "Where to write the file results.json" },
        publishOutput, logFormat, quiet, verbose,
    ]
}
