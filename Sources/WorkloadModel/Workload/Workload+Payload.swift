import JSON

extension Workload {
    /// The API's body.
    static func payload(_ parameters: WorkloadParameters, _ descriptor: Descriptor) -> JSONValue {
        var payload: JSONValue = ["metadata": [:], "spec": .object(descriptor.spec)]
        payload["metadata"]["name"] = .string(parameters.workloadName)
        payload["metadata"]["namespace"] = .string(parameters.namespace)
        payload["metadata"]["labels"] = texts(parameters.labels)
        payload["metadata"]["annotations"] = texts(parameters.annotations)
        payload["spec"]["owner"] = [
            "projectName": .string(parameters.project), "componentName": .string(parameters.component),
        ]
        payload["spec"]["container"]["image"] = .string(parameters.image)
        payload["spec"]["source"] = parameters.origin.json
        return payload
    }

    private static func texts(_ texts: [String: String]) -> JSONValue? {
        guard !texts.isEmpty else { return nil }
        return .object(JSONObject(texts.map { JSONObject.Member(name: $0.key, value: .string($0.value)) }))
    }

    /// How many bytes its stored form has: the compact JSON of the custom resource as Kubernetes writes it.
    ///
    /// Go escapes `<`, `>`, `&`, U+2028 and U+2029 in six bytes each. Beyond twice the maximum it is only a lower bound.
    public var storedSize: Int {
        // Aliases can name one long text thousands of times: then its bytes are not looked at each time.
        let texts = payload.sum { $0.utf8.count }
        return texts > 2 * Self.maximumStored ? texts : customResource.serializedCount + payload.sum(\.escapesOfGo)
    }
}

extension String {
    /// How many bytes more Go's JSON has than ours, which leaves those characters as they are.
    fileprivate var escapesOfGo: Int {
        var text = self
        return text.withUTF8 { bytes in
            var count = 0
            for index in bytes.indices where Self.escapedByGo[Int(bytes[index])] {
                if bytes[index] < 0x80 {
                    count += 5
                } else if index > 1, bytes[index - 1] == 0x80, bytes[index - 2] == 0xE2 {
                    count += 3
                }
            }
            return count
        }
    }

    /// The bytes of `<`, `>` and `&`, and the last ones of U+2028 and U+2029.
    private static let escapedByGo = (0...UInt8.max).map { [0x3C, 0x3E, 0x26, 0xA8, 0xA9].contains($0) }
}

extension JSONValue {
    /// The sum of what all texts in it measure.
    fileprivate func sum(_ measure: (String) -> Int) -> Int {
        switch self {
        case .string(let text): measure(text)
        case .array(let elements): elements.reduce(0) { $0 + $1.sum(measure) }
        case .object(let object): object.members.reduce(0) { $0 + measure($1.name) + $1.value.sum(measure) }
        case .null, .bool, .number: 0
        }
    }
}
