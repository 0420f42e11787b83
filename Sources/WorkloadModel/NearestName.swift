/// Finds the known name that somebody probably meant.
enum NearestName {
    /// Longer texts are no slip of the finger, and comparing them takes time.
    private static let maximumLength = 40

    /// The nearest of the known names: first regardless of case, `-` and `_`, then by few typing errors.
    static func nearest(to text: String, among names: [String]) -> String? {
        guard text.utf8.count <= maximumLength else { return nil }
        let folded = fold(text)
        if let name = names.first(where: { fold($0) == folded }) { return name }
        let candidates = names.map { (name: $0, distance: distance(folded, fold($0))) }
        guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, min(folded.count, best.name.utf8.count) / 3) ? best.name : nil
    }

    private static func fold(_ text: String) -> [UInt8] {
        text.utf8.compactMap { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
            case UInt8(ascii: "-"), UInt8(ascii: "_"): nil
            default: byte
            }
        }
    }

    /// How many insertions, deletions, replacements and swaps of neighbours lead from one to the other.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var current = [i + 1]
            for j in b.indices {
                var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, current[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[b.count]
    }
}
