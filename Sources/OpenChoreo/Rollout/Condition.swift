import JSON
import Text

/// A condition of a Component or a ReleaseBinding.
struct Condition: Equatable {
    let type: String
    let isTrue: Bool
    let reason: String
    let message: String
    let observedGeneration: Int?
    /// In seconds since 1970.
    let lastTransition: Int?

    init?(_ value: JSONValue) {
        guard let type = value["type"]?.string, let status = value["status"]?.string else { return nil }
        self.type = type
        isTrue = status == "True"
        reason = value["reason"]?.string ?? ""
        message = value["message"]?.string ?? ""
        observedGeneration = value["observedGeneration"]?.integer
        lastTransition = value["lastTransitionTime"]?.string.flatMap(Timestamp.seconds)
    }

    /// All conditions of an object's status.
    static func all(of object: JSONValue) -> [Condition] {
        (object["status"]?["conditions"]?.array ?? []).compactMap(Condition.init)
    }

    /// `REASON: MESSAGE`, fit to be shown.
    var text: String {
        let message = Printable.line(message, limit: 1000)
        return Printable.line(reason, limit: 100) + (message.isEmpty ? "" : ": \(message)")
    }
}

/// Times as Kubernetes writes them.
enum Timestamp {
    /// Seconds since 1970 of `2026-11-27T12:01:54Z` (RFC 3339, in UTC, a fraction left out); nil for another form.
    static func seconds(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T") else { return nil }
        func number(_ start: Int, _ count: Int) -> Int? {
            Int(String(decoding: bytes[start..<start + count], as: UTF8.self))
        }
        guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
            let minute = number(14, 2), let second = number(17, 2)
        else { return nil }
        // Years begin in March, so that the day that some lack is the last one.
        let shifted = month > 2 ? year : year - 1
        let days =
            365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day
        return ((days - 719_469) * 24 + hour) * 3600 + minute * 60 + second
    }
}
