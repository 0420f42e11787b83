import Checkout
import Foundation
import JSON
import WorkloadModel
import YAML

/// Where the repository lies, seen from this file.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// Files that live in a dictionary; every other one is missing.
func inMemory(_ files: [String: [UInt8]] = [:]) -> FileReader {
    { path, limit throws(SourceTreeError) in
        guard let bytes = files[path] else { throw .missing(path) }
        guard bytes.count <= limit else { throw .tooLarge(path, size: bytes.count, limit: limit) }
        return bytes
    }
}

extension DescriptorReport {
    /// Every diagnostic on its line.
    var text: String { diagnostics.map(\.description).joined(separator: "\n") }
}

/// Reads a descriptor beside the files that the tests share.
func read(_ text: String, files: [String: [UInt8]] = commonFiles) -> DescriptorReport {
    DescriptorReader.read(Array(text.utf8), files: inMemory(files))
}

let commonFiles: [String: [UInt8]] = [
    "openapi.yaml": Array("openapi: 3.0.3\n".utf8),
    "service.proto": Array("syntax = \"proto3\";\n".utf8),
    "app.json": Array("{\"a\": 1}\n".utf8),
    "latin1.txt": [0x63, 0x61, 0x66, 0xE9],
    "huge.txt": Array(repeating: 0x61, count: 3 << 19 + 1),
    "empty.txt": [],
]

/// The parameters of all fixtures.
func parameters(component: String) -> WorkloadParameters {
    WorkloadParameters(
        image: "registry.example.com/shop/app:1.4.2", namespace: "acme", project: "default", component: component,
        workloadName: "\(component)-workload")
}
