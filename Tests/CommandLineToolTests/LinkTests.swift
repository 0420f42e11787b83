import Foundation
import Testing

/// What the pages of this repository say of each other.
@Suite struct TheDocumentation {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func pages() throws -> [String] {
        let manager = FileManager.default
        let atTop = try manager.contentsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".md") }
        let below = try manager.contentsOfDirectory(atPath: root.appending(path: "Documentation").path)
        return (atTop + below.map { "Documentation/\($0)" } + ["Sources/README.md"]).sorted()
    }

    @Test func `the documentation links to nothing that is not there`() throws {
        var links = 0
        for page in try Self.pages() {
            let url = Self.root.appending(path: page)
            for match in try String(contentsOf: url, encoding: .utf8).matches(of: /\]\((?!https?:)([^)#]*)(#[^)]*)?\)/)
            {
                links += 1
                let path = String(match.1)
                let target = path.isEmpty ? url : url.deletingLastPathComponent().appending(path: path)
                #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(match.0)")
                guard let anchor = match.2?.dropFirst() else { continue }
                let headings = try String(contentsOf: target, encoding: .utf8).matches(of: /(?m)^#+ (.*)$/)
                #expect(headings.map { Self.anchor(of: $0.1) }.contains(String(anchor)), "\(page): \(match.0)")
            }
        }
        #expect(links > 10)
    }

    /// The README is what a newcomer reads first, and has to stay that.
    @Test func `the documentation begins with a short page`() throws {
        let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.split(separator: "\n", omittingEmptySubsequences: false).count <= 201)
    }

    /// A heading as GitHub makes an anchor of it.
    private static func anchor(of heading: Substring) -> String {
        String(heading.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) })
            .replacing(" ", with: "-")
    }
}
