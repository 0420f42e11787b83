import Text
import YAML

/// What the data plane holds one of by each name, with the line where it was first written.
struct TakenNames {
    /// By port and transport.
    var ports: [String: (owner: String, line: Int)] = [:]
    /// By the name in lower case, with every punctuation mark alike.
    var files: [String: (name: String, line: Int)] = [:]
    var variables: [ExactText: (isBound: Bool, mark: YAMLMark)] = [:]
}

/// What a server takes and what breaks where the component runs.
extension SchemaChecker {
    /// Looks at an endpoint's port and at its API's description.
    mutating func inspect(endpoint: CheckedMapping) {
        if let type = endpoint.text("type"), let port = endpoint.value("port")?.integer,
            let entry = endpoint.entry("port")
        {
            let mark = entry.isMerged ? endpoint.node.mark : entry.value.mark
            let transport = type == EndpointType.udp.rawValue ? "UDP" : "TCP"
            let name = endpoint.text("name") ?? ""
            if let first = taken.ports["\(port) \(transport)"] {
                // The same name is another problem, and an error.
                guard !first.owner.isExactly(name) else { return }
                diagnostics.report(
                    .portTaken, at: mark,
                    "\(transport) port \(port) is that of the endpoint \(ShownText.quoted(first.owner)) in line "
                        + "\(first.line) already, and only one of them is reached there; give each its own 'port' "
                        + "(the 'targetPort' may be the same)")
            } else {
                taken.ports["\(port) \(transport)"] = (name, mark.line)
            }
        }
        guard let type = endpoint.text("type").flatMap(EndpointType.init), let expected = type.schemaType,
            let entry = endpoint.entry("schemaFile"), let text = endpoint.text("schemaFile"),
            let found = Self.schemaType(of: text, path: entry.value.text ?? ""), found != expected
        else { return }
        diagnostics.report(
            .otherSchema, at: entry.value.mark,
            "an endpoint of the type \(type.rawValue) is described by \(Self.noun(expected)), and this file looks "
                + "like \(Self.noun(found)); name another file or another 'type'")
    }

    /// Looks at a file's name and at where it is mounted.
    mutating func inspect(file: CheckedMapping) {
        guard let name = file.text("name"), let entry = file.entry("name") else { return }
        let key = String(
            decoding: name.lowercased().utf8.map { "._".utf8.contains($0) ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
        if let first = taken.files[key] {
            if !first.name.isExactly(name) {
                diagnostics.report(
                    .similarNames, at: entry.value.mark,
                    "\(ShownText.quoted(name)) and \(ShownText.quoted(first.name)) in line \(first.line) become one "
                        + "object in the data plane, and the content of one is lost; give one of them another name")
            }
        } else {
            taken.files[key] = (name, entry.value.mark.line)
        }
        guard let path = file.text("mountPath"), let mount = file.entry("mountPath")?.value.mark else { return }
        let last = path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) }
        guard let last, last.isExactly(name), path.utf8.first == UInt8(ascii: "/") else { return }
        let slashes = path.utf8.reversed().prefix { $0 == UInt8(ascii: "/") }.count
        let trimmed = String(decoding: path.utf8.dropLast(slashes), as: UTF8.self)
        let folder = String(decoding: trimmed.utf8.dropLast(name.utf8.count + 1), as: UTF8.self)
        let suggestion = folder.isEmpty ? "/" : folder
        diagnostics.report(
            .mountedInFolder, at: mount, suggestion: suggestion,
            "'mountPath' is a folder, so the file lands at \(ShownText.quoted("\(trimmed)/\(name)")); write "
                + "\(ShownText.quoted(suggestion))")
    }

    /// Looks at the name of an environment variable, which the container has once, whether `env` or a binding sets it.
    mutating func inspect(variable name: String, _ node: YAMLNode, at place: Place) {
        var isBound = true
        if case .field("name") = place { isBound = false }
        if !isBound, !TextFormat.isDataKey(name) {
            diagnostics.report(
                .unusualName, at: node.mark,
                "\(place.name) should be letters, digits, '-', '_' and '.', found \(ShownText.quoted(name)): the data "
                    + "plane cannot make a ConfigMap of it")
        }
        let (first, mark) = (taken.variables[ExactText(name)], node.mark)
        guard let first else {
            taken.variables[ExactText(name)] = (isBound, mark)
            return
        }
        // Two of `env` are an error of their own.
        guard isBound || first.isBound, first.mark != mark else { return }
        diagnostics.report(
            .variableTaken, at: mark,
            "the variable \(ShownText.quoted(name)) is set in line \(first.mark.line) already, and one of the two is "
                + "lost; remove or rename one of them")
    }

    /// The kind of document that a text is, by its first words or its file's name; nil where neither shows it.
    private static func schemaType(of text: String, path: String) -> String? {
        for line in text.utf8.prefix(4096).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let words = line.drop { " \t{\"'".utf8.contains($0) }
            if words.starts(with: "openapi".utf8) || words.starts(with: "swagger".utf8) { return "openapi" }
            if words.starts(with: "syntax".utf8) && words.contains(UInt8(ascii: "=")) { return "proto" }
            if ["type Query", "schema {", "type Mutation"].contains(where: { words.starts(with: $0.utf8) }) {
                return "graphql"
            }
        }
        let name = path.lowercased()
        if name.hasSuffix(".proto") { return "proto" }
        return [".graphql", ".graphqls", ".gql"].contains(where: name.hasSuffix) ? "graphql" : nil
    }

    private static func noun(_ schemaType: String) -> String {
        switch schemaType {
        case "openapi": "an OpenAPI file"
        case "proto": "a protobuf file"
        default: "a GraphQL schema"
        }
    }
}
