import CommandLineTool
import Foundation

/// The fault matrix as it is written down: for each request and each fault what has to come of a run.
///
/// `UPDATE_FAULTS=1 swift test --filter FaultMatrix` writes what does come of it, to be read before it is committed.
enum FaultTable {
    static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/faults.txt")

    /// The lines by their cells.
    static let rows: [String: String] = {
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let rows = text.split(separator: "\n").compactMap { line -> (String, String)? in
            let parts = line.split(separator: ": ", maxSplits: 1)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
        return Dictionary(rows) { first, _ in first }
    }()

    static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_FAULTS"] == "1"
}

extension FaultCell {
    /// What the table says of the cell.
    var row: String { FaultTable.rows[testDescription] ?? "" }

    /// Whether the run ends well all the same.
    var endsWell: Bool { ["created", "updated", "unchanged"].contains { row.hasPrefix("\($0);") } }

    /// The code that the run ends with.
    var code: ExitCode? {
        endsWell ? .success : row.split(separator: " ").first.flatMap { Int32($0) }.flatMap(ExitCode.init)
    }
}
