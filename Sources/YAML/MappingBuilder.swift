import Text

/// Gathers the entries of one mapping; keys are told apart by their bytes.
struct MappingBuilder {
    private(set) var entries: [YAMLEntry] = []
    private var indexes: [ExactText: Int] = [:]

    /// Adds an entry written in the mapping itself; where the key was written before, returns the first one's place.
    ///
    /// An entry that a merge key brought gives way.
    mutating func add(_ key: String, keyMark: YAMLMark, value: YAMLNode) -> YAMLMark? {
        let entry = YAMLEntry(key: key, keyMark: keyMark, value: value, isMerged: false)
        guard let index = indexes.updateIfAbsent(ExactText(key), with: entries.count) else {
            entries.append(entry)
            return nil
        }
        guard entries[index].isMerged else { return entries[index].keyMark }
        entries[index] = entry
        return nil
    }

    /// Adds those entries whose keys are not there yet.
    mutating func merge(_ merged: [YAMLEntry]) {
        for entry in merged where indexes.updateIfAbsent(ExactText(entry.key), with: entries.count) == nil {
            entries.append(YAMLEntry(key: entry.key, keyMark: entry.keyMark, value: entry.value, isMerged: true))
        }
    }
}

extension [ExactText: Int] {
    /// Sets the value of a key that is not there yet; where it is, returns its value.
    fileprivate mutating func updateIfAbsent(_ key: ExactText, with value: Int) -> Int? {
        if let known = self[key] { return known }
        self[key] = value
        return nil
    }
}
