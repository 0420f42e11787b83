/// What a step definition is made of, whatever the system it is written for.
public struct StepDefinition: Sendable {
    /// The name of the whole: of the resource, the action or the job.
    public var name: String
    /// The image that holds the program; nil takes the one that fits the system.
    public var publisherImage: String?
    /// The source dir's input; its value nil takes the place where the system puts a checkout.
    public var sourceDir: StepInput
    /// Everything else that the caller may give.
    public var inputs: [StepInput]
    /// Further words of the program's command line, each a flag with its value.
    public var arguments: [String] = []
    /// What stands above the document, in lines.
    public var comment: String
    /// What only the systems on Kubernetes ask for.
    public var kubernetes = KubernetesOptions()
    /// The repository and tag of the program's own image, for systems that run an image without a shell.
    public var standardImage: PublisherImage

    /// A definition with these parts and no options.
    public init(
        name: String, sourceDir: StepInput, inputs: [StepInput], standardImage: PublisherImage, comment: String
    ) {
        self.name = name
        self.sourceDir = sourceDir
        self.inputs = inputs
        self.standardImage = standardImage
        self.comment = comment
    }
}

extension StepDefinition {
    /// The words behind the program's name as a shell takes them.
    var shellCommand: String {
        (["publish"] + arguments.map { "'\($0.replacing("'", with: "'\\''"))'" }).joined(separator: " ")
    }

    /// The inputs of a step that runs in the checkout.
    var inputsOfCheckout: [StepInput] {
        var sourceDir = sourceDir
        sourceDir.value = sourceDir.value ?? "."
        return inputs + [sourceDir]
    }
}

/// The names under which the program's images are built.
public struct PublisherImage: Sendable {
    /// The image that holds the program and nothing else.
    public let bare: String
    /// The image that also has a shell.
    public let withShell: String

    /// The image `NAME:VERSION`, and `NAME:VERSION-shell`.
    public init(_ bare: String) {
        self.bare = bare
        withShell = "\(bare)-shell"
    }
}

/// Options of the systems that run a step as a pod.
public struct KubernetesOptions: Sendable {
    /// Where the client's secret comes from.
    public enum Credentials: Sendable, Equatable {
        /// A key of a Secret in the pod's namespace.
        case secret(KeyReference)
        /// The step's inputs.
        case inputs
    }

    /// A key of a named Secret or ConfigMap.
    public struct KeyReference: Sendable, Equatable {
        /// The object's name.
        public let name: String
        /// The key in it.
        public let key: String

        /// The key of the object of that name.
        public init(name: String, key: String) {
            self.name = name
            self.key = key
        }
    }

    /// Whether the definition serves the whole cluster or one namespace.
    public var isClusterWide = true
    /// The name of the template inside the resource.
    public var templateName = "generate-workload-cr"
    /// Where the client's secret comes from.
    public var credentials = Credentials.secret(
        KeyReference(name: "workload-publisher-oauth-secret", key: "client-secret"))
    /// Where the volume with the checkout is mounted.
    public var workspaceMount = "/mnt/vol"
    /// The certificates to trust.
    public var caConfigMap: KeyReference?
    /// How often a step that failed for the moment is started again; 0 never.
    public var retryLimit = 0
    /// The Secret with which the program's image is pulled.
    public var imagePullSecret: String?
    /// The service account of a step that writes to the Kubernetes API; nil where it writes to OpenChoreo's.
    public var access: ClusterAccess?

    /// The options of the production template.
    public init() {}
}
