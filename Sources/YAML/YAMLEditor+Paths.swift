import JSON
import Text

extension YAMLEditor {
    /// Walks a path; throws at the place where it ends before its end.
    func place(of path: [Step], in document: Int) throws(Refusal) -> Place {
        guard documents.indices.contains(document) else {
            throw Refusal(source.mark(source.bytes.count), "the text has no value here")
        }
        var place = Place(chain: [documents[document]])
        for step in path {
            let value = place.value
            if case .alias(let name, _) = value.content {
                throw refusal(
                    value,
                    "the path leads through the alias *\(Printable.line(name, limit: 60)); change the value that it "
                        + "stands for, at its anchor")
            }
            switch step {
            case .key(let key):
                let shown = Quoted(key)
                guard let position = value.entries(of: key).first else { throw refusal(value, "no key \(shown) here") }
                place.positions.append(position)
            case .index(let index):
                guard case .sequence(let elements) = value.content, elements.indices.contains(index) else {
                    throw refusal(value, "no element \(index) here")
                }
                place.positions.append(index)
            }
            guard let children = value.children, let position = place.positions.last else { break }
            place.chain.append(children[position])
        }
        return place
    }

    /// What a change makes of the value in a place; nil where it is taken out.
    func value(of change: Change, at place: Place) throws(Refusal) -> YAMLSyntax? {
        var value = place.value
        switch change {
        case .set, .setPlain:
            guard let new = change.replacement else { break }
            value.content = new.content
            // A tag of its own makes a text of every scalar.
            if let text = new.text, value.hasOwnTag { value.content = .scalar(text, .text) }
        case .add(let key, let new):
            guard case .mapping(let entries) = value.content else { throw refusal(value, "this is not a mapping") }
            value.content = .mapping(
                entries + [YAMLSyntax.Entry(key: YAMLSyntax(.string(key)), value: YAMLSyntax(new))])
        case .append(let new):
            guard case .sequence(let elements) = value.content else { throw refusal(value, "this is not a list") }
            value.content = .sequence(elements + [YAMLSyntax(new)])
        case .remove:
            guard place.parent != nil else { throw refusal(value, "a whole document cannot be taken out") }
            return nil
        }
        return value
    }

    /// The document with that value, or none, in a place.
    func document(with value: YAMLSyntax?, at place: Place) -> YAMLSyntax {
        guard var parent = place.parent, let position = place.positions.last else { return value ?? place.value }
        switch parent.content {
        case .mapping(var entries):
            if let value { entries[position].value = value } else { entries.remove(at: position) }
            parent.content = .mapping(entries)
        case .sequence(var elements):
            elements.replaceSubrange(position...position, with: value.map { [$0] } ?? [])
            parent.content = .sequence(elements)
        default: break
        }
        return document(with: parent, at: place.outer)
    }
}
