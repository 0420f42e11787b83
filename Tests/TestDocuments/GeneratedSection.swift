import Foundation
import Synchronization

/// The parts of README.md that come from the program's own tables, each between two marks.
public enum GeneratedSection {
    /// Why a section cannot be compared.
    public struct MissingMark: Error {
        let mark: String
    }

    /// Tests run at the same time, and each rewrites the whole file.
    private static let file = Mutex(
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("README.md"))

    /// What the README holds at a mark; `UPDATE_README=1 swift test --filter TheReadme` has what is expected written there.
    public static func text(at mark: String, updatedTo expected: String) throws -> String {
        try file.withLock { file in
            let readme = try String(contentsOf: file, encoding: .utf8)
            let opening = "<!-- \(mark): begin, held equal to the program's table by a test -->\n"
            guard let begin = readme.range(of: opening)?.upperBound,
                let end = readme.range(of: "<!-- \(mark): end -->")?.lowerBound
            else { throw MissingMark(mark: mark) }
            guard ProcessInfo.processInfo.environment["UPDATE_README"] == "1" else {
                return String(readme[begin..<end])
            }
            try (readme[..<begin] + expected + readme[end...]).write(to: file, atomically: true, encoding: .utf8)
            return expected
        }
    }

    /// A text as it stands in a cell of a table.
    public static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
