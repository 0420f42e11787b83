import Text

/// Gathers the entries of one mapping; keys are compared by their bytes.
struct MappingBuilder {
    private(set) var entries: [YAMLEntry]
    /// Where the entries are, once there are too many to look at each.
    private var indexes: [ExactText: Int] = [:]

    /// Up to so many entries looking at each is faster than a table, and nearly all mappings are that small.
    private static let largestSearched = 8

    init() {
        entries = []
        // Nearly all mappings of a long list have two entries or a few more.
        entries.reserveCapacity(2)
    }

    /// Adds an entry written in the mapping itself; where the key was written before, returns the first one's place.
    ///
    /// An entry that a merge key brought gives way.
    mutating func add(_ key: String, keyMark: YAMLMark, value: YAMLNode) -> YAMLMark? {
        let entry = YAMLEntry(key: key, keyMark: keyMark, value: value, isMerged: false)
        guard let index = index(of: key) else {
            append(entry)
            return nil
        }
        guard entries[index].isMerged else { return entries[index].keyMark }
        entries[index] = entry
        return nil
    }

    /// Adds those entries whose keys are not there yet.
    mutating func merge(_ merged: [YAMLEntry]) {
        for entry in merged where index(of: entry.key) == nil {
            append(YAMLEntry(key: entry.key, keyMark: entry.keyMark, value: entry.value, isMerged: true))
        }
    }

    private func index(of key: String) -> Int? {
        guard entries.count <= Self.largestSearched else { return indexes[ExactText(key)] }
        return entries.firstIndex { $0.key.isExactly(key) }
    }

    private mutating func append(_ entry: YAMLEntry) {
        entries.append(entry)
        if entries.count == Self.largestSearched + 1 {
            for (index, entry) in entries.enumerated() { indexes[ExactText(entry.key)] = index }
        } else if entries.count > Self.largestSearched {
            indexes[ExactText(entry.key)] = entries.count - 1
        }
    }
}
