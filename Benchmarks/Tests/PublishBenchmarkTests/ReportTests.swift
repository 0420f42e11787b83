import JSON
import Testing

@testable import publish_benchmark

struct ReportTests {
    private static let results = Results(
        tasks: [
            task("http annotate small", [Peer.publisher: [12, 14], Peer.floor: [10, 10], Peer.shell: [130, 130]]),
            task("tls-20ms create small", [Peer.publisher: [130], Peer.overlappingFloor: [100]]),
        ],
        traffic: [
            TrafficResult(
                scenario: "http create small", peer: Peer.shell, connections: [1, 4], bytesToServers: 7,
                bytesToClient: 8),
            TrafficResult(
                scenario: "http create small", peer: Peer.publisher, connections: [1, 1], bytesToServers: 5,
                bytesToClient: 6),
        ],
        systemCalls: [SystemCallResult(task: "start --version", peer: Peer.publisher, count: 420)], notes: ["A note."])

    private static func task(_ name: String, _ times: KeyValuePairs<String, [Double]>) -> TaskResult {
        TaskResult(
            name: name,
            series: times.map { peer, walls in
                Series(peer: peer, measurements: walls.map { Measurement(wall: $0, processor: 2, peakMemory: 2048) })
            })
    }

    @Test func `the report is Markdown tables`() {
        let rows = Report(results: Self.results).text.split(separator: "\n").map { line in
            line.split(separator: "|").map { $0.filter { $0 != " " } }.joined(separator: ",")
        }
        #expect(rows[0] == "task,program,medianms,p10,p90,tofloor,shellsteptoit,processorms,peakMiB")
        #expect(rows[2] == "httpannotatesmall,publisher,13.0,12.2,13.8,1.30,10.06,2.0,2.0")
        #expect(rows[3] == "httpannotatesmall,floor,10.0,10.0,10.0,1.00,13.00,2.0,2.0")
        #expect(rows.contains("medianms,publisher,floor,shellstep,floor,overlapping"))
        #expect(rows.contains("httpannotatesmall,13.0,10.0,130.0,"))
        #expect(rows.last == "Anote.")
    }

    @Test func `the columns of a table are aligned`() {
        let table = """
            | a   | long |
            | --- | ---- |
            | one | 2    |

            """
        #expect(Report.table(["a", "long"], [["one", "2"]]) == table)
    }

    @Test func `a threshold holds, does not, or was not measured`() throws {
        let thresholds = Threshold.all(Self.results)
        func threshold(_ text: String) -> Threshold? { thresholds.first { $0.text.hasPrefix(text) } }
        let floor = try #require(threshold("http annotate small: against the floor"))
        #expect(floor.measured == "1.30 times")
        #expect(floor.holds == true)
        let overlap = try #require(threshold("tls-20ms create small"))
        #expect(overlap.measured == "1.30 times")
        #expect(overlap.holds == false)
        let render = try #require(threshold("render 1 MiB"))
        #expect(render.measured == nil)
        #expect(render.holds == nil)
    }

    @Test func `only the publisher's own connections count`() throws {
        let threshold = try #require(Threshold.all(Self.results).first { $0.text.hasPrefix("connections") })
        #expect(threshold.measured == "1")
        #expect(threshold.holds == true)
    }

    @Test func `the JSON holds each measurement`() throws {
        let json = Report(results: Self.results).json
        let program = try #require(json["tasks"]?.array?.first?["programs"]?.array?.first)
        #expect(program["name"] == "publisher")
        #expect(program["wall"]?["median"] == (try JSONValue(parsing: "13.000")))
        #expect(program["toFloor"] == (try JSONValue(parsing: "1.300")))
        #expect(program["allWall"] == (try JSONValue(parsing: "[12.000, 14.000]")))
        #expect(json["systemCalls"]?.array?.first?["count"] == .number(JSONNumber(420)))
    }
}
