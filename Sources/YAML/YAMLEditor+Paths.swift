import Text

extension YAMLEditor {
    /// Walks a path; throws at the place where it ends before its end.
    func place(of path: [Step], in document: Int) throws(Refusal) -> Place {
        guard documents.indices.contains(document) else {
            throw Refusal(message: "the text has no value here", mark: source.mark(source.bytes.count))
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

    /// What a change makes of which value; no value where it is taken out.
    func result(of change: Change, at place: Place) throws(Refusal) -> (place: Place, value: YAMLSyntax?) {
        var value = place.value
        switch change {
        case .set(let new):
            var new = new
            (new.anchor, new.tag) = (value.anchor, value.tag)
            // A tag of its own makes a text of every scalar.
            if let text = new.text, new.hasOwnTag { new.content = .scalar(text, .text) }
            return (place, new)
        case .add(let key, let new):
            guard case .mapping(var entries) = value.content else { throw refusal(value, "this is not a mapping") }
            entries.append(YAMLSyntax.Entry(key: YAMLSyntax(key), value: new))
            value.content = .mapping(entries)
            return (place, value)
        case .append(let new):
            guard case .sequence(let elements) = value.content else { throw refusal(value, "this is not a list") }
            value.content = .sequence(elements + [new])
            return (place, value)
        case .remove:
            guard place.parent != nil else { throw refusal(value, "a whole document cannot be taken out") }
            return (place, nil)
        }
    }

    /// The document with that value in that place.
    func put(_ value: YAMLSyntax, at place: Place) -> YAMLSyntax {
        var value = value
        for (parent, position) in zip(place.chain.dropLast(), place.positions).reversed() {
            var changed = parent
            switch parent.content {
            case .mapping(var entries):
                entries[position].value = value
                changed.content = .mapping(entries)
            case .sequence(var elements):
                elements[position] = value
                changed.content = .sequence(elements)
            default: break
            }
            value = changed
        }
        return value
    }

    /// The document without what stands in that place.
    func taken(out place: Place) -> YAMLSyntax {
        guard var parent = place.parent, let position = place.positions.last else { return place.value }
        switch parent.content {
        case .mapping(var entries):
            entries.remove(at: position)
            parent.content = .mapping(entries)
        case .sequence(var elements):
            elements.remove(at: position)
            parent.content = .sequence(elements)
        default: break
        }
        return put(parent, at: place.outer)
    }
}
