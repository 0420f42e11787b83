import YAML

extension YAMLNode {
    /// The tree in one line, with places: `text@line:column`, plain scalars bare, others in quotes.
    var outline: String {
        switch content {
        case .scalar(let scalar):
            let text = scalar.isPlain ? scalar.text : "\"\(scalar.text.debugEscaped)\""
            return "\(text):\(scalar.kind)@\(mark.line):\(mark.column)"
        case .sequence(let elements):
            return "[\(elements.map(\.outline).joined(separator: ", "))]@\(mark.line):\(mark.column)"
        case .mapping(let entries):
            let entries = entries.map { entry in
                "\(entry.key)\(entry.isMerged ? "<<" : "")@\(entry.keyMark.line):\(entry.keyMark.column)="
                    + entry.value.outline
            }
            return "{\(entries.joined(separator: ", "))}@\(mark.line):\(mark.column)"
        }
    }
}

extension String {
    fileprivate var debugEscaped: String {
        unicodeScalars.map { $0.escaped(asASCII: false) }.joined()
    }
}
