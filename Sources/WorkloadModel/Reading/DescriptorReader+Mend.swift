import Text
import YAML

/// A descriptor whose former spellings have been rewritten.
public struct MendedDescriptor: Sendable {
    /// The text, in which nothing else has changed.
    public let bytes: [UInt8]
    /// What is still to be said about it, and what it opens that was not open before.
    public let report: DescriptorReport
}

extension DescriptorReader {
    /// Rewrites former spellings, letter case and quotes around whole numbers, until nothing is left to rewrite.
    ///
    /// A change is kept only where what is sent stays as it was, visibility apart, and where nothing more is wrong.
    public static func mend(_ original: [UInt8], files: some ReferencedFiles) -> MendedDescriptor {
        var (bytes, report, tries) = (original, read(original, files: files), 0)
        for _ in 0..<maximumRounds {
            let text = DescriptorText(bytes)
            var kept = TextEdits()
            func tryFixes(_ fixes: ArraySlice<DescriptorFix>) {
                var edits = kept
                for fix in fixes {
                    if let new = text.edits(for: fix), edits.insert(new), case .replaceEntry = fix {
                        edits.mayOpen = true
                    }
                }
                guard edits.count > kept.count, tries < maximumTries else { return }
                tries += 1
                let after = read(edits.applied(to: bytes), files: files)
                if isBetter(after, than: report, mayOpen: edits.mayOpen) {
                    kept = edits
                } else if fixes.count > 1 {
                    tryFixes(fixes.prefix(fixes.count / 2))
                    tryFixes(fixes.dropFirst(fixes.count / 2))
                }
            }
            tryFixes(report.fixes.prefix(maximumFixes))
            if kept.count == 0 { break }
            bytes = kept.applied(to: bytes)
            report = read(bytes, files: files)
        }
        let openings = openings(in: bytes, since: original)
        report.warningCount += openings.count
        report.diagnostics = (report.diagnostics + openings).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        return MendedDescriptor(bytes: bytes, report: report)
    }

    private static let maximumRounds = 5
    private static let maximumFixes = 10_000
    /// Each reads the whole text, and fixes that make nothing better are found by halves.
    private static let maximumTries = 200

    private static func isBetter(
        _ after: DescriptorReport, than before: DescriptorReport, mayOpen: Bool
    ) -> Bool {
        if let old = before.descriptor {
            guard let new = after.descriptor else { return false }
            if !mayOpen && old != new { return false }
        }
        if after.errorCount != before.errorCount { return after.errorCount < before.errorCount }
        return after.warningCount <= before.warningCount
    }

    /// The warnings of visibilities that were not read before and open their endpoint to more than its project.
    private static func openings(in bytes: [UInt8], since original: [UInt8]) -> [Diagnostic] {
        if bytes == original { return [] }
        var marks: Set<YAMLMark> = []
        return zip(endpoints(in: original), endpoints(in: bytes)).compactMap { before, after in
            guard !before.contains(where: { $0.key.hasLetters(of: "visibility") }),
                let entry = after.first(where: { $0.key.isExactly("visibility") }),
                case .sequence(let elements) = entry.value.content,
                case let wider = elements.compactMap(\.text).filter({ $0 != "project" }), !wider.isEmpty,
                marks.insert(entry.keyMark).inserted
            else { return nil }
            let rule = DiagnosticRule.widerVisibility
            return Diagnostic(
                severity: rule.severity, code: rule.code,
                message: "'visibility' now opens the endpoint (\(wider.joined(separator: ", "))), which "
                    + "'networkVisibilities' did not; review it", line: entry.keyMark.line, column: entry.keyMark.column
            )
        }
    }

    /// The entries of each endpoint, which no fix moves.
    private static func endpoints(in bytes: [UInt8]) -> [[YAMLEntry]] {
        guard case .mapping(let sections) = YAMLDocument(parsing: bytes).root?.content,
            case .sequence(let endpoints) = sections.first(where: { $0.key.hasLetters(of: "endpoints") })?.value.content
        else { return [] }
        return endpoints.map { if case .mapping(let entries) = $0.content { entries } else { [] } }
    }
}
