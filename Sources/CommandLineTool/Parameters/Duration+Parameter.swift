import Text

extension Duration {
    /// The longest time that a parameter may ask for.
    private static let longest = Duration.seconds(7 * 24 * 3600)

    /// A duration as people write it: `500ms`, `30s`, `1m30s`, `1h`, or a number of seconds; more than nothing.
    init(parameter text: String) throws {
        let shown = Quoted(text)
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
            guard let scale, let value = Double(number), value.isFinite else {
                throw MalformedValue("\(shown) is not a duration; write it like 500ms, 30s or 1m30s")
            }
            milliseconds += value * scale
        } while !rest.isEmpty
        guard milliseconds >= 1 else { throw MalformedValue("\(shown) is too short; write 1ms or more") }
        guard milliseconds <= Self.longest / .milliseconds(1) else {
            throw MalformedValue("\(shown) is longer than a week; write 168h or less")
        }
        self = .milliseconds(Int64(milliseconds))
    }
}
