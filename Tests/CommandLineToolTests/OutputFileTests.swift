import Foundation
import Testing

@testable import CommandLineTool

@Suite struct OutputFiles {
    private func permissions(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? -1
    }

    @Test func `are replaced whole and keep their permissions`() throws {
        let folder = try ScratchFolder(["file": "old"])
        let path = "\(folder.path)/file"
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try OutputFile.write(Array("new".utf8), to: path)
        #expect(folder.read("file") == "new")
        #expect(permissions(path) == 0o600)
        #expect(folder.names == ["file"])
    }

    @Test func `behind a link are replaced, and the link stays`() throws {
        let folder = try ScratchFolder(["real/file": "old"])
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: "real/file")
        try OutputFile.write(Array("new".utf8), to: "\(folder.path)/link")
        #expect(folder.read("real/file") == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/link") == "real/file")
    }

    @Test func `that are devices are written to and stay devices`() throws {
        let folder = try ScratchFolder()
        let link = "\(folder.path)/null"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
        try OutputFile.write(Array("new".utf8), to: link)
        #expect(
            try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
                == .typeCharacterSpecial)
        #expect(folder.names == ["null"])
    }

    @Test func `that cannot be written leave nothing behind`() throws {
        let folder = try ScratchFolder(["folder/x": ""])
        #expect { try OutputFile.write([1], to: "\(folder.path)/folder") } throws: { error in
            "\(error)" == "cannot write '\(folder.path)/folder': Is a directory; name a file"
        }
        #expect(folder.names == ["folder", "folder/x"])
    }
}
