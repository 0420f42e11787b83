import Checkout
import Foundation
import JSON
import TestDocuments
import Testing
import WorkloadModel
import YAML

@Suite struct Examples {
    static let names = ["reading-list-service", "minimal", "every-field", "connections"]

    static let warnings = [
        "reading-list-service": "",
        "minimal": "",
        "every-field": "35:5: warning: 'context' is not sent, for a Workload has no place for it; remove it",
        "connections": """
        12:11: warning: 'REST' is the former name of 'HTTP'; write 'HTTP', which is sent
        15:1: warning: 'connections' is the name of a former version; write its entries under \
        'dependencies.endpoints'
        """,
    ]

    static func source(of name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: repository.appending(path: "descriptors/\(name)/workload.yaml")))
    }

    static func report(of name: String) throws -> DescriptorReport {
        let tree = try SourceTree(root: repository.appending(path: "descriptors/\(name)").path)
        return DescriptorReader.read(try source(of: name)) { path, limit throws(SourceTreeError) in
            try tree.contents(of: path, from: ".", limit: limit)
        }
    }

    @Test(arguments: names)
    func `an example becomes the whole Workload of its fixture`(name: String) throws {
        let report = try Self.report(of: name)
        #expect(report.text == Self.warnings[name])
        let descriptor = try #require(report.descriptor)
        let workload = Workload(parameters: parameters(component: name), descriptor: descriptor)
        let fixture = repository.appending(path: "Tests/WorkloadModelTests/Fixtures/\(name).json")
        let expected = try JSONValue(parsing: [UInt8](try Data(contentsOf: fixture)))
        #expect(workload.customResource.text(.pretty) == expected.text(.pretty))
    }

    @Test(arguments: names)
    func `an example names its schema in the first line and is valid by it`(name: String) throws {
        let bytes = try Self.source(of: name)
        let first = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first
        #expect(first == "# yaml-language-server: $schema=../workload.schema.json")
        let root = try #require(YAMLDocument(parsing: bytes).root)
        #expect(try SchemaValidator(WorkloadSchema.text).violations(of: JSONValue(root)) == [])
    }

    @Test func `examples stand beside the schema that the program prints`() throws {
        let file = repository.appending(path: "descriptors/workload.schema.json")
        #expect(String(decoding: try Data(contentsOf: file), as: UTF8.self) == WorkloadSchema.text)
    }
}
