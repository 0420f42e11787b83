import JSON

extension Report {
    /// Everything that was measured: times in milliseconds, memory in KiB, each measurement of every series.
    var json: JSONValue {
        [
            "tasks": .array(results.tasks.map(task)),
            "traffic": .array(
                results.traffic.map {
                    [
                        "task": .string($0.scenario), "program": .string($0.peer),
                        "connections": .array($0.connections.map { .number(JSONNumber($0)) }),
                        "bytesToServers": .number(JSONNumber($0.bytesToServers)),
                        "bytesToClient": .number(JSONNumber($0.bytesToClient)),
                    ]
                }),
            "systemCalls": .array(
                results.systemCalls.map {
                    [
                        "task": .string($0.task), "program": .string($0.peer),
                        "count": .number(JSONNumber($0.count)),
                    ]
                }),
            "thresholds": .array(
                Threshold.all(results).map {
                    [
                        "threshold": .string($0.text), "measured": $0.measured.map { .string($0) } ?? .null,
                        "holds": $0.holds.map { .bool($0) } ?? .null,
                    ]
                }),
            "notes": .array(results.notes.map { .string($0) }),
        ]
    }

    private func task(_ task: TaskResult) -> JSONValue {
        [
            "name": .string(task.name),
            "programs": .array(
                task.series.map { series in
                    [
                        "name": .string(series.peer), "wall": summary(series.wall),
                        "processor": summary(series.processor), "peakMemory": .number(JSONNumber(series.peakMemory)),
                        "toFloor": number(task.ratio(series.peer, to: Peer.floor)),
                        "shellStepToIt": number(task.ratio(Peer.shell, to: series.peer)),
                        "allWall": .array(series.measurements.map { number($0.wall) }),
                    ]
                }),
        ]
    }

    private func summary(_ summary: Summary?) -> JSONValue {
        ["median": number(summary?.median), "p10": number(summary?.p10), "p90": number(summary?.p90)]
    }

    private func number(_ value: Double?) -> JSONValue {
        (value?.text(decimals: 3)).flatMap { try? JSONValue(parsing: $0) } ?? .null
    }
}
