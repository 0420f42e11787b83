/// Guesses which word was meant.
public enum Spelling {
    /// The candidate nearest to a word, where one is near enough to be meant; letters' case counts for nothing.
    public static func nearest(to word: String, in candidates: [String]) -> String? {
        // A word this long is no slip of typing; comparing it would only cost time.
        guard word.utf8.count <= 100 else { return nil }
        let allowed = max(1, word.utf8.count / 3)
        let ranked = candidates.map { (candidate: $0, distance: distance(word, $0)) }
        return ranked.filter { $0.distance <= allowed }.min { $0.distance < $1.distance }?.candidate
    }

    /// How many bytes have to be inserted, deleted, replaced or swapped with the next to turn one word into the other.
    private static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.lowercased().utf8)
        let right = Array(right.lowercased().utf8)
        var rows = [Array(0...right.count)]
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
