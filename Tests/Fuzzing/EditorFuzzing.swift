import JSON
import WorkloadModel
import YAML

/// Makes one change in any bytes that can be edited, and judges it by the reader that descriptors are read with.
enum EditorFuzzing {
    private static let values: [JSONValue] = [
        "new", "it's: \"3\" # no comment", 3, true, .null, ["a"], ["b": ["c": ""]], " \n",
    ]

    /// Why the text after the change is wrong, if it is; which change is made follows from the bytes.
    static func failure(of bytes: [UInt8]) -> String? {
        guard var editor = try? YAMLEditor(bytes) else { return nil }
        if editor.bytes != bytes { return "a text that is another before any change" }
        // One change of a value that has an alias is a change in several places.
        guard editor.documents.count == 1, !bytes.contains(where: { "&*".utf8.contains($0) }),
            let old = value(of: bytes)
        else { return nil }
        var seed = bytes.reduce(5_381 as UInt64) { $0 &* 33 &+ UInt64($1) }
        func pick(_ count: Int) -> Int {
            defer { seed /= UInt64(count) }
            return Int(seed % UInt64(count))
        }
        let places = old.places
        let path = places[pick(min(places.count, 500))]
        let new = values[pick(values.count)]
        let isRemoved = !path.isEmpty && pick(4) == 0
        do {
            try editor.apply(isRemoved ? .remove : .set(new), at: path)
        } catch {
            return editor.bytes == bytes ? nil : "a text that a refused change has changed"
        }
        let edited = editor.bytes
        guard value(of: edited) == old.changed(at: path[...], to: isRemoved ? nil : new) else {
            return "\(path) was changed into \(String(decoding: edited, as: UTF8.self))"
        }
        guard !isRemoved else { return nil }
        do { try editor.apply(.set(new), at: path) } catch {
            return "a change that is refused once it is made"
        }
        return editor.bytes == edited ? nil : "a change that is made again"
    }

    private static func value(of bytes: [UInt8]) -> JSONValue? {
        let document = YAMLDocument(parsing: bytes)
        guard document.problems.isEmpty, let root = document.root, !root.isMerging else { return nil }
        return try? JSONValue(asKubernetesReads: root)
    }
}

extension YAMLNode {
    /// Whether it brings in entries of another mapping, which the editor sees where they stand.
    fileprivate var isMerging: Bool {
        switch content {
        case .scalar: false
        case .sequence(let elements): elements.contains(where: \.isMerging)
        case .mapping(let entries): entries.contains { $0.isMerged || $0.value.isMerging }
        }
    }
}

extension JSONValue {
    /// The places of all values inside, the value itself first.
    fileprivate var places: [[YAMLEditor.Step]] {
        var places: [[YAMLEditor.Step]] = [[]]
        for (index, element) in (array ?? []).enumerated() { places += element.places.map { [.index(index)] + $0 } }
        for member in object?.members ?? [] { places += member.value.places.map { [.key(member.name)] + $0 } }
        return places
    }

    /// The same with another value, or none, in one place.
    fileprivate func changed(at path: ArraySlice<YAMLEditor.Step>, to new: JSONValue?) -> JSONValue? {
        switch (self, path.first) {
        case (.array(var elements), .index(let index)?):
            let changed = elements[index].changed(at: path.dropFirst(), to: new)
            elements.replaceSubrange(index...index, with: changed.map { [$0] } ?? [])
            return .array(elements)
        case (.object(var object), .key(let key)?):
            object[key] = object[key]?.changed(at: path.dropFirst(), to: new)
            return .object(object)
        default: return new
        }
    }
}
