import Text

/// The known fields of a mapping, each of the type that its row says; what was absent or wrong is not there.
struct CheckedMapping {
    /// A field's value.
    enum Value {
        case text(String)
        case integer(Int)
        case texts([String])
        case bindings([Descriptor.Binding])
        case mapping(CheckedMapping)
        case entries([CheckedMapping])
    }

    private struct Field {
        let key: String
        let value: Value
    }

    /// In a list and not in a dictionary: there are few of them, and a descriptor may have ten thousand mappings.
    private var fields: [Field] = []

    /// Keeps a value; a later one of the same key counts.
    mutating func set(_ key: String, _ value: Value) {
        fields.append(Field(key: key, value: value))
    }

    private func value(_ key: String) -> Value? {
        fields.last { $0.key.isExactly(key) }?.value
    }

    func text(_ key: String) -> String? {
        guard case .text(let text) = value(key) else { return nil }
        return text
    }

    func integer(_ key: String) -> Int? {
        guard case .integer(let integer) = value(key) else { return nil }
        return integer
    }

    func texts(_ key: String) -> [String] {
        guard case .texts(let texts) = value(key) else { return [] }
        return texts
    }

    func bindings(_ key: String) -> [Descriptor.Binding] {
        guard case .bindings(let bindings) = value(key) else { return [] }
        return bindings
    }

    /// The mapping, empty where there is none.
    func mapping(_ key: String) -> CheckedMapping {
        guard case .mapping(let mapping) = value(key) else { return CheckedMapping() }
        return mapping
    }

    /// The entries of a list, none where there is no list; nil where one of them cannot be made.
    func entries<Model>(_ key: String, as make: (CheckedMapping) -> Model?) -> [Model]? {
        guard case .entries(let entries) = value(key) else { return [] }
        var models: [Model] = []
        models.reserveCapacity(entries.count)
        for entry in entries {
            guard let model = make(entry) else { return nil }
            models.append(model)
        }
        return models
    }
}
