import PipelineTemplates
import Text
import WorkloadModel

extension StepParameters {
    /// Reads the options of the systems on Kubernetes; for the others their flags are errors.
    static func kubernetes(
        _ reader: inout ParameterReader, _ preset: StepPreset, _ system: PipelineSystem
    ) -> KubernetesOptions {
        let flags: [(parameter: Parameter, option: PipelineSystem.Option)] = [
            (.kind, .kind), (.templateName, .templateName), (.credentials, .credentials),
            (.workspaceMount, .workspaceMount), (.caConfigMap, .caConfigMap), (.retryLimit, .retryLimit),
            (.imagePullSecret, .imagePullSecret), (.stepTo, .access), (.stepNamespace, .access),
            (.serviceAccount, .access),
        ]
        for (parameter, option) in flags where reader.values.hasFlag(parameter) && !system.options.contains(option) {
            let others = PipelineSystem.all.filter { $0.options.contains(option) }.map(\.name)
            reader.report(parameter, "only \(others.joined(separator: " and ")) can use this; leave it out")
        }
        var options = KubernetesOptions()
        options.isClusterWide = reader.values.text(.kind) != "WorkflowTemplate"
        if let name = reader.value(.templateName, templateName) { options.templateName = name }
        if let path = reader.value(.workspaceMount, mountPath) { options.workspaceMount = path }
        options.caConfigMap = reader.value(.caConfigMap, keyReference)
        options.retryLimit = reader.value(.retryLimit, ConnectionParameters.retries) ?? 0
        options.imagePullSecret = reader.value(.imagePullSecret, DNSSubdomain.init)?.description
        if options.caConfigMap != nil, reader.values.text(given: .caFile) != nil {
            reader.report(.caConfigMap, "--ca-file is given as well; give one of them")
        }
        readCredentials(&reader, preset, into: &options)
        options.access = access(&reader)
        return options
    }

    /// The parameters of a connection that mean something to the Kubernetes API as well.
    static let timing: [Parameter] = [.timeout, .requestTimeout, .connectTimeout, .maxRetries]

    private static func access(_ reader: inout ParameterReader) -> ClusterAccess? {
        let namespace = reader.value(.stepNamespace, DNSLabel.init)?.description ?? ""
        let account = reader.value(.serviceAccount) { text in
            let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw MalformedValue("\(Quoted(text)) is not of the form NAMESPACE/NAME") }
            return try (
                DNSLabel(String(decoding: parts[0], as: UTF8.self)).description,
                DNSSubdomain(String(decoding: parts[1], as: UTF8.self)).description
            )
        }
        guard reader.values.text(.stepTo) == "kubernetes" else {
            for parameter in [Parameter.stepNamespace, .serviceAccount] where reader.values.hasFlag(parameter) {
                reader.report(parameter, "only --to kubernetes uses this; leave it out")
            }
            return nil
        }
        let others = Parameter.inputDefaults.filter { row in !timing.contains { $0.flag == row.flag } }
        for parameter in others + [.credentials, .caConfigMap] where reader.values.hasFlag(parameter) {
            reader.report(parameter, "with --to kubernetes the pod's service account takes its place; leave it out")
        }
        return ClusterAccess(
            namespace: namespace, serviceAccount: account?.1 ?? Program.name,
            podNamespace: account?.0 ?? "workflows-\(namespace)")
    }

    private static func readCredentials(
        _ reader: inout ParameterReader, _ preset: StepPreset, into options: inout KubernetesOptions
    ) {
        let values = reader.values
        let chosen = credentialChoices.filter { values.text(given: $0) != nil }
        let given = reader.value(.credentials) { text in
            if text == "parameter" { return KubernetesOptions.Credentials.inputs }
            guard text.utf8.starts(with: "secret:".utf8) else {
                throw MalformedValue("write secret:NAME/KEY or parameter")
            }
            return .secret(try keyReference(String(text.dropFirst("secret:".count))))
        }
        if let given {
            options.credentials = given
            if case .secret = given, let first = chosen.first {
                reader.report(.credentials, "\(first.flag) is given as well; give one of them")
            }
        } else if preset.takesSecretAsInput || !chosen.isEmpty {
            options.credentials = .inputs
        }
        if chosen.count > 1, chosen.contains(where: { $0.flag == Parameter.accessTokenFile.flag }) {
            let flags = chosen.map(\.flag).joined(separator: ", ")
            reader.report("more than one credential is given: \(flags); give one of them")
        }
    }

    /// `NAME/KEY` of a Secret or ConfigMap, by Kubernetes' rules for both.
    private static func keyReference(_ text: String) throws -> KubernetesOptions.KeyReference {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw MalformedValue("\(Quoted(text)) is not of the form NAME/KEY") }
        let key = String(decoding: parts[1], as: UTF8.self)
        guard (1...253).contains(key.utf8.count), key.utf8.allSatisfy({ isNameByte($0) || $0 == UInt8(ascii: ".") }),
            key != ".", !key.utf8.starts(with: "..".utf8)
        else {
            throw MalformedValue(
                "'\(Printable.line(key))' is not a key: that has letters, digits, '-', '_' and '.', and does not begin "
                    + "with '..'")
        }
        return try KubernetesOptions.KeyReference(
            name: DNSSubdomain(String(decoding: parts[0], as: UTF8.self)).description, key: key)
    }

    private static func templateName(_ text: String) throws -> String {
        guard (1...128).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "-"),
            text.utf8.allSatisfy({ isNameByte($0) && $0 != UInt8(ascii: "_") })
        else {
            throw MalformedValue(
                "\(Quoted(text)) is not a template's name: that has 1 to 128 letters, digits and '-', and does not begin "
                    + "with '-'")
        }
        return text
    }

    /// An absolute path as Kubernetes takes it, without a slash at its end.
    private static func mountPath(_ text: String) throws -> String {
        guard text.utf8.first == UInt8(ascii: "/"), !text.utf8.contains(UInt8(ascii: ":")) else {
            throw MalformedValue("\(Quoted(text)) is not an absolute path without ':'; write it like /mnt/vol")
        }
        var path = text.utf8[...]
        while path.count > 1 && path.last == UInt8(ascii: "/") { path = path.dropLast() }
        let parts = path.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
        if let first = parts.first, first.elementsEqual("tmp".utf8),
            parts.count == 1 || parts[1].elementsEqual("outputs".utf8)
        {
            throw MalformedValue("\(Quoted(text)) is where the step writes; mount the workspace elsewhere")
        }
        return String(decoding: path, as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_".utf8.contains(byte)
    }
}
