/// The results as tables in Markdown.
struct Report {
    let results: Results

    var text: String {
        var sections = [times]
        if !results.traffic.isEmpty { sections.append(traffic) }
        if !results.systemCalls.isEmpty { sections.append(systemCalls) }
        sections.append(medians)
        sections.append(thresholds)
        if !results.notes.isEmpty { sections.append(results.notes.joined(separator: "\n") + "\n") }
        return sections.joined(separator: "\n")
    }

    private var times: String {
        Self.table(
            [
                "task", "program", "median ms", "p10", "p90", "to floor", "shell step to it", "processor ms",
                "peak MiB",
            ],
            results.tasks.flatMap { task in
                task.series.map { series in
                    let wall = series.wall
                    return [
                        task.name, series.peer, wall?.median.text(decimals: 1), wall?.p10.text(decimals: 1),
                        wall?.p90.text(decimals: 1), task.ratio(series.peer, to: Peer.floor)?.text(decimals: 2),
                        task.ratio(Peer.shell, to: series.peer)?.text(decimals: 2),
                        series.processor?.median.text(decimals: 1),
                        (Double(series.peakMemory) / 1024).text(decimals: 1),
                    ].map { $0 ?? "" }
                }
            })
    }

    /// The medians of all programs side by side, one task a line.
    private var medians: String {
        var peers: [String] = []
        for peer in results.tasks.flatMap(\.series).map(\.peer) where !peers.contains(peer) { peers.append(peer) }
        return Self.table(
            ["median ms"] + peers,
            results.tasks.map { task in
                [task.name] + peers.map { task[$0]?.wall?.median.text(decimals: 1) ?? "" }
            })
    }

    private var traffic: String {
        Self.table(
            ["task", "program", "connections to each origin", "bytes to the servers", "bytes back"],
            results.traffic.map {
                [
                    $0.scenario, $0.peer, $0.connections.map(String.init).joined(separator: ", "),
                    String($0.bytesToServers), String($0.bytesToClient),
                ]
            })
    }

    private var systemCalls: String {
        Self.table(
            ["task", "program", "system calls"], results.systemCalls.map { [$0.task, $0.peer, String($0.count)] })
    }

    private var thresholds: String {
        Self.table(
            ["threshold", "measured", "holds"],
            Threshold.all(results).map { [$0.text, $0.measured ?? "-", $0.holds.map { $0 ? "yes" : "no" } ?? "-"] })
    }

    /// A table whose columns are aligned for people who read the source.
    static func table(_ head: [String], _ rows: [[String]]) -> String {
        let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return "| " + padded.joined(separator: " | ") + " |\n"
        }
        return line(head) + line(widths.map { String(repeating: "-", count: $0) }) + rows.map(line).joined()
    }
}
