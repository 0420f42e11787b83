/// Words to choose from, as a sentence lists them.
public enum Alternatives {
    /// `a`, `a or b`, `a, b or c`, or with another joint.
    public static func list(_ words: [String], joint: String = "or") -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(joint) " + last
    }
}
