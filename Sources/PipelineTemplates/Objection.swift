/// A rule by which a system cannot take some values.
struct Objection: Sendable {
    /// Why the value cannot be taken; nil where it can.
    let reason: @Sendable (StepDefinition.NamedValue) -> String?

    /// No environment variable can hold a NUL.
    static let nul = Objection { value in
        value.text.utf8.contains(0) ? "it holds a NUL character, which no environment variable can; remove it" : nil
    }

    /// The system would read what follows this mark as an expression, and nothing can keep it from that.
    static func expression(_ mark: String, of system: String) -> Objection {
        Objection { value in
            // What a system reads are bytes; strings compare by characters.
            let bytes = Array(value.text.utf8)
            guard bytes.indices.contains(where: { bytes[$0...].starts(with: mark.utf8) }) else { return nil }
            return "\(system) would take '\(mark)' for the start of an expression; write the value without it"
        }
    }
}
