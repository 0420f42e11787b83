import YAML

/// What a server takes and what breaks where the component runs.
extension SchemaChecker {
    /// Looks at an endpoint's port and at its API's description.
    mutating func inspect(endpoint: CheckedMapping) {
        if let type = endpoint.text("type"), let port = endpoint.value("port")?.integer,
            let entry = endpoint.entry("port")
        {
            let mark = entry.isMerged ? endpoint.node.mark : entry.value.mark
            let place = "\(type == EndpointType.udp.rawValue ? "UDP" : "TCP") port \(port)"
            let name = endpoint.text("name") ?? ""
            // The same name is another problem, and an error.
            if let first = take(place, for: name, at: mark), first.owner != name {
                diagnostics.report(
                    .portTaken, at: mark,
                    "\(place) is that of the endpoint \(ShownText.quoted(first.owner)) in line \(first.mark.line) "
                        + "already, and only one of them is reached there; give each its own 'port' (the 'targetPort' "
                        + "may be the same)")
            }
        }
        guard let type = endpoint.text("type").flatMap(EndpointType.init), let expected = type.schemaType,
            let entry = endpoint.entry("schemaFile"), let text = endpoint.text("schemaFile"),
            let found = Self.schemaType(of: text, path: entry.value.text ?? ""), found != expected
        else { return }
        let nouns = ["openapi": "an OpenAPI file", "proto": "a protobuf file", "graphql": "a GraphQL schema"]
        diagnostics.report(
            .otherSchema, at: entry.value.mark,
            "an endpoint of the type \(type.rawValue) is described by \(nouns[expected] ?? expected), and this file "
                + "looks like \(nouns[found] ?? found); name another file or another 'type'")
    }

    /// Looks at a file's name and at where it is mounted.
    mutating func inspect(file: CheckedMapping) {
        guard let name = file.text("name"), let mark = file.entry("name")?.value.mark else { return }
        let key = name.lowercased().replacingScalars { $0 == "." || $0 == "_" ? "-" : nil }
        if let first = take("file \(key)", for: name, at: mark), first.owner != name {
            diagnostics.report(
                .similarNames, at: mark,
                "\(ShownText.quoted(name)) and \(ShownText.quoted(first.owner)) in line \(first.mark.line) become one "
                    + "object in the data plane, and the content of one is lost; give one of them another name")
        }
        guard let path = file.text("mountPath"), let mount = file.entry("mountPath")?.value.mark else { return }
        let names = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        guard path.utf8.first == UInt8(ascii: "/"), names.last == name else { return }
        let folder = "/" + names.dropLast().joined(separator: "/")
        diagnostics.report(
            .mountedInFolder, at: mount, suggestion: folder,
            "'mountPath' is a folder, so the file lands at "
                + "\(ShownText.quoted("/" + (names + [name]).joined(separator: "/"))); write \(ShownText.quoted(folder))"
        )
    }

    /// Looks at a variable that is set here.
    mutating func inspect(variable: CheckedMapping) {
        guard let name = variable.text("name"), let mark = variable.entry("name")?.value.mark else { return }
        if !TextFormat.isDataKey(name) {
            diagnostics.report(
                .unusualName, at: mark,
                "'name' should be letters, digits, '-', '_' and '.', found \(ShownText.quoted(name)): the data plane "
                    + "cannot make a ConfigMap of it")
        }
        set(variable: name, by: "env", at: mark)
    }

    /// Notes a variable of the container, which has each once, whether `env` or a binding sets it.
    mutating func set(variable name: String, by owner: String, at mark: YAMLMark) {
        // Two of `env` are an error of their own, and an alias is where the name stands.
        guard let first = take("variable \(name)", for: owner, at: mark), first.mark != mark,
            [first.owner, owner] != ["env", "env"]
        else { return }
        diagnostics.report(
            .variableTaken, at: mark,
            "the variable \(ShownText.quoted(name)) is set in line \(first.mark.line) already, and one of the two is "
                + "lost; remove or rename one of them")
    }

    /// Takes what there is one of, unless something else has taken it, which is returned.
    private mutating func take(
        _ thing: String, for owner: String, at mark: YAMLMark
    ) -> (owner: String, mark: YAMLMark)? {
        if let first = taken[thing] { return first }
        taken[thing] = (owner, mark)
        return nil
    }

    /// The kind of document that a text is, by its first words or its file's name; nil where neither shows it.
    private static func schemaType(of text: String, path: String) -> String? {
        let beginnings = [
            ("openapi", "openapi"), ("swagger", "openapi"), ("syntax =", "proto"), ("syntax=", "proto"),
            ("type Query", "graphql"), ("schema {", "graphql"), ("type Mutation", "graphql"),
        ]
        for line in text.utf8.prefix(4096).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let words = line.drop { " \t{\"'".utf8.contains($0) }
            if let (_, type) = beginnings.first(where: { words.starts(with: $0.0.utf8) }) { return type }
        }
        let endings = [".proto": "proto", ".graphql": "graphql", ".graphqls": "graphql", ".gql": "graphql"]
        return endings.first { path.lowercased().hasSuffix($0.key) }?.value
    }
}
