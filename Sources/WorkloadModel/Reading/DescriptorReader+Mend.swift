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
    public static func mend(_ bytes: [UInt8], files: some ReferencedFiles) -> MendedDescriptor {
        var bytes = bytes
        var report = read(bytes, files: files)
        var opened: [Opening] = []
        var tries = 0
        for _ in 0..<maximumRounds {
            let text = DescriptorText(bytes)
            var kept: [TextEdit] = []
            var openings: [Opening] = []
            func tryFixes(_ fixes: ArraySlice<DescriptorFix>) {
                var edits = kept
                var more: [Opening] = []
                for fix in fixes {
                    guard let new = text.edits(for: fix), TextEdit.insert(new, into: &edits) else { continue }
                    if case .replaceEntry(let entry, _, let words) = fix {
                        more.append((text.offset(of: entry.keyMark), words))
                    }
                }
                guard edits.count > kept.count, tries < maximumTries else { return }
                tries += 1
                let mended = TextEdit.apply(edits, to: bytes)
                let after = read(mended, files: files)
                guard isBetter(after, than: report, mayOpen: !more.isEmpty || !openings.isEmpty) else {
                    guard fixes.count > 1 else { return }
                    tryFixes(fixes.prefix(fixes.count / 2))
                    return tryFixes(fixes.dropFirst(fixes.count / 2))
                }
                kept = edits
                openings += more
            }
            tryFixes(report.fixes.prefix(maximumFixes))
            if kept.isEmpty { break }
            opened = moved(opened + openings, by: kept)
            bytes = TextEdit.apply(kept, to: bytes)
            report = read(bytes, files: files)
        }
        let text = DescriptorText(bytes)
        return MendedDescriptor(
            bytes: bytes,
            report: report.adding(opened.compactMap { warning(on: $0.words, at: text.mark(of: $0.offset)) }))
    }

    private static let maximumRounds = 5
    private static let maximumFixes = 10_000
    /// Each reads the whole text, and fixes that make nothing better are found by halves.
    private static let maximumTries = 200

    /// A visibility that was not read before, and where it stands.
    private typealias Opening = (offset: Int, words: [String])

    /// Where they stand once the edits, which are in order, have been made.
    private static func moved(_ openings: [Opening], by edits: [TextEdit]) -> [Opening] {
        var (shift, next) = (0, 0)
        return openings.sorted { $0.offset < $1.offset }.map { opening in
            while next < edits.count, edits[next].range.upperBound <= opening.offset,
                edits[next].range.lowerBound < opening.offset
            {
                shift += edits[next].replacement.count - edits[next].range.count
                next += 1
            }
            return (opening.offset + shift, opening.words)
        }
    }

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

    private static func warning(on words: [String], at mark: YAMLMark) -> Diagnostic? {
        let wider = words.filter { $0 != "project" }
        guard !wider.isEmpty else { return nil }
        return Diagnostic(
            severity: .warning, code: DiagnosticRule.widerVisibility.code,
            message: "'visibility' now opens the endpoint (\(wider.joined(separator: ", "))), which "
                + "'networkVisibilities' did not; review it", line: mark.line, column: mark.column)
    }
}

extension DescriptorReport {
    fileprivate func adding(_ more: [Diagnostic]) -> DescriptorReport {
        DescriptorReport(
            descriptor: descriptor, workload: workload,
            diagnostics: (diagnostics + more).sorted { ($0.line, $0.column) < ($1.line, $1.column) },
            errorCount: errorCount, warningCount: warningCount + more.count, fixes: fixes)
    }
}
