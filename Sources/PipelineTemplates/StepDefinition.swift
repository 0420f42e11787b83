/// What a step definition is made of, whatever the system it is written for.
public struct StepDefinition: Sendable {
    /// The name of the whole: of the resource, the action or the job.
    public var name: String
    /// The image that holds the program.
    public var image: String
    /// The source dir's input; its value nil takes the place where the system puts a checkout.
    public var sourceDir: StepInput
    /// Everything else that the caller may give.
    public var inputs: [StepInput]
    /// Further words of the program's command line, each a flag with its value.
    public var arguments: [String] = []
    /// What stands above the document, in lines.
    public var comment = ""

    // What follows is for steps in pods.

    /// Whether the definition serves the whole cluster or one namespace.
    public var isClusterWide = true
    /// The name of the template inside the resource.
    public var templateName = ""
    /// The Secret, in the pod's namespace, and the key in it that holds the client's secret; nil where the inputs do.
    public var clientSecret: (name: String, key: String)?
    /// Where the volume with the checkout is mounted.
    public var workspaceMount = ""
    /// The ConfigMap and the key in it that holds the certificates to trust.
    public var caConfigMap: (name: String, key: String)?
    /// How often a step that failed for the moment is started again; 0 never.
    public var retryLimit = 0
    /// The Secret with which the program's image is pulled.
    public var imagePullSecret: String?
    /// The service account of a step that writes to the Kubernetes API; nil where it writes to OpenChoreo's.
    public var account: StepAccount?

    /// A definition with these parts and no options.
    public init(name: String, image: String, sourceDir: StepInput, inputs: [StepInput]) {
        self.name = name
        self.image = image
        self.sourceDir = sourceDir
        self.inputs = inputs
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

/// One value that a step takes from its callers.
public struct StepInput: Sendable {
    /// The input's name, words joined by hyphens.
    public let name: String
    /// The environment variable in which the program reads it.
    public let variable: String
    /// What it is for, in one sentence without a full stop.
    public var summary: String
    /// The value that holds when the caller gives none; nil where the caller has to give one.
    public var value: String?
    /// Whether it is the client's secret, or a file that holds a credential in its place.
    public var isCredential = false
    /// Whether it is the secret itself.
    var isSecret: Bool { variable == "CLIENT_SECRET" }

    /// An input of that name and variable.
    public init(name: String, variable: String, summary: String, value: String?) {
        self.name = name
        self.variable = variable
        self.summary = summary
        self.value = value
    }
}
