import TestPrograms

/// What the benchmark was asked to do.
struct Options {
    static let help = """
        swift run --package-path Benchmarks -c release publish-benchmark [OPTIONS]

        Measures whole processes side by side: workload-publisher, the shell step that it replaces, and the floor, a C
        program that makes the same requests with bodies made ready. Prints a table.

          --quick           few rounds of few scenarios
          --filter WORDS    only what has all these words in its name: 'tls-20ms annotate small', 'render'
          --rounds N        so many rounds of each scenario instead of the usual number
          --json FILE       write all results to a file as JSON
          --static FILE     measure this statically linked workload-publisher as well
          --program FILE    measure this workload-publisher instead of the one that is built here
          --older FILE      measure this workload-publisher as well, whatever requests it makes

        """

    var isQuick = false
    var filter: [String] = []
    var rounds: Int?
    var jsonFile: String?
    var staticProgram: String?
    var olderProgram: String?
    /// The publisher; empty until it is built.
    var program = ""
    /// The floor; empty until it is built.
    var floor = ""

    /// Reads the arguments; throws with what is wrong.
    init(_ arguments: some Sequence<String>) throws(BenchmarkError) {
        var rest = Array(arguments)[...]
        func value(of flag: String) throws(BenchmarkError) -> String {
            guard let value = rest.popFirst() else { throw BenchmarkError("\(flag) needs a value") }
            return value
        }
        while let flag = rest.popFirst() {
            switch flag {
            case "--quick": isQuick = true
            case "--filter": filter += try value(of: flag).split(separator: " ").map(String.init)
            case "--rounds":
                guard let count = Int(try value(of: flag)), (1...10_000).contains(count) else {
                    throw BenchmarkError("--rounds is a number from 1 to 10000")
                }
                rounds = count
            case "--json": jsonFile = try value(of: flag)
            case "--static": staticProgram = try value(of: flag)
            case "--program": program = try value(of: flag)
            case "--older": olderProgram = try value(of: flag)
            default: throw BenchmarkError("there is no option '\(flag)'; see --help")
            }
        }
    }

    /// Whether something of that name is to be measured.
    func includes(_ name: String) -> Bool {
        let words = name.split(separator: " ").map(String.init)
        return filter.allSatisfy(words.contains)
    }

    /// How many rounds a scenario gets: fewer where each takes long.
    func rounds(_ scenario: Scenario) -> Int {
        if let rounds { return rounds }
        if isQuick { return 7 }
        return switch scenario.transport.roundTrip {
        case 0: scenario.size == .small ? 41 : 15
        case ..<10: 21
        case ..<50: scenario.size == .small ? 15 : 7
        default: 7
        }
    }

    /// How many rounds many components get, which need few: each has thousands of requests.
    func rounds(_ scenario: ManyScenario) -> Int { rounds ?? (isQuick ? 1 : scenario.hasSingleRuns ? 3 : 5) }

    /// How many rounds programs get that need no server.
    var localRounds: Int { rounds ?? (isQuick ? 7 : 31) }
}

/// Programs of the system that the benchmark starts.
enum Requirement {
    private static let packages = [
        "bash": "bash", "curl": "curl", "jq": "jq", "nghttpx": "nghttp2-proxy", "openssl": "openssl",
        "pkg-config": "pkg-config", "stunnel4": "stunnel4", "strace": "strace",
    ]

    /// Throws where one is missing without which nothing can be measured.
    static func check() throws(BenchmarkError) {
        let absent = ["bash", "curl", "jq", "nghttpx", "openssl", "pkg-config", "stunnel4"].filter {
            ProgramCall.path(of: $0) == nil
        }
        if !absent.isEmpty { throw BenchmarkError(missing(absent)) }
    }

    /// What to do about missing programs.
    static func missing(_ programs: [String]) -> String {
        "missing: \(programs.joined(separator: ", ")); on Debian: apt-get install "
            + programs.compactMap { packages[$0] }.joined(separator: " ")
    }
}

/// What keeps the benchmark from going on.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
