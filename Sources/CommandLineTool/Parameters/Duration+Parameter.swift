import Text

extension Duration {
    /// The longest time that a parameter may ask for.
    private static let longest = Duration.seconds(7 * 24 * 3600)

    /// A duration as people write it: `500ms`, `30s`, `5m`, `1h`, or a number of seconds; more than nothing.
    init(parameter text: String) throws {
        let shown = Printable.line(text, limit: 40)
        let number = text.utf8.prefix {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
        }
        let unit = String(decoding: text.utf8.dropFirst(number.count), as: UTF8.self)
        let scales: [String: Double] = ["ms": 1, "s": 1000, "": 1000, "m": 60_000, "h": 3_600_000]
        guard let scale = scales[unit], let value = Double(String(decoding: number, as: UTF8.self)), value.isFinite
        else {
            throw MalformedValue("'\(shown)' is not a duration; write it like 500ms, 30s or 5m")
        }
        guard value * scale >= 1 else { throw MalformedValue("'\(shown)' is too short; write 1ms or more") }
        guard value * scale <= Self.longest / .milliseconds(1) else {
            throw MalformedValue("'\(shown)' is longer than a week; write 168h or less")
        }
        self = .milliseconds(Int64(value * scale))
    }
}
