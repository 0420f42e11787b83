import WorkloadModel

/// What the parameters say about the Workload, all of it well formed.
struct WorkloadNames {
    let image: ImageSource
    /// Everything but the image.
    let names: WorkloadParameters
    /// Whether the Workload's name is that of the component's one Workload, which is looked up.
    let isNameLookedUp: Bool
    /// The WorkflowRun to annotate.
    let runName: String?

    /// The name that asks for looking it up.
    static let lookedUp = "auto"

    /// What is required of them, as the rest of a command line to begin with.
    static let example =
        "\\\n    --image registry.example.com/shop/api:1.0.0 --namespace default --project shop --component api"

    /// Reads the names and the image; nil where something is missing or malformed, or the store does not go with it, which
    /// the reader has noted.
    init?(_ reader: inout ParameterReader) {
        let store = reader.values.word(.to, as: StoreName.self)
        let image = ImageSource(&reader)
        let namespace = reader.required(.namespace, DNSLabel.init)
        let project = reader.required(.project, DNSLabel.init)
        let component = reader.required(.component, DNSLabel.init)
        let givenName = reader.value(.workloadName, DNSSubdomain.init)
        let labels = reader.all(.labels) { try Self.label($0) }
        let origin = WorkloadOrigin(&reader)
        let annotations = reader.all(.annotations) { try Annotation(argument: $0) }
        let size = KubernetesMetadata.byteCount(ofAnnotations: annotations.map { (key: $0.key, value: $0.value) })
        if size > KubernetesMetadata.maximumAnnotationBytes {
            reader.report(
                .annotations, "all annotations together have \(size) bytes, and Kubernetes takes 256 KiB; shorten them")
        }
        // What a pipeline's variable says is for the steps that can use it.
        let isRunUsed = store != .git || ![nil, .variable].contains(reader.values.origin(of: .runName))
        runName = isRunUsed ? reader.value(.runName, DNSSubdomain.init)?.description : nil
        if store == .git, isRunUsed {
            reader.report(.runName, "a WorkflowRun is annotated over an API, and a tree holds none; leave it out")
        }
        isNameLookedUp = givenName?.description == Self.lookedUp
        if isNameLookedUp, store == .kubernetes {
            reader.report(.workloadName, "auto is for the OpenChoreo API; give the name")
        }
        guard let image, let namespace, let project, let component else { return nil }
        self.image = image
        let usualName = "\(component)-workload"
        var names = WorkloadParameters(
            image: "", namespace: namespace.description, project: project.description,
            component: component.description,
            workloadName: isNameLookedUp ? usualName : givenName?.description ?? usualName,
            labels: Dictionary(labels.map { ($0.key, $0.value) }) { _, last in last },
            annotations: Dictionary(annotations.map { ($0.key, $0.value) }) { _, last in last })
        names.origin = origin
        self.names = names
    }

    /// A label that the server leaves as it is.
    static func label(_ text: String) throws -> Label {
        let label = try Label(argument: text)
        guard !["openchoreo.dev/project", "openchoreo.dev/component"].contains(label.key) else {
            throw MalformedValue(
                "the label \(label.key) is the server's own, made of \(Parameter.project.flag) and "
                    + "\(Parameter.component.flag); leave it out")
        }
        return label
    }

    /// Everything that goes into a Workload beside its descriptor.
    func parameters(with image: ImageReference) -> WorkloadParameters {
        var parameters = names
        parameters.image = image.text
        return parameters
    }
}
