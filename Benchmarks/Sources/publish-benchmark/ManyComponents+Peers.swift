import TestPrograms

/// One update of many components that all programs do in turn.
struct ManyScenario: Hashable, Sendable {
    let transport: Transport
    let count: Int
    /// Whether a run for each component is measured as well.
    var hasSingleRuns = false

    /// How many are published at once.
    static let jobs = 8

    var name: String { "\(transport.name) update \(count) components" }

    /// HTTP/2 is what a gateway in front of a control plane speaks; over HTTP/1.1 no program has anything to do at the
    /// same time on one connection.
    static let all = [
        ManyScenario(transport: .http2(roundTrip: 0), count: 100),
        ManyScenario(transport: .http2(roundTrip: 0), count: 1000, hasSingleRuns: true),
        ManyScenario(transport: .http2(roundTrip: 20), count: 1000, hasSingleRuns: true),
        ManyScenario(transport: .tls(roundTrip: 0), count: 1000),
        ManyScenario(transport: .tls(roundTrip: 20), count: 1000),
    ]

    /// What a short look takes.
    static let quick = Array(all.prefix(2))
}

/// A program that publishes many components, and how.
struct ManyPeer {
    let name: String
    /// How many processes that takes; the words `{}` of the call are the number of each.
    var processes = 1
    let call: ProgramCall

    static let single = "single runs of the publisher"
    static let singleFloor = "single runs of the floor"

    /// All who take part.
    static func all(
        for scenario: ManyScenario, _ components: ManyComponents, _ options: Options, _ trust: Authority.Trust,
        _ endpoints: Servers.Endpoints
    ) throws -> [ManyPeer] {
        let publisher = Publisher(program: options.program, trust: trust)
        var peers = [
            ManyPeer(name: Peer.publisher, call: publisher.call(components, jobs: ManyScenario.jobs, endpoints))
        ]
        if let program = options.staticProgram {
            let publisher = Publisher(program: program, trust: trust)
            peers.append(
                ManyPeer(
                    name: Peer.staticPublisher,
                    call: publisher.call(components, jobs: ManyScenario.jobs, endpoints)))
        }
        var floor: [String] = []
        if case .file(let path) = trust { floor += ["--ca-file", path] }
        let list = try components.writeRequests(endpoints)
        peers.append(
            ManyPeer(
                name: Peer.floor,
                call: ProgramCall(
                    options.floor,
                    floor + ["--many", list, "--jobs", "\(ManyScenario.jobs)", endpoints.tokenURL, components.form])))
        guard scenario.hasSingleRuns else { return peers }
        let requests = components.requests(of: "c{}", endpoints).flatMap { $0 }
        peers.append(
            ManyPeer(
                name: single, processes: components.count, call: publisher.call(oneOf: components, endpoints)))
        peers.append(
            ManyPeer(
                name: singleFloor, processes: components.count,
                call: ProgramCall(options.floor, floor + [endpoints.tokenURL, components.form] + requests)))
        return peers
    }
}

extension Publisher {
    /// A publish of all components in one run.
    func call(_ components: ManyComponents, jobs: Int, _ endpoints: Servers.Endpoints) -> ProgramCall {
        call(["--components", components.list, "--jobs", "\(jobs)"], endpoints, folder: components.folder)
    }

    /// A publish of the component whose number the launcher fills in.
    func call(oneOf components: ManyComponents, _ endpoints: Servers.Endpoints) -> ProgramCall {
        call(
            ["--app-path", "services/c{}", "--component", "c{}", "--image", ManyComponents.image("c{}")], endpoints,
            folder: components.folder)
    }
}

extension Benchmark {
    /// Measures what was asked for of many components.
    func measureManyComponents(_ results: inout Results) throws {
        let scenarios = (options.isQuick ? ManyScenario.quick : ManyScenario.all).filter { options.includes($0.name) }
        guard !scenarios.isEmpty else { return }
        let publisher = Publisher(program: options.program, trust: authority.trust)
        for count in Set(scenarios.map(\.count)).sorted() {
            Console.progress("preparing \(count) components")
            let components = try ManyComponents(count, in: folder, publisher: publisher, servers: servers)
            for scenario in scenarios where scenario.count == count {
                let endpoints = try servers.endpoints(scenario.transport)
                let peers = try ManyPeer.all(
                    for: scenario, components, options, authority.trust, endpoints)
                let rounds = options.rounds(scenario)
                let result = try measure(scenario.name, peers.map(\.name), rounds: rounds, isWarm: true) { index in
                    let peer = peers[index]
                    try servers.reset(workloads: components.live)
                    let measurement = try Launcher.measure(
                        peer.call, processes: peer.processes, jobs: ManyScenario.jobs)
                    if let difference = components.difference(in: servers.apiRequests) {
                        throw BenchmarkError("\(scenario.name): \(peer.name) asked for \(difference)")
                    }
                    return measurement
                }
                results.tasks.append(result)
            }
        }
    }
}
