import PipelineTemplates
import Text
import WorkloadModel

/// The parameters of template, well formed, on their way into a step definition.
struct StepParameters {
    private let values: ParameterValues
    private let preset: StepPreset
    let system: PipelineSystem
    let definition: StepDefinition
    let imageWarning: String?
    /// The inputs without a value that existing callers do not give.
    let open: [String]

    /// The parameters that say which credential is used, one of them at most.
    static let credentialChoices: [Parameter] = [
        .oauthClientSecret, .oauthClientSecretFile, .oauthClientAssertionFile, .accessTokenFile,
    ]

    /// What a step definition settles itself, so that it is no input of the step.
    private static let settled: Set<String> = [
        Parameter.imageFile.flag, Parameter.sourceDir.flag, Parameter.outputsDir.flag, Parameter.publishOutput.flag,
        Parameter.logFormat.flag,
    ]

    /// Reads them; throws everything that is wrong with them.
    init(_ values: ParameterValues) throws(UsageError) {
        var reader = ParameterReader(values)
        var preset = StepPreset.named(values.text(.preset))
        // What publish would refuse is refused here already.
        _ = ConnectionParameters(&reader, isPlaceholderAllowed: true)
        let name = reader.value(.stepName, Self.name)
        let image = reader.value(.publisherImage, ImageReference.init)
        guard let system = Self.system(&reader) else { throw reader.error }
        let kubernetes = Self.kubernetes(&reader, preset, system)
        if system.options.contains(.workspaceMount), let path = values.text(given: .sourcePath), !path.isAbsolute {
            reader.report(.sourcePath, "this is not an absolute path; write it like /mnt/vol/source")
        }
        try reader.finish()
        self.values = values
        self.preset = preset
        self.system = system
        imageWarning = image?.warning
        if system.options.contains(.retryLimit), kubernetes.retryLimit == 0 {
            // The step is not started again, so its requests have to outlast more.
            preset.values[Parameter.maxRetries.flag] = "10"
        }
        let connection = kubernetes.access == nil ? Parameter.connection : Self.timing
        var inputs = (Parameter.workload + connection + Parameter.publishing + Parameter.source)
            .filter { !$0.variables.isEmpty && $0.isFlag && !Self.settled.contains($0.flag) }
            .map { [preset] in Self.input($0, values, preset) }
        if let namespace = kubernetes.access?.namespace {
            for index in inputs.indices where inputs[index].variable == Parameter.namespace.variables[0] {
                inputs[index].value = namespace
            }
        }
        var open: [String] = []
        if let given = system.givenByCallers {
            for index in inputs.indices where inputs[index].value == nil && !given.contains(inputs[index].name) {
                open.append(inputs[index].name)
                inputs[index].value = ""
            }
        }
        self.open = open
        var definition = StepDefinition(
            name: name?.description ?? "", sourceDir: Self.sourceDir(values), inputs: inputs,
            standardImage: PublisherImage(Program.publisherImage),
            comment: StepComment(values: values, system: system, open: open).text)
        definition.publisherImage = image?.text
        definition.kubernetes = kubernetes
        // It has no variable and may be given several times, so it is no input.
        definition.arguments = values.texts(.oauthExtra).map { "\(Parameter.oauthExtra.flag)=\($0)" }
        self.definition = definition
    }

    private static func system(_ reader: inout ParameterReader) -> PipelineSystem? {
        do throws(UsageError) {
            return try reader.values.operand(of: "template", in: PipelineSystem.all) { $0.name }
        } catch {
            for problem in error.problems { reader.report(problem) }
            return nil
        }
    }

    /// A name that every system takes: of an object whose name is a label's value as well.
    private static func name(_ text: String) throws -> DNSSubdomain {
        guard text.utf8.count <= 63 else {
            throw MalformedValue("it has \(text.utf8.count) characters; the systems take 63")
        }
        return try DNSSubdomain(text)
    }

    private static func sourceDir(_ values: ParameterValues) -> StepInput {
        StepInput(
            name: Parameter.sourceDir.inputName, variable: Parameter.sourceDir.variables[0],
            summary: Parameter.sourceDir.summary, value: values.text(given: .sourcePath))
    }

    private static func input(_ parameter: Parameter, _ values: ParameterValues, _ preset: StepPreset) -> StepInput {
        var value = values.text(given: parameter)
        let isCredential = credentialChoices.contains { $0.flag == parameter.flag }
        let isChosenElsewhere = isCredential && credentialChoices.contains { values.text(given: $0) != nil }
        if value == nil && !isChosenElsewhere { value = preset.values[parameter.flag] }
        let kind: StepInput.Kind = parameter.isSecret ? .secret : isCredential ? .credentialFile : .plain
        let needsOAuth = values.text(given: .accessTokenFile) == nil
        return StepInput(
            name: parameter.inputName, variable: parameter.variables[0], summary: parameter.inputSummary,
            value: value ?? parameter.inputDefault(needsOAuth: needsOAuth), kind: kind)
    }
}

extension String {
    fileprivate var isAbsolute: Bool { utf8.first == UInt8(ascii: "/") }
}

extension Parameter {
    /// The flag without its dashes.
    fileprivate var inputName: String { String(flag.drop { $0 == "-" }) }

    /// The summary with how the default comes about, where the default itself cannot be shown.
    fileprivate var inputSummary: String {
        if isSecret { return "The OAuth client's secret" }
        let isPlain = ["none", "off"].contains(defaultNote) || defaultNote.utf8.starts(with: "required".utf8)
        let isCredential = StepParameters.credentialChoices.contains { $0.flag == flag }
        return isPlain || isCredential || defaultValue != nil ? summary : "\(summary); default: \(defaultNote)"
    }

    /// The value where neither the caller nor the preset has one; nil where it has to be given.
    fileprivate func inputDefault(needsOAuth: Bool) -> String? {
        let connection: [Parameter] = needsOAuth ? [.apiServerURL, .oauthTokenURL, .oauthClientID] : [.apiServerURL]
        if isRequired || connection.contains(where: { $0.flag == flag }) { return nil }
        return isOptional ? "false" : defaultValue ?? ""
    }
}
