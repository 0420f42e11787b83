import Foundation
import Synchronization

/// The parts of the documentation that come from the program's own tables, each between two marks of its page.
public enum GeneratedSection {
    /// Why a section cannot be compared.
    public struct MissingMark: Error {
        let mark: String
        let page: String
    }

    /// Tests run at the same time, and each rewrites a whole file.
    private static let folder = Mutex(
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Documentation"))

    /// What a page of `Documentation/` holds at a mark; `UPDATE_README=1 swift test --filter TheReadme` has what is
    /// expected written there.
    public static func text(at mark: String, of page: String, updatedTo expected: String) throws -> String {
        try folder.withLock { folder in
            let file = folder.appendingPathComponent(page)
            let text = try String(contentsOf: file, encoding: .utf8)
            let opening = "<!-- \(mark): begin, held equal to the program's table by a test -->\n"
            guard let begin = text.range(of: opening)?.upperBound,
                let end = text.range(of: "<!-- \(mark): end -->")?.lowerBound
            else { throw MissingMark(mark: mark, page: page) }
            guard ProcessInfo.processInfo.environment["UPDATE_README"] == "1" else {
                return String(text[begin..<end])
            }
            try (text[..<begin] + expected + text[end...]).write(to: file, atomically: true, encoding: .utf8)
            return expected
        }
    }

    /// A text as it stands in a cell of a table.
    public static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
