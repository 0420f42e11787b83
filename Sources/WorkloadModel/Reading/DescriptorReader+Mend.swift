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
        var opened: [(offset: Int, words: [String])] = []
        for _ in 0..<maximumRounds {
            let text = DescriptorText(bytes)
            var kept: [TextEdit] = []
            var openings: [(offset: Int, words: [String])] = []
            func tryFixes(_ fixes: ArraySlice<DescriptorFix>) {
                var edits = kept
                var more: [(offset: Int, words: [String])] = []
                for fix in fixes {
                    guard let new = text.edits(for: fix), let all = merged(edits, new) else { continue }
                    edits = all
                    if case .replaceEntry(let entry, _, let words) = fix {
                        more.append((text.offset(of: entry.keyMark), words))
                    }
                }
                guard edits.count > kept.count else { return }
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
            func moved(_ offset: Int) -> Int {
                kept.filter { $0.range.upperBound <= offset && $0.range.lowerBound < offset }
                    .reduce(offset) { $0 + $1.replacement.count - $1.range.count }
            }
            opened = (opened + openings).map { (moved($0.offset), $0.words) }
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

    /// All edits in order; nil where two of them meet.
    private static func merged(_ edits: [TextEdit], _ new: [TextEdit]) -> [TextEdit]? {
        let all = (edits + new).sorted { $0.range.lowerBound < $1.range.lowerBound }
        let meet = zip(all, all.dropFirst()).contains {
            $0.range.upperBound > $1.range.lowerBound || $0.range == $1.range
        }
        return meet ? nil : all
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
            severity: .warning, code: DiagnosticCode.widerVisibility.rawValue,
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
