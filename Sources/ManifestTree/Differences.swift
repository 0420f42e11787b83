import JSON
import Objects
import YAML

/// What has to be changed in an object of a file for it to be another one: the values that differ, and no other.
struct Differences {
    private(set) var changes: [(path: [YAMLEditor.Step], change: YAMLEditor.Change)] = []
    /// Whether a mapping or a list that is empty is the same as none.
    private let ignoresEmpty: Bool

    /// No changes yet.
    init(ignoringEmpty: Bool) { ignoresEmpty = ignoringEmpty }

    /// Adds the changes of the values at some paths.
    mutating func add(from old: JSONValue, to new: JSONValue, at paths: [MemberPath], below steps: [YAMLEditor.Step]) {
        for path in paths {
            // The outermost that is not there yet comes as a whole.
            let present = path.indices.prefix { !isNothing(old[path: Array(path[...$0])]) }.count
            let shared = Array(path.prefix(min(present, path.count - 1)))
            let key = path[shared.count]
            compare(old[path: shared]?[key], new[path: shared]?[key], key, at: steps + shared.map { .key($0) })
        }
    }

    private mutating func compare(
        _ old: JSONValue?, _ new: JSONValue?, _ key: String, at path: [YAMLEditor.Step]
    ) {
        switch (old, new) {
        case (let old, let new) where isNothing(old) && isNothing(new): break
        case (_?, nil): changes.append((path + [.key(key)], .remove))
        case (nil, let new?): changes.append((path, .add(key: key, new)))
        case (let old?, let new?): compare(old, new, at: path + [.key(key)])
        default: break
        }
    }

    private mutating func compare(_ old: JSONValue, _ new: JSONValue, at path: [YAMLEditor.Step]) {
        switch (old, new) {
        case (.object(let object), .object(let other)) where !object.isEmpty && !other.isEmpty:
            for member in other.members { compare(object[member.name], member.value, member.name, at: path) }
            for member in object.members where other[member.name] == nil {
                compare(member.value, nil, member.name, at: path)
            }
        case (.array(let elements), .array(let others)) where !elements.isEmpty && !others.isEmpty:
            compare(elements, others, at: path)
        case _ where old != new: changes.append((path, .set(new)))
        default: break
        }
    }

    private mutating func compare(_ old: [JSONValue], _ new: [JSONValue], at path: [YAMLEditor.Step]) {
        // What one list has less is missing between what both begin and what both end with.
        let start = zip(old, new).prefix { $0 == $1 }.count
        let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
        let paired = old.count >= new.count ? new.count - end : old.count
        for index in start..<max(start, paired) { compare(old[index], new[index], at: path + [.index(index)]) }
        for index in (paired..<max(paired, paired + old.count - new.count)).reversed() {
            changes.append((path + [.index(index)], .remove))
        }
        for element in new.dropFirst(old.count) { changes.append((path, .append(element))) }
    }

    private func isNothing(_ value: JSONValue?) -> Bool {
        switch value {
        case nil, .null?: true
        case .object(let object)?: ignoresEmpty && object.isEmpty
        case .array(let elements)?: ignoresEmpty && elements.isEmpty
        default: false
        }
    }
}
