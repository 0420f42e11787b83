import Foundation
import Testing

@testable import CommandLineTool

@Suite struct OutputFiles {
    private func permissions(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? -1
    }

    @Test func `output files are replaced whole and keep their permissions`() throws {
        let folder = try ScratchFolder(["file": "old"])
        let path = "\(folder.path)/file"
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try OutputFile.write(Array("new".utf8), to: path)
        #expect(folder.read("file") == "new")
        #expect(permissions(path) == 0o600)
        #expect(folder.names == ["file"])
    }

    @Test func `output files behind a link are replaced, and the link stays`() throws {
        let folder = try ScratchFolder(["real/file": "old"])
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: "real/file")
        try OutputFile.write(Array("new".utf8), to: "\(folder.path)/link")
        #expect(folder.read("real/file") == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/link") == "real/file")
    }

    @Test func `output files behind a link to nothing are made where it leads`() throws {
        let folder = try ScratchFolder(["real/file": ""])
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/second", withDestinationPath: "real/new")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/first", withDestinationPath: "\(folder.path)/second")
        try OutputFile.write(Array("new".utf8), to: "\(folder.path)/first")
        #expect(folder.read("real/new") == "new")
        #expect(folder.names == ["first", "real", "real/file", "real/new", "second"])
    }

    @Test func `output files behind links that lead to each other cannot be written`() throws {
        let folder = try ScratchFolder()
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/a", withDestinationPath: "b")
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/b", withDestinationPath: "a")
        #expect { try OutputFile.write([1], to: "\(folder.path)/a") } throws: { error in
            "\(error)" == "cannot write '\(folder.path)/a': Too many levels of symbolic links"
        }
        #expect(folder.names == ["a", "b"])
    }

    @Test func `output files are written from many sides at once, one of them whole`() async throws {
        let folder = try ScratchFolder()
        let path = "\(folder.path)/file"
        await withTaskGroup(of: Void.self) { group in
            for letter in "abcdefgh" {
                group.addTask {
                    for _ in 1...20 {
                        try? OutputFile.write(Array(repeating: letter.asciiValue ?? 0, count: 5000), to: path)
                    }
                }
            }
        }
        let text = folder.read("file") ?? ""
        #expect(text.utf8.count == 5000 && Set(text).count == 1)
        #expect(folder.names == ["file"])
    }

    @Test func `output files that are devices are written to and stay devices`() throws {
        let folder = try ScratchFolder()
        let link = "\(folder.path)/null"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
        try OutputFile.write(Array("new".utf8), to: link)
        #expect(
            try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
                == .typeCharacterSpecial)
        #expect(folder.names == ["null"])
    }

    @Test func `output files in shared memory are files like others`() throws {
        let folder = "/dev/shm/workload-publisher-test-\(UInt64.random(in: 0 ... .max))"
        try OutputFile.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for text in ["first", "second"] {
            try OutputFile.write(Array(text.utf8), to: "\(folder)/file")
            #expect(try String(contentsOfFile: "\(folder)/file", encoding: .utf8) == text)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }

    @Test(arguments: ["/dev/full", "BASE/none/file"])
    func `output files that cannot be written end the program with 73`(path: String) throws {
        let folder = try ScratchFolder(["workload.yaml": Bench.descriptor])
        let file = path.replacing("BASE", with: folder.path)
        let names = ["--image=r.example/x:1", "--namespace=n", "--project=p", "--component=c"]
        let run = ToolRun(["render", "--output-file", file] + names, workingDirectory: folder.path)
        let reason =
            path == "/dev/full"
            ? "No space left on device" : "No such file or directory; name a place in a folder that exists"
        #expect((run.code, run.output) == (.cannotCreate, ""))
        #expect(run.errors == "error: --output-file: cannot write '\(file)': \(reason)\n")
        #expect(folder.names == ["workload.yaml"])
    }

    @Test func `output files of render hold what it would print`() throws {
        let folder = try ScratchFolder(["workload.yaml": Bench.descriptor])
        let arguments = ["render", "--image=r.example/x:1", "--namespace=n", "--project=p", "--component=c"]
        let run = ToolRun(arguments + ["--output-file=\(folder.path)/out"], workingDirectory: folder.path)
        #expect((run.code, run.output, run.errors) == (.success, "", ""))
        #expect(folder.read("out") == ToolRun(arguments, workingDirectory: folder.path).output)
        #expect(folder.names == ["out", "workload.yaml"])
    }

    @Test(arguments: [
        ("BASE/file/out", "'BASE/file/': a file has this name; name another folder"),
        ("/proc/none/out", "'/proc/none/': No such file or directory; name a place in a folder that exists"),
    ])
    func `output files need folders that can be made`(path: String, expected: String) throws {
        let folder = try ScratchFolder(["file": ""])
        #expect { try OutputFile.makeFolder(path.replacing("BASE", with: folder.path)) } throws: { error in
            "\(error)" == "cannot create the folder \(expected.replacing("BASE", with: folder.path))"
        }
    }

    @Test func `output files that cannot be written leave nothing behind`() throws {
        let folder = try ScratchFolder(["folder/x": ""])
        #expect { try OutputFile.write([1], to: "\(folder.path)/folder") } throws: { error in
            "\(error)" == "cannot write '\(folder.path)/folder': Is a directory; name a file"
        }
        #expect(folder.names == ["folder", "folder/x"])
    }
}
