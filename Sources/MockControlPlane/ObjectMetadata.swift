import JSON

/// What Kubernetes itself asks of an object's metadata, whatever kind it is.
enum ObjectMetadata {
    /// The most bytes of annotations, keys and values of all together.
    static let maximumAnnotationSize = 256 * 1024
    /// The most bytes of a request that the store behind the API takes.
    static let maximumObjectSize = 1536 * 1024

    /// All that is wrong with name, labels and annotations; a value of a wrong type is the schema's to report.
    static func problems(_ metadata: JSONValue?) -> [SchemaValidation.Problem] {
        var problems: [SchemaValidation.Problem] = []
        func add(_ field: String, _ message: String) {
            problems.append(SchemaValidation.Problem(field: field, message: message))
        }
        if let name = metadata?["name"]?.string, !name.isEmpty, !isSubdomain(name) {
            add("metadata.name", "must be a DNS subdomain (RFC 1123), not \"\(name)\"")
        }
        for member in metadata?["labels"]?.object?.members ?? [] {
            if !isQualifiedName(member.name) { add("metadata.labels", "invalid key \"\(member.name)\"") }
            guard let value = member.value.string, !value.isEmpty else { continue }
            if !isNamePart(value) { add("metadata.labels.\(member.name)", "invalid value \"\(value)\"") }
        }
        var size = 0
        for member in metadata?["annotations"]?.object?.members ?? [] {
            if !isQualifiedName(member.name) { add("metadata.annotations", "invalid key \"\(member.name)\"") }
            size += member.name.utf8.count + (member.value.string?.utf8.count ?? 0)
        }
        if size > maximumAnnotationSize {
            add("metadata.annotations", "Too long: may not be more than \(maximumAnnotationSize) bytes")
        }
        return problems
    }

    /// A body that agrees with the address it was sent to, or says nothing of it.
    static func checkAddress(_ body: JSONObject, namespace: String, name: String?) throws(Refusal) {
        guard let metadata = body["metadata"] else { throw .badRequest("metadata", "is required") }
        guard let ownName = metadata["name"]?.string, !ownName.isEmpty else {
            throw .badRequest("metadata.name", "is required")
        }
        if let name, !ownName.isIdentical(to: name) {
            throw .badRequest("metadata.name", "\"\(ownName)\" does not match \"\(name)\" in the path")
        }
        if let own = metadata["namespace"]?.string, !own.isIdentical(to: namespace) {
            throw .badRequest("metadata.namespace", "\"\(own)\" does not match \"\(namespace)\" in the path")
        }
    }

    /// Small letters, digits, dashes and dots, at most 253, every part between dots begun and ended by no dash.
    private static func isSubdomain(_ text: String) -> Bool {
        let parts = Array(text.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && parts.allSatisfy { part in
                guard let first = part.first, let last = part.last else { return false }
                return first != UInt8(ascii: "-") && last != UInt8(ascii: "-")
                    && part.allSatisfy { $0.isSmallLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
            }
    }

    /// A name with or without a prefix that is a subdomain.
    private static func isQualifiedName(_ text: String) -> Bool {
        let parts = Array(text.utf8).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        switch parts.count {
        case 1: return isNamePart(parts[0])
        case 2: return isSubdomain(parts[0]) && isNamePart(parts[1])
        default: return false
        }
    }

    /// 1 to 63 letters, digits, dashes, underscores and dots, begun and ended by a letter or digit.
    private static func isNamePart(_ text: String) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool { byte.isSmallLetter || byte.isCapitalLetter || byte.isDigit }
        guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 63 else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && text.utf8.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
    }
}
