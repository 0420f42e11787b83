/// Where an object goes.
enum StoreName: String, ParameterWord {
    case api, kubernetes, git
}

extension Parameter {
    static let to = Parameter(
        "--to", .choice(StoreName.words), env: ["PUBLISH_TO"],
        "Where it goes: the OpenChoreo API, the API of the Kubernetes cluster itself, or a Git tree of manifests")

    static let kubeconfig = Parameter(
        "--kubeconfig", .value("FILE"), env: ["KUBECONFIG"],
        default: .note("to kubernetes: the pod's service account, unless --api-server-url is given"),
        "To kubernetes: a kubeconfig that names the cluster and a credential; no program in it is run")

    static let context = Parameter(
        "--context", .value("NAME"), default: .note("the kubeconfig's current context"),
        "The context of the kubeconfig to use")

    static let forceConflicts = Parameter(
        "--force-conflicts", .toggle, env: ["FORCE_CONFLICTS"], "Take over fields that another field manager owns")

    /// Where an object goes, and as whom it gets there.
    static let store: [Parameter] = [to, kubeconfig, context, forceConflicts, tree, treePath]

    static let file = Parameter(
        "--filename -f", .repeated("FILE"), "A file of manifests, like the operands; may be repeated")

    static let set = Parameter(
        "--set", .repeated("PATH=VALUE"),
        "A value to change in the object before it is applied, as the command set does; may be repeated")

    static let waitFor = Parameter(
        "--wait-for", .repeated("CONDITION"),
        "What to wait for within --timeout: condition=Ready, condition=NAME=STATUS or .status.phase=Running; "
            + "may be repeated, and all have to hold")

    static let failOn = Parameter(
        "--fail-on", .repeated("CONDITION"),
        "What ends the wait at once as a failure, in the same words; may be repeated")

    static let fieldManager = Parameter(
        "--field-manager", .value("NAME"), default: .value(Program.name),
        "The name under which the fields of the manifest are owned; two applies of one object need two names")

    /// What apply applies, and where; a pipeline's variables for publish change nothing of it.
    static let applying: [Parameter] = [
        file, set,
        namespace.withoutVariables.changed {
            $0.summary = "The namespace of objects that name none; one that they name has to be the same"
            $0.defaultNote = "the context's or the pod's, or else default"
        },
        waitFor, failOn, fieldManager,
    ]

    static let applyTo = Parameter(
        "--to", .choice([StoreName.kubernetes.rawValue, StoreName.git.rawValue]), "Where the objects go")

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
            } else if $0.isRequired {
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
