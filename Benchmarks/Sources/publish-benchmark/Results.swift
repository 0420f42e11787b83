/// What one program made of one task, over all rounds.
struct Series: Sendable {
    let peer: String
    var measurements: [Measurement] = []

    /// Milliseconds from start to end.
    var wall: Summary? { Summary(measurements.map(\.wall)) }
    /// Milliseconds of processor time.
    var processor: Summary? { Summary(measurements.map(\.processor)) }
    /// KiB.
    var peakMemory: Int { measurements.map(\.peakMemory).max() ?? 0 }
}

/// One task and what every program made of it.
struct TaskResult: Sendable {
    let name: String
    var series: [Series]

    /// What a program made of it.
    subscript(peer: String) -> Series? { series.first { $0.peer == peer } }

    /// How many times as long one program took as another one.
    func ratio(_ peer: String, to other: String) -> Double? {
        guard let peer = self[peer], let other = self[other] else { return nil }
        return Summary.medianRatio(peer.measurements.map(\.wall), to: other.measurements.map(\.wall))
    }
}

/// What one run put on the wire.
struct TrafficResult: Sendable {
    let scenario: String
    let peer: String
    let connections: [Int]
    let bytesToServers: Int
    let bytesToClient: Int
}

/// How many system calls one run made.
struct SystemCallResult: Sendable {
    let task: String
    let peer: String
    let count: Int
}

/// Everything that was measured.
struct Results: Sendable {
    var tasks: [TaskResult] = []
    var traffic: [TrafficResult] = []
    var systemCalls: [SystemCallResult] = []
    var notes: [String] = []

    /// The task of that name, if it was measured.
    subscript(task: String) -> TaskResult? { tasks.first { $0.name == task } }
}
