import JSON
import Testing

@testable import publish_benchmark

struct ReportTests {
    private static let results = Results(
        tasks: [
            task("http annotate small", [Peer.publisher: [12, 14], Peer.floor: [10, 10], Peer.shell: [130, 130]]),
            task("tls-20ms create small", [Peer.publisher: [130], Peer.overlappingFloor: [100]]),
            task("h2 update 100 components", [Peer.publisher: [200]], peakMemory: 20 << 10),
            task(
                "h2 update 1000 components",
                [Peer.publisher: [2000], Peer.floor: [1000], ManyPeer.single: [9000], ManyPeer.singleFloor: [6000]],
                peakMemory: 27 << 10),
            task(
                "h2-20ms update 1000 components",
                [Peer.publisher: [12], Peer.floor: [10], ManyPeer.single: [60], ManyPeer.singleFloor: [55]]),
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

    private static func task(
        _ name: String, _ times: KeyValuePairs<String, [Double]>, peakMemory: Int = 2048
    ) -> TaskResult {
        TaskResult(
            name: name,
            series: times.map { peer, walls in
                Series(
                    peer: peer, measurements: walls.map { Measurement(wall: $0, processor: 2, peakMemory: peakMemory) })
            })
    }

    @Test func `the report is Markdown tables`() {
        let rows = Report(results: Self.results).text.split(separator: "\n").map { line in
            line.split(separator: "|").map { $0.filter { $0 != " " } }.joined(separator: ",")
        }
        #expect(rows[0] == "task,program,medianms,p10,p90,tofloor,shellsteptoit,processorms,peakMiB")
        #expect(rows[2] == "httpannotatesmall,publisher,13.0,12.2,13.8,1.30,10.06,2.0,2.0")
        #expect(rows[3] == "httpannotatesmall,floor,10.0,10.0,10.0,1.00,13.00,2.0,2.0")
        #expect(
            rows.contains(
                "medianms,publisher,floor,shellstep,floor,overlapping,singlerunsofthepublisher,singlerunsofthefloor"))
        #expect(rows.contains("httpannotatesmall,13.0,10.0,130.0,,,"))
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

    @Test(arguments: [
        ("h2 update 1000 components: against", "2.00 times", false),
        ("h2 update 1000 components: faster", "4.50 times", false),
        ("h2-20ms update 1000 components: against", "1.20 times", true),
        ("h2-20ms update 1000 components: what", "0.91 times", true),
        ("peak memory with 1000", "27.0 MiB", true),
        ("the same above that with 100", "7.0 MiB", true),
    ])
    func `many components have thresholds of their own`(text: String, measured: String, holds: Bool) throws {
        let threshold = try #require(Threshold.all(Self.results).first { $0.text.hasPrefix(text) })
        #expect(threshold.measured == measured)
        #expect(threshold.holds == holds)
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
