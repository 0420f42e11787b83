import TestPrograms

/// Runs everything that was asked for.
struct Benchmark {
    let options: Options
    let folder: String
    let authority: Authority
    let servers: Servers

    init(_ options: Options, _ authority: Authority, folder: String) throws {
        self.options = options
        self.folder = folder
        self.authority = authority
        servers = try Servers(authority)
    }

    func run() throws -> Results {
        var results = Results()
        try measureLocalTasks(&results)
        let scenarios = (options.isQuick ? Scenario.quick : Scenario.all).filter { options.includes($0.name) }
        let publisher = Publisher(program: options.program, trust: authority.trust)
        var fixtures: [Size: Fixture] = [:]
        for size in Set(scenarios.map(\.size)) {
            fixtures[size] = try Fixture(size, in: folder, publisher: publisher, servers: servers)
        }
        for scenario in scenarios {
            guard let fixture = fixtures[scenario.size] else { continue }
            results.tasks.append(try measure(scenario, fixture))
            if scenario.transport.roundTrip == 0 { try count(scenario, fixture, &results) }
        }
        try measureManyComponents(&results)
        if ProgramCall.path(of: "strace") == nil {
            results.notes.append("System calls were not counted: \(Requirement.missing(["strace"])).")
        }
        if case .file = authority.trust {
            results.notes.append(
                "The authorities of the system could not be extended (no mount namespace): every program was given one "
                    + "certificate to trust, so that loading the system's is not in the numbers.")
        }
        return results
    }

    private func measure(_ scenario: Scenario, _ fixture: Fixture) throws -> TaskResult {
        let endpoints = try servers.endpoints(scenario.transport)
        let peers = Peer.all(for: scenario, options, trust: authority.trust)
        return try measure(scenario.name, peers.map(\.name), rounds: options.rounds(scenario)) { index in
            let peer = peers[index]
            try servers.reset(for: scenario.action, fixture)
            let measurement = try Launcher.measure(peer.call(scenario, endpoints, fixture))
            try checkRequests(of: peer, scenario)
            return measurement
        }
    }

    /// Runs all peers in every round, each round beginning with another one, after one round that does not count unless
    /// all is warm.
    func measure(
        _ task: String, _ peers: [String], rounds: Int, isWarm: Bool = false, run: (Int) throws -> Measurement
    ) throws -> TaskResult {
        Console.progress("\(task), \(rounds) rounds")
        var result = TaskResult(name: task, series: peers.map { Series(peer: $0) })
        if !isWarm { for index in peers.indices { _ = try run(index) } }
        for round in 0..<rounds {
            for place in peers.indices {
                let index = (place + round) % peers.count
                result.series[index].measurements.append(try run(index))
            }
        }
        return result
    }

    /// A program that did something else than its peers is not compared with them.
    private func checkRequests(of peer: Peer, _ scenario: Scenario) throws {
        if peer.kind == .older { return }
        let expected = scenario.action.requests(peer.kind)
        let made = servers.apiRequests
        guard made == expected else {
            throw BenchmarkError("\(scenario.name): \(peer.name) asked for \(made), not for \(expected)")
        }
    }

    /// Counts what each program sends, and its system calls, in runs whose time does not matter.
    private func count(_ scenario: Scenario, _ fixture: Fixture, _ results: inout Results) throws {
        for peer in Peer.all(for: scenario, options, trust: authority.trust) {
            try servers.reset(for: scenario.action, fixture)
            let endpoints = try servers.endpoints(scenario.transport, isCounted: true)
            try peer.call(scenario, endpoints, fixture).run()
            let traffic = endpoints.relays.map(\.traffic)
            results.traffic.append(
                TrafficResult(
                    scenario: scenario.name, peer: peer.name, connections: traffic.map(\.connections),
                    bytesToServers: traffic.reduce(0) { $0 + $1.bytesToServer },
                    bytesToClient: traffic.reduce(0) { $0 + $1.bytesToClient }))
            try servers.reset(for: scenario.action, fixture)
            let direct = try servers.endpoints(scenario.transport)
            try countSystemCalls(scenario.name, peer.name, peer.call(scenario, direct, fixture), &results)
        }
    }

    private func countSystemCalls(
        _ task: String, _ peer: String, _ call: ProgramCall, _ results: inout Results
    ) throws {
        guard let strace = ProgramCall.path(of: "strace") else { return }
        let summary = "\(folder)/strace"
        var traced = call
        traced.program = strace
        traced.arguments = ["-f", "-c", "-o", summary, call.program] + call.arguments
        try traced.run()
        guard let count = SystemCallSummary.total(in: TestFile.text(of: summary)) else { return }
        results.systemCalls.append(SystemCallResult(task: task, peer: peer, count: count))
    }
}

extension Benchmark {
    /// Start-up and `render`, which need no server.
    private func measureLocalTasks(_ results: inout Results) throws {
        var tasks = [("start --version", startUp)]
        for size in [1, 10, 100, 1024] {
            let name = "render \(size)KiB"
            guard options.includes(name) else { continue }
            let source = "\(folder)/render-\(size)"
            try ProgramCall("/bin/mkdir", [source]).run()
            try TestFile.write(SampleDescriptor.text(bytes: size << 10).utf8, to: "\(source)/workload.yaml")
            tasks.append(
                (name, programs.map { ($0, Publisher(program: $1, trust: authority.trust).render(folder: source)) }))
        }
        for (name, peers) in tasks where options.includes(name) {
            let result = try measure(name, peers.map(\.0), rounds: options.localRounds) { index in
                try Launcher.measure(peers[index].1)
            }
            results.tasks.append(result)
            for (peer, call) in peers { try countSystemCalls(name, peer, call, &results) }
        }
    }

    private var programs: [(String, String)] {
        [(Peer.publisher, options.program)]
            + [(Peer.staticPublisher, options.staticProgram), (Peer.older, options.olderProgram)].compactMap {
                name, program in program.map { (name, $0) }
            }
    }

    private var startUp: [(String, ProgramCall)] {
        let others = [(Peer.floor, options.floor), ("curl", ProgramCall.path(of: "curl") ?? "curl")]
        return (programs + others).map { ($0, ProgramCall($1, ["--version"])) }
    }
}

/// What `strace -c` writes.
enum SystemCallSummary {
    /// The number of calls in the last line: per cent, seconds, microseconds for each, calls, errors, `total`.
    static func total(in text: String) -> Int? {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        guard let last = lines.last(where: { $0.last == "total" }), last.count >= 5 else { return nil }
        return Int(last[3])
    }
}
