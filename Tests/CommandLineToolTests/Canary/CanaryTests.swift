import CommandLineTool
import JSON
import MockControlPlane
import Testing

@Suite struct Canary {
    private typealias Authentication = CanaryBench.Authentication
    private typealias Mode = CanaryBench.Mode

    private func expectSilence(_ bench: CanaryBench, _ run: ToolRun) {
        for trace in bench.traces(of: run) {
            let leak = CanaryBench.detector.leak(in: trace.text)
            #expect(leak == nil, "\(trace.name) shows a secret")
        }
    }

    @Test(arguments: Numbered.cells)
    func `a canary secret is heard in no fault`(numbered: Numbered) throws {
        let authentications = Authentication.allCases
        let modes: [Mode] = [.verbose, .json, .plain, .verbose, .image]
        let bench = try CanaryBench(
            numbered.cell, authentications[numbered.index % authentications.count],
            Dress.allCases[numbered.index % Dress.allCases.count])
        let run = bench.run(modes[numbered.index % modes.count])
        // Some dresses are no longer in OAuth's form.
        let isUndressed = numbered.cell.route == .token && [.protocolError, .unavailable].contains(run.code)
        #expect(
            run.code == numbered.cell.code || isUndressed || modes[numbered.index % modes.count] == .image)
        expectSilence(bench, run)
    }

    @Test(arguments: FaultCell.all.filter { $0.isStanding && ["401", "503", "HTML"].contains("\($0.fault)") })
    func `a canary secret is heard in no refusal, however much is shown`(cell: FaultCell) throws {
        for (index, mode) in Mode.allCases.enumerated() {
            let bench = try CanaryBench(cell, Authentication.allCases[index % 3], Dress.allCases[index])
            expectSilence(bench, bench.run(mode))
        }
    }

    @Test(arguments: Dress.allCases, Authentication.allCases)
    func `a canary secret is heard in no dress`(dress: Dress, authentication: CanaryBench.Authentication) throws {
        for cell in FaultCell.all where cell.isStanding && "\(cell.fault)" == "422" {
            guard cell.route == .token || cell.route == .createWorkload && authentication == .post else { continue }
            let bench = try CanaryBench(cell, authentication, dress)
            let run = bench.run(.json)
            #expect(run.errors.contains("<redacted>"))
            expectSilence(bench, run)
        }
    }

    @Test func `a canary secret is heard in no dry run`() throws {
        let bench = try Bench()
        let secret = CanaryBench.secret
        for arguments in [
            ["--dry-run"], ["--dry-run=client", "--output=json"], ["--dry-run", "--oauth-auth-method=basic"],
        ] {
            for form in [["--oauth-client-secret", secret], ["--oauth-client-secret=\(secret)"], []] {
                let run = ToolRun(
                    ["publish"] + arguments + form,
                    environment: bench.environment.merging(["CLIENT_SECRET": form.isEmpty ? secret : ""]) { $1 })
                #expect(run.code == .success)
                #expect(run.output.contains("<redacted>"))
                #expect(CanaryBench.detector.leak(in: run.output + run.errors) == nil)
            }
        }
    }

    @Test(arguments: [
        ["--oauth-client-secret", "%", "--no-such-flag"], ["--oauth-client-secret=%", "--image", "%"],
        ["--oauth-client-secret=%", "%"], ["--oauth-client-secret%"], ["--oauth-client-secert=%"],
        ["--oauth-client-secret", "%", "--update=%"], ["--oauth-client-secret", "%", "--timeout", "%"],
        ["--oauth-client-secret", "%", "--oauth-token-url=http://ci:%@host/"], ["--namespace=%"],
        ["--oauth-client-secret", "%", "--label=%"], ["--oauth-client-secret", "%", "--strict=%"],
        ["--oauth-client-secret", "%", "--oauth-client-secret-file", "%"],
        ["--oauth-client-secret", "%", "--log-format=json", "--api-server-host-header", "%"],
        ["--oauth-client-secret", "%", "--source-dir", "/%"], ["--oauth-client-secret", "%", "--descriptor", "%"],
        ["--oauth-client-secret", "%", "--ca-file", "%"],
        ["--oauth-client-secret", "%", "--outputs-dir", "/dev/null/%"],
    ])
    func `a canary secret is heard in no complaint about the command line`(arguments: [String]) throws {
        let bench = try Bench()
        for variable in ["", CanaryBench.secret] {
            let run = ToolRun(
                ["publish"] + arguments.map { $0.replacing("%", with: CanaryBench.secret) },
                environment: bench.environment.merging(["CLIENT_SECRET": variable]) { $1 })
            #expect(run.code != .success)
            let isKnown = arguments[0].hasPrefix("--oauth-client-sec") || !variable.isEmpty
            #expect(!isKnown || CanaryBench.detector.leak(in: run.output + run.errors) == nil, "\(run.errors)")
        }
    }

    @Test(arguments: Dress.allCases)
    func `a canary secret would be heard in any dress`(dress: Dress) {
        for secret in [CanaryBench.secret, CanaryBench.assertion, CanaryBench.token] {
            let dressed = dress.put(on: secret)
            #expect(CanaryBench.detector.leak(in: "before [\(dressed)] after") != nil)
            // Half of it is as bad.
            let half = dressed.prefix(dressed.count / 2)
            #expect(CanaryBench.detector.leak(in: "before \(half)") != nil)
        }
        #expect(CanaryBench.detector.leak(in: "POST http://127.0.0.1/oauth2/token: 401 <redacted>") == nil)
    }

    @Test func `a canary secret would be heard if the server's responses were shown`() throws {
        let cell = try #require(FaultCell.all.first { "\($0.fault)" == "422" && $0.route == .createWorkload })
        let bench = try CanaryBench(cell, .post, .json)
        _ = bench.run(.plain)
        let response = try #require(bench.faults.bench.controlPlane.requests(.createWorkload).first?.response)
        #expect(response.status == 422)
        #expect(CanaryBench.detector.leak(in: String(decoding: response.body, as: UTF8.self)) != nil)
    }
}

/// A cell and its place, by which it gets one of the modes.
struct Numbered: Sendable, CustomTestStringConvertible {
    let index: Int
    let cell: FaultCell

    /// All cells but those that end at once, whether the fault stays or not.
    static let cells = FaultCell.all.filter { $0.isStanding || $0.endsWell }.enumerated()
        .map { Numbered(index: $0.offset, cell: $0.element) }

    var testDescription: String { cell.testDescription }
}
