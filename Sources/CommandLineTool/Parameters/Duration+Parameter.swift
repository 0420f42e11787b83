import Text

extension Duration {
    /// A duration as people write it: `500ms`, `30s`, `1m30s`, `1h`, or a number of seconds; a week at most.
    init(parameter text: String) throws {
        var milliseconds = 0.0
        var rest = text[...]
        repeat {
            let number = rest.prefix { "0123456789.".contains($0) }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { !"0123456789.".contains($0) }
            rest = rest.dropFirst(unit.count)
            let scale: Double? =
                switch unit {
                case "ms": 1
                case "s": 1000
                case "m": 60_000
                case "h": 3_600_000
                // A bare number is seconds where it stands alone.
                case "" where number.count == text.count: 1000
                default: nil
                }
            guard let scale, let value = Double(number) else {
                throw MalformedValue("\(Quoted(text)) is not a duration; write it like 500ms, 30s or 1m30s")
            }
            milliseconds += value * scale
        } while !rest.isEmpty
        guard (1...604_800_000).contains(milliseconds) else {
            throw MalformedValue("\(Quoted(text)) is not between 1ms and a week, 168h")
        }
        self = .milliseconds(Int64(milliseconds))
    }
}
