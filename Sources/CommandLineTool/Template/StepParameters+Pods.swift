import PipelineTemplates
import Text
import WorkloadModel

extension StepParameters {
    /// Reads the options that not every system has; where the chosen one has not, their flags are errors.
    mutating func readOptions(_ reader: inout ParameterReader) {
        let ofAll: [Parameter] = [.preset, .stepName, .publisherImage, .sourcePath, .outputFile]
        for parameter in Parameter.template
        where values.text(given: parameter) != nil && !system.options.contains(parameter.key) {
            if ofAll.contains(where: { $0.flag == parameter.flag }) { continue }
            let others = PipelineSystem.all.filter { $0.options.contains(parameter.key) }.map(\.name)
            reader.report(parameter, "only \(others.joined(separator: " and ")) can use this; leave it out")
        }
        definition.isClusterWide = values.text(.kind) != "WorkflowTemplate"
        definition.templateName = reader.value(.templateName, Self.templateName) ?? ""
        definition.workspaceMount = reader.value(.workspaceMount, Self.mountPath) ?? ""
        if system.options.contains(Parameter.workspaceMount.key),
            let path = values.text(given: .sourcePath), path.utf8.first != UInt8(ascii: "/")
        {
            reader.report(.sourcePath, "this is not an absolute path; write it like /mnt/vol/source")
        }
        definition.caConfigMap = reader.value(.caConfigMap, Self.keyReference)
        if definition.caConfigMap != nil, values.text(given: .caFile) != nil {
            reader.report(.caConfigMap, "--ca-file is given as well; give one of them")
        }
        definition.retryLimit = reader.number(.retryLimit, in: 0...1000) ?? 0
        definition.imagePullSecret = reader.value(.imagePullSecret, DNSSubdomain.init)?.description
        if values.text(.stepTo) == "kubernetes" {
            readAccount(&reader)
        } else {
            readCredentials(&reader)
        }
    }

    private mutating func readAccount(_ reader: inout ParameterReader) {
        let others = Parameter.inputDefaults.filter { row in !Self.timing.contains { $0.flag == row.flag } }
        for parameter in others + [.credentials, .caConfigMap] where values.text(given: parameter) != nil {
            reader.report(parameter, "with --to kubernetes the pod's service account takes its place; leave it out")
        }
        let namespace = reader.value(.stepNamespace, DNSLabel.init)?.description ?? ""
        let account = reader.value(.serviceAccount) { text in
            let (namespace, name) = try Self.parts(of: text, "NAMESPACE/NAME")
            return (namespace: try DNSLabel(namespace).description, name: try DNSSubdomain(name).description)
        }
        definition.account = StepAccount(
            account?.name ?? Program.name, in: account?.namespace ?? "workflows-\(namespace)", writingTo: namespace)
    }

    private mutating func readCredentials(_ reader: inout ParameterReader) {
        for parameter in [Parameter.stepNamespace, .serviceAccount] where values.text(given: parameter) != nil {
            reader.report(parameter, "only --to kubernetes uses this; leave it out")
        }
        let isSecret = values.text(given: .credentials).map { $0 != "parameter" }
        if isSecret ?? (credentials.isEmpty && !isQuickStart) {
            definition.clientSecret = ("workload-publisher-oauth-secret", "client-secret")
        }
        guard isSecret == true else { return }
        definition.clientSecret = reader.value(.credentials) { text in
            guard text.utf8.starts(with: "secret:".utf8) else {
                throw MalformedValue("write secret:NAME/KEY or parameter")
            }
            return try Self.keyReference(String(text.dropFirst("secret:".count)))
        }
        if let first = credentials.first {
            reader.report(.credentials, "\(first.flag) is given as well; give one of them")
        }
    }

    /// The two parts around a slash.
    private static func parts(of text: String, _ form: String) throws -> (String, String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw MalformedValue("\(Quoted(text)) is not of the form \(form)") }
        return (String(decoding: parts[0], as: UTF8.self), String(decoding: parts[1], as: UTF8.self))
    }

    /// `NAME/KEY` of a Secret or ConfigMap, by Kubernetes' rules for both.
    private static func keyReference(_ text: String) throws -> (name: String, key: String) {
        let (name, key) = try parts(of: text, "NAME/KEY")
        guard isWord(key, upTo: 253, also: "-_."), key != ".", !key.utf8.starts(with: "..".utf8) else {
            throw MalformedValue(
                "'\(Printable.line(key))' is not a key: that has letters, digits, '-', '_' and '.', and does not begin "
                    + "with '..'")
        }
        return (try DNSSubdomain(name).description, key)
    }

    private static func templateName(_ text: String) throws -> String {
        guard isWord(text, upTo: 128, also: "-"), text.utf8.first != UInt8(ascii: "-") else {
            throw MalformedValue(
                "\(Quoted(text)) is not a template's name: that has 1 to 128 letters, digits and '-', and does not begin "
                    + "with '-'")
        }
        return text
    }

    /// Whether a text has letters and digits, some other characters and nothing else.
    private static func isWord(_ text: String, upTo length: Int, also others: String) -> Bool {
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789\(others)".utf8)
        return (1...length).contains(text.utf8.count) && text.utf8.allSatisfy(allowed.contains)
    }

    /// An absolute path as Kubernetes takes it, without a slash at its end.
    private static func mountPath(_ text: String) throws -> String {
        guard text.utf8.first == UInt8(ascii: "/"), !text.utf8.contains(UInt8(ascii: ":")) else {
            throw MalformedValue("\(Quoted(text)) is not an absolute path without ':'; write it like /mnt/vol")
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
            .filter { $0 != "." }
        if parts == ["tmp"] || parts.starts(with: ["tmp", "outputs"]) {
            throw MalformedValue("\(Quoted(text)) is where the step writes; mount the workspace elsewhere")
        }
        return "/" + parts.joined(separator: "/")
    }
}
