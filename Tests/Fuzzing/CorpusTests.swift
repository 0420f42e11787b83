import Foundation
import Testing

/// Runs what fuzzing found worth keeping, so that a change is held to it without a fuzzer.
@Suite struct TheFuzzingCorpus {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

    @Test func `leads to Workloads, reports and edits that hold together`() throws {
        let files = try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil)
        #expect((50..<200).contains(files.count))
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            #expect(DescriptorFuzzing.failure(of: bytes) == nil, "\(file.lastPathComponent)")
            #expect(EditorFuzzing.failure(of: bytes) == nil, "\(file.lastPathComponent)")
        }
    }

    @Test func `takes less room than a picture`() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.folder, includingPropertiesForKeys: [.fileSizeKey])
        let size = try files.reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
        #expect(size < 300 << 10)
    }
}
