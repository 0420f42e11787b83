import PipelineTemplates
import Text
import WorkloadModel

/// The parameters of template, well formed, on their way into a step definition.
struct StepParameters {
    let values: ParameterValues
    let system: PipelineSystem
    var definition: StepDefinition
    let imageWarning: String?
    /// The inputs without a value that existing callers do not give.
    private(set) var open: [String] = []

    /// The parameters that say which credential is used, one of them at most.
    static let credentialChoices: [Parameter] = [
        .oauthClientSecret, .oauthClientSecretFile, .oauthClientAssertionFile, .accessTokenFile,
    ]

    /// The parameters of a connection that mean something to the Kubernetes API as well.
    static let timing: [Parameter] = [.timeout, .requestTimeout, .connectTimeout, .maxRetries]

    /// What a step definition settles itself, so that it is no input of the step.
    private static let settled: [Parameter] = [.imageFile, .sourceDir, .outputsDir, .publishOutput, .logFormat]

    /// OpenChoreo's quick-start cluster: one gateway, two hosts behind it, a client that everybody knows.
    private static let k3d = [
        Parameter.apiServerURL.flag: "http://host.k3d.internal:8080",
        Parameter.apiServerHostHeader.flag: "api.openchoreo.localhost",
        Parameter.oauthTokenURL.flag: "http://host.k3d.internal:8080/oauth2/token",
        Parameter.oauthHostHeader.flag: "thunder.openchoreo.localhost",
        Parameter.oauthClientID.flag: "openchoreo-workload-publisher-client",
        Parameter.oauthClientSecret.flag: "openchoreo-workload-publisher-secret",
    ]

    /// Reads them; throws everything that is wrong with them.
    init(_ values: ParameterValues) throws(UsageError) {
        self.values = values
        var reader = ParameterReader(values)
        let choice = reader.operand(of: "template", in: PipelineSystem.all) { $0.name }
        guard let choice else { throw reader.error }
        system = choice
        // What publish would refuse is refused here already.
        _ = ConnectionParameters(&reader, isPlaceholderAllowed: true)
        let name = reader.value(.stepName, Self.name)?.description ?? ""
        let image = reader.value(.publisherImage, ImageReference.init)
        imageWarning = image?.warning
        let sourceDir = Parameter.sourceDir
        definition = StepDefinition(
            name: name, image: image?.text ?? Program.publisherImage + (system.needsShell ? "-shell" : ""),
            sourceDir: StepInput(
                name: sourceDir.key, variable: sourceDir.variables[0], summary: sourceDir.summary,
                value: values.text(given: .sourcePath)), inputs: [])
        readOptions(&reader)
        if system.keywords.contains(name) {
            reader.report(.stepName, "no step of \(system.title) can have this name, which is a keyword; take another")
        }
        for parameter in Parameter.template + Parameter.inputDefaults where parameter.flag != Parameter.outputFile.flag
        {
            for reason in values.texts(parameter).compactMap(system.objection) { reader.report(parameter, reason) }
        }
        try reader.finish()
        definition.inputs =
            (Parameter.workload + (definition.account == nil ? Parameter.connection : Self.timing)
            + Parameter.publishing + Parameter.source)
            .filter { row in !row.variables.isEmpty && row.isFlag && !Self.settled.contains { $0.flag == row.flag } }
            .map(input)
        if let given = system.givenByCallers {
            for index in definition.inputs.indices where definition.inputs[index].value == nil {
                guard !given.contains(definition.inputs[index].name) else { continue }
                open.append(definition.inputs[index].name)
                definition.inputs[index].value = ""
            }
        }
        // It has no variable and may be given several times, so it is no input.
        definition.arguments = values.texts(.oauthExtra).map { "\(Parameter.oauthExtra.flag)=\($0)" }
        definition.comment = comment
    }

    /// A name that every system takes: of an object whose name is a label's value as well.
    private static func name(_ text: String) throws -> DNSSubdomain {
        guard text.utf8.count <= 63 else {
            throw MalformedValue("it has \(text.utf8.count) characters; the systems take 63")
        }
        return try DNSSubdomain(text)
    }

    private func input(_ parameter: Parameter) -> StepInput {
        var input = StepInput(
            name: parameter.key, variable: parameter.variables[0], summary: parameter.inputSummary,
            value: values.text(given: parameter) ?? fallback(parameter))
        input.isCredential = parameter.isCredential
        return input
    }

    /// The value of an input where the parameters have none; nil where the caller has to give one.
    private func fallback(_ parameter: Parameter) -> String? {
        if parameter.flag == Parameter.namespace.flag, let account = definition.account { return account.namespace }
        let isChosenElsewhere = parameter.isCredential && !credentials.isEmpty
        if isQuickStart, !isChosenElsewhere, let value = Self.k3d[parameter.flag] { return value }
        // A step that is not started again has requests that have to outlast more.
        let isTriedOnce = system.options.contains(Parameter.retryLimit.key) && definition.retryLimit == 0
        if parameter.flag == Parameter.maxRetries.flag, isTriedOnce { return "10" }
        let isOfClient = [Parameter.oauthTokenURL, .oauthClientID].contains { $0.flag == parameter.flag }
        if parameter.isRequired, !isOfClient || values.text(given: .accessTokenFile) == nil {
            return nil
        }
        return parameter.bare != nil ? "false" : parameter.defaultValue ?? ""
    }

    /// Whether the defaults are those of the quick-start cluster.
    var isQuickStart: Bool { values.text(.preset) == "k3d" }

    /// The parameters that give a credential, one at most.
    var credentials: [Parameter] { Self.credentialChoices.filter { values.text(given: $0) != nil } }
}

extension Parameter {
    fileprivate var isCredential: Bool { StepParameters.credentialChoices.contains { $0.flag == flag } }

    /// The summary with how the default comes about, where the default itself cannot be shown.
    fileprivate var inputSummary: String {
        if isSecret { return "The OAuth client's secret" }
        let isPlain = ["none", "off"].contains(defaultNote) || isRequired
        return isPlain || isCredential || defaultValue != nil ? summary : "\(summary); default: \(defaultNote)"
    }
}
