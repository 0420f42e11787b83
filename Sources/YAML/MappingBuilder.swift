/// Gathers the entries of one mapping; keys are told apart by their bytes.
struct MappingBuilder {
    private(set) var entries: [YAMLEntry] = []
    private var indexes: [[UInt8]: Int] = [:]

    /// Adds an entry written in the mapping itself; where the key was written before, returns the first one's place.
    ///
    /// An entry that a merge key brought gives way.
    mutating func add(_ key: String, keyMark: YAMLMark, value: YAMLNode) -> YAMLMark? {
        let entry = YAMLEntry(key: key, keyMark: keyMark, value: value, isMerged: false)
        let bytes = Array(key.utf8)
        guard let index = indexes[bytes] else {
            indexes[bytes] = entries.count
            entries.append(entry)
            return nil
        }
        guard entries[index].isMerged else { return entries[index].keyMark }
        entries[index] = entry
        return nil
    }

    /// Adds those entries whose keys are not there yet.
    mutating func merge(_ merged: [YAMLEntry]) {
        for entry in merged {
            let bytes = Array(entry.key.utf8)
            guard indexes[bytes] == nil else { continue }
            indexes[bytes] = entries.count
            entries.append(YAMLEntry(key: entry.key, keyMark: entry.keyMark, value: entry.value, isMerged: true))
        }
    }
}
