import JSON
import System
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
        lastTransition = value["lastTransitionTime"]?.string.flatMap(SystemClock.seconds)
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
