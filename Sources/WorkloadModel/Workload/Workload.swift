import JSON

/// What the pipeline knows about a Workload, beside its descriptor.
public struct WorkloadParameters: Sendable {
    /// The image reference.
    public var image: String
    /// The namespace of the Workload.
    public var namespace: String
    /// The project that owns it.
    public var project: String
    /// The component that owns it.
    public var component: String
    /// The Workload's name.
    public var workloadName: String
    /// Labels to set on it.
    public var labels: [String: String]
    /// Annotations to set on it.
    public var annotations: [String: String]
    /// Where the image came from.
    public var origin = WorkloadOrigin()

    /// Parameters of those values, already checked.
    public init(
        image: String, namespace: String, project: String, component: String, workloadName: String,
        labels: [String: String] = [:], annotations: [String: String] = [:]
    ) {
        self.image = image
        self.namespace = namespace
        self.project = project
        self.component = component
        self.workloadName = workloadName
        self.labels = labels
        self.annotations = annotations
    }

    /// Stands in where a descriptor is checked without a pipeline; names add too little to matter for the size.
    static let unnamed = WorkloadParameters(image: "", namespace: "", project: "", component: "", workloadName: "")
}

/// An OpenChoreo Workload: the parameters and, where there is one, the descriptor.
public struct Workload: Sendable {
    /// The stored size beyond which etcd refuses an object, by its default limit for a request, in bytes.
    ///
    /// What a real API server stores at most; the request's own overhead is taken off already.
    public static let maximumStored = 1_572_360
    /// The stored size in bytes from which on a warning is due: the server adds to an object what it manages itself.
    public static let nearlyMaximumStored = maximumStored / 100 * 95

    /// What the pipeline knows.
    public private(set) var parameters: WorkloadParameters
    /// Whether a descriptor stands behind it.
    public let isFromSource: Bool
    /// The body that the API takes: `metadata` and `spec`.
    public private(set) var payload: JSONValue

    /// A Workload of what the pipeline knows and the source says; without a descriptor, of the image alone.
    public init(parameters: WorkloadParameters, descriptor: Descriptor?) {
        self.parameters = parameters
        isFromSource = descriptor != nil
        payload = Self.payload(parameters, descriptor ?? Descriptor())
    }

    /// The same Workload under another name.
    public func named(_ name: String) -> Workload {
        var renamed = self
        renamed.parameters.workloadName = name
        renamed.payload["metadata"]["name"] = .string(name)
        return renamed
    }

    /// The body with `apiVersion` and `kind`, as a manifest has them.
    public var customResource: JSONValue {
        var object = payload
        object["apiVersion"] = "openchoreo.dev/v1alpha1"
        object["kind"] = "Workload"
        return object
    }
}
