import Foundation
import Testing

/// What holds between the pages for people, and between them and the program.
@Suite struct ThePages {
    private static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func pages() throws -> [String] {
        let folder = checkout.appendingPathComponent("Documentation").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        return ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "Sources/README.md"]
            + names.map { "Documentation/\($0)" }
    }

    /// A page without its blocks of code.
    private static func prose(of page: String) throws -> String {
        let text = try String(contentsOf: checkout.appendingPathComponent(page), encoding: .utf8)
        return text.components(separatedBy: "```").enumerated().filter { $0.offset.isMultiple(of: 2) }
            .map(\.element).joined()
    }

    /// The names by which links lead to a page's headings, as GitHub makes them.
    private static func anchors(of page: String) throws -> [String] {
        try prose(of: page).split(separator: "\n").filter { $0.hasPrefix("#") }.map { heading in
            heading.drop { $0 == "#" || $0 == " " }.lowercased()
                .filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == " " }
                .replacing(" ", with: "-")
        }
    }

    @Test func `every link between them leads somewhere`() throws {
        var count = 0
        for page in try Self.pages() {
            for match in try Self.prose(of: page).matches(of: /\]\(([^)\s]+)\)/) where !match.1.contains("://") {
                count += 1
                let parts = match.1.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
                let folder = Self.checkout.appendingPathComponent(page).deletingLastPathComponent()
                let target =
                    parts[0].isEmpty
                    ? Self.checkout.appendingPathComponent(page) : folder.appendingPathComponent(parts[0])
                #expect(FileManager.default.fileExists(atPath: target.path), "\(match.1) in \(page)")
                guard parts.count > 1 else { continue }
                let path = target.standardizedFileURL.path.dropFirst(Self.checkout.standardizedFileURL.path.count + 1)
                #expect(try Self.anchors(of: String(path)).contains(parts[1]), "\(match.1) in \(page)")
            }
        }
        #expect(count > 50)
    }

    /// A message is what stands in the source between the names of parameters, words of others and numbers.
    @Test func `troubleshooting names messages as the program says them`() throws {
        let sources = Self.checkout.appendingPathComponent("Sources").path
        let shipped = try FileManager.default.contentsOfDirectory(atPath: sources).filter { room in
            !["README.md", "Loopback", "MockControlPlane", "TestPrograms", "workload-publisher-sandbox"].contains(room)
        }
        let said = try Messages.literals(of: shipped).joined(separator: "\n")
        let page = try String(
            contentsOf: Self.checkout.appendingPathComponent("Documentation/troubleshooting.md"), encoding: .utf8)
        let others =
            /--[a-z-]+( \([A-Z_]+\))?|'[^']*'|[0-9]+|Connection refused|Read-only file system|Permission denied/
        var count = 0
        for row in page.split(separator: "\n") where row.hasPrefix("| `") {
            let cell = row.components(separatedBy: " | ")[0]
            for message in cell.matches(of: /`([^`]+)`/) {
                for part in message.1.split(separator: others) {
                    let text = part.trimmingCharacters(in: .whitespaces)
                    count += 1
                    #expect(said.contains(text), "\(message.1)")
                }
            }
        }
        #expect(count > 50)
    }
}
