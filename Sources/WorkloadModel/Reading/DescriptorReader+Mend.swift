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
    public static func mend(_ original: [UInt8], files: @escaping FileReader) -> MendedDescriptor {
        var (bytes, report, tries) = (original, read(original, files: files), 0)
        for _ in 0..<maximumRounds {
            let text = DescriptorText(bytes)
            var kept: [TextChange] = []
            var mended: [UInt8]?
            func tryChanges(_ changes: ArraySlice<TextChange>) {
                guard !changes.isEmpty, tries < maximumTries else { return }
                tries += 1
                let all = kept + changes
                if let bytes = text.applying(all.flatMap(\.edits)),
                    isBetter(read(bytes, files: files), than: report, mayOpen: all.contains { $0.opens })
                {
                    (kept, mended) = (all, bytes)
                } else if changes.count > 1 {
                    tryChanges(changes.prefix(changes.count / 2))
                    tryChanges(changes.dropFirst(changes.count / 2))
                }
            }
            tryChanges(report.fixes.prefix(maximumFixes).compactMap { $0(text) }[...])
            guard let mended else { break }
            bytes = mended
            report = read(bytes, files: files)
        }
        let openings = openings(in: bytes, since: original)
        report.warningCount += openings.count
        report.diagnostics = (report.diagnostics + openings).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        return MendedDescriptor(bytes: bytes, report: report)
    }

    private static let maximumRounds = 5
    private static let maximumFixes = 10_000
    /// Each reads the whole text, and changes that make nothing better are found by halves.
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
        // No fix moves an endpoint.
        func endpoints(in bytes: [UInt8]) -> [YAMLNode] {
            YAMLDocument(parsing: bytes).root?.value("endpoints")?.elements ?? []
        }
        var marks: Set<YAMLMark> = []
        return zip(endpoints(in: original), endpoints(in: bytes)).compactMap { before, after in
            guard before.entry("visibility") == nil, let entry = after.entry("visibility"),
                case let wider = entry.value.elements.compactMap(\.text).filter({ $0 != "project" }), !wider.isEmpty,
                marks.insert(entry.keyMark).inserted
            else { return nil }
            return Diagnostic(
                .widerVisibility, at: entry.keyMark,
                "'visibility' now opens the endpoint (\(wider.joined(separator: ", "))), which 'networkVisibilities' "
                    + "did not; review it")
        }
    }
}
