import Foundation
import Testing

@testable import CommandLineTool

/// What Sources/README.md says of messages, as far as a program can see it in the string literals.
@Suite struct Messages {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

    /// The string literals of some targets, those that are joined by a plus sign as one.
    private func literals(of targets: [String]) throws -> [String] {
        var literals: [String] = []
        for target in targets {
            let folder = Self.sources.appendingPathComponent(target).path
            let names = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
            for name in names where name.hasSuffix(".swift") {
                let source = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
                let code = source.split(separator: "\n").filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }
                let joined = code.joined(separator: "\n").replacing(/"\s*\+ "/, with: "")
                literals += joined.matches(of: /"(?:[^"\\\n]|\\.)*"/).map { String($0.output) }
            }
        }
        return literals
    }

    @Test func `name a flag with the variable that the table has for it`() throws {
        let rows = Parameter.workload + Parameter.connection + Parameter.publishing
        var named = 0
        for literal in try literals(of: ["Checkout", "HTTP", "Publishing", "WorkloadModel"]) {
            for match in literal.matches(of: /(--[a-z][a-z-]+)(?: [a-z]+)?(?: \(([A-Z_]+)\))?/) {
                let row = try #require(rows.first { $0.flag == match.output.1 }, "\(literal)")
                #expect(match.output.2.map(String.init) == row.variables.first, "\(literal)")
                named += 1
            }
        }
        #expect(named >= 20)
    }

    @Test(arguments: ["fence", " as built", "mend ", "directory", "is no "])
    func `have no word of our own`(word: String) throws {
        let rooms = ["Checkout", "CommandLineTool", "HTTP", "PipelineTemplates", "Publishing", "WorkloadModel", "YAML"]
        for literal in try literals(of: rooms) {
            let words = literal.replacing("there is no ", with: "").replacing("\\(", with: "")
            #expect(!words.contains(word), "\(literal)")
        }
    }
}
