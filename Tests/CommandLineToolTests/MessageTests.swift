import Foundation
import Testing

@testable import CommandLineTool

/// What Sources/README.md says of messages, as far as a program can see it in the string literals.
@Suite struct Messages {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

    /// The string literals of some targets, those that are joined by a plus sign as one.
    static func literals(of targets: [String]) throws -> [String] {
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

    @Test(arguments: [
        "Checkout", "ControlPlaneAccess", "HTTP", "JSON", "Kubernetes", "Objects", "OpenChoreo", "Redaction", "Text",
        "WorkloadModel", "YAML",
    ])
    func `messages of a lower room name no flag and no variable`(room: String) throws {
        let rows = Parameter.workload + Parameter.store + Parameter.connection + Parameter.publishing
        let variables = rows.flatMap(\.variables).filter { $0.contains("_") }
        let literals = try Self.literals(of: [room])
        #expect(!literals.isEmpty)
        for literal in literals {
            #expect(!literal.contains(/(^|[^-])--[a-z]/), "\(literal)")
            for variable in variables { #expect(!literal.contains(variable), "\(literal)") }
        }
    }

    @Test(arguments: ["fence", " as built", "mend ", "directory", "is no "])
    func `messages have no word of our own`(word: String) throws {
        let rooms = [
            "Checkout", "CommandLineTool", "HTTP", "PipelineTemplates", "ControlPlaneAccess", "Kubernetes", "Objects",
            "OpenChoreo", "WorkloadModel", "YAML",
        ]
        for literal in try Self.literals(of: rooms) {
            let words = literal.replacing("there is no ", with: "").replacing("\\(", with: "")
            #expect(!words.contains(word), "\(literal)")
        }
    }
}
