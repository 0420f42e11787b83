/// A bound that was promised, and how it fares.
struct Threshold: Sendable {
    let text: String
    /// What was measured; nil where that was left out.
    let measured: String?
    let holds: Bool?

    /// All of them.
    static func all(_ results: Results) -> [Threshold] { oneComponent(results) + manyComponents(results) }

    private static func oneComponent(_ results: Results) -> [Threshold] {
        [
            atMost(
                "http annotate small: against the floor", 1.3, decimals: 2,
                results["http annotate small"]?.ratio(Peer.publisher, to: Peer.floor), unit: "times"),
            atMost(
                "http annotate small: the static program against the floor", 1, decimals: 2,
                results["http annotate small"]?.ratio(Peer.staticPublisher, to: Peer.floor), unit: "times"),
            atLeast(
                "http annotate small: faster than the shell step", 5, results["http annotate small"], Peer.publisher),
            atMost(
                "tls-20ms create small: against the floor that overlaps", 1.1, decimals: 2,
                results["tls-20ms create small"]?.ratio(Peer.publisher, to: Peer.overlappingFloor), unit: "times"),
            atLeast(
                "h2-20ms annotate small: faster than the shell step", 2.5, results["h2-20ms annotate small"],
                Peer.publisher),
            atLeast(
                "h2-20ms annotate small: faster than the shell step, merging", 2.3,
                results["h2-20ms annotate small"], Peer.merging),
            atMost(
                "tls create small: processor time that TLS adds, for each connection", 5, decimals: 1,
                certificates(results), unit: "ms"),
            atMost(
                "connections to one origin, at most", 1, decimals: 0,
                results.traffic.filter { isOurs($0.peer) }.flatMap(\.connections).max().map(Double.init), unit: ""),
            atMost("peak memory above the floor, small", 8, decimals: 1, memory(results, .small), unit: "MiB"),
            atMost("peak memory above the floor, 1 MiB", 8, decimals: 1, memory(results, .large), unit: "MiB"),
            atMost(
                "render: time for each byte of 1 MiB against 100 KiB", 1.1, decimals: 2, renderGrowth(results),
                unit: "times"),
            atMost(
                "render 1 MiB", 50, decimals: 1, results["render 1024KiB"]?[Peer.publisher]?.wall?.median, unit: "ms"),
        ]
    }

    private static func manyComponents(_ results: Results) -> [Threshold] {
        let near = ["h2", "tls"].map { ("\($0) update 1000 components", 1.5) }
        let far = ["h2-20ms", "tls-20ms"].map { ("\($0) update 1000 components", 1.25) }
        let loopback = results["h2 update 1000 components"]
        let remote = results["h2-20ms update 1000 components"]
        let againstFloor = (near + far).map { name, limit in
            atMost(
                "\(name): against the floor", limit, decimals: 2,
                results[name]?.ratio(Peer.publisher, to: Peer.floor), unit: "times")
        }
        return againstFloor + [
            atLeast(
                "h2 update 1000 components: faster than single runs", 5,
                loopback?.ratio(ManyPeer.single, to: Peer.publisher)),
            atLeast(
                "h2-20ms update 1000 components: what one run gains, against what the floor gains", 0.8,
                remote?.gainAgainstFloor),
            atMost(
                "peak memory with 1000 components", 64, decimals: 1, memory(results, components: 1000), unit: "MiB"),
            atMost(
                "the same above that with 100 components", 8, decimals: 1,
                memory(results, components: 1000).flatMap { most in
                    memory(results, components: 100).map { most - $0 }
                }, unit: "MiB"),
        ]
    }

    private static func isOurs(_ peer: String) -> Bool {
        [Peer.publisher, Peer.merging, Peer.staticPublisher].contains(peer)
    }

    private static func atMost(
        _ text: String, _ limit: Double, decimals: Int, _ value: Double?, unit: String
    ) -> Threshold {
        let bound = limit.text(decimals: limit == limit.rounded() ? 0 : limit * 10 == (limit * 10).rounded() ? 1 : 2)
        return Threshold(
            text: "\(text): at most \(bound) \(unit)".trimmedEnd,
            measured: value.map { "\($0.text(decimals: decimals)) \(unit)".trimmedEnd },
            holds: value.map { $0 <= limit })
    }

    private static func atLeast(_ text: String, _ limit: Double, _ task: TaskResult?, _ peer: String) -> Threshold {
        atLeast(text, limit, task?.ratio(Peer.shell, to: peer))
    }

    private static func atLeast(_ text: String, _ limit: Double, _ value: Double?) -> Threshold {
        Threshold(
            text: "\(text): at least \(limit.text(decimals: 1)) times",
            measured: value.map { "\($0.text(decimals: 2)) times" }, holds: value.map { $0 >= limit })
    }

    /// The handshake's own work is in it, so this is an upper bound for the certificates.
    private static func certificates(_ results: Results) -> Double? {
        guard let secure = results["tls create small"]?[Peer.publisher]?.processor?.median,
            let plain = results["http create small"]?[Peer.publisher]?.processor?.median
        else { return nil }
        return (secure - plain) / 2
    }

    private static func memory(_ results: Results, _ size: Size) -> Double? {
        let excess = results.tasks.filter { $0.name.hasSuffix(" \(size.rawValue)") }.flatMap { task in
            guard let floor = task[Peer.floor] else { return [] as [Int] }
            return task.series.filter { isOurs($0.peer) }.map { $0.peakMemory - floor.peakMemory }
        }
        return excess.max().map { Double($0) / 1024 }
    }

    /// Of whichever of ours takes most, in MiB.
    private static func memory(_ results: Results, components: Int) -> Double? {
        let tasks = results.tasks.filter { $0.name.hasSuffix(" \(components) components") }
        return tasks.flatMap(\.series).filter { isOurs($0.peer) }.map(\.peakMemory).max().map { Double($0) / 1024 }
    }

    private static func renderGrowth(_ results: Results) -> Double? {
        guard let large = results["render 1024KiB"]?[Peer.publisher]?.wall?.median,
            let small = results["render 100KiB"]?[Peer.publisher]?.wall?.median
        else { return nil }
        return large / small / 10.24
    }
}

extension String {
    fileprivate var trimmedEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}

extension TaskResult {
    /// How many times as fast as single runs one run for all is, against what the floor gains in the same way.
    fileprivate var gainAgainstFloor: Double? {
        guard let gain = ratio(ManyPeer.single, to: Peer.publisher),
            let floorGain = ratio(ManyPeer.singleFloor, to: Peer.floor)
        else { return nil }
        return gain / floorGain
    }
}
