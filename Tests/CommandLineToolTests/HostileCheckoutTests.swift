import CommandLineTool
import Foundation
import Glibc
import Testing

/// Checkouts that want the step to read what is not theirs, to hang or to outgrow its memory.
@Suite struct HostileCheckouts {
    /// Stands outside every checkout; not a word of it may be seen.
    private static let secret = "root-password-hash"

    private func fixture(_ files: [String: String] = [:]) throws -> ScratchFolder {
        var files = files
        files["passwd"] = "\(Self.secret): 1\n"
        files["checkout/inside.txt"] = "inside"
        return try ScratchFolder(files)
    }

    private func link(_ folder: ScratchFolder, _ path: String, to target: String) throws {
        try #require(symlink(target.replacing("BASE", with: folder.path), "\(folder.path)/\(path)") == 0)
    }

    /// What all three commands that read a checkout say.
    private func runs(_ folder: ScratchFolder, _ arguments: [String] = []) -> [ToolRun] {
        let names = ["--image=r.example/x:1", "--namespace=n", "--project=p", "--component=c"]
        let checkout = "\(folder.path)/checkout"
        return [
            ToolRun(["render"] + names + arguments, workingDirectory: checkout),
            ToolRun(["publish", "--dry-run"] + names + arguments, workingDirectory: checkout),
            ToolRun(["validate"] + arguments.filter { $0.hasPrefix("--source-dir") }, workingDirectory: checkout),
        ]
    }

    @Test(arguments: [
        "BASE/passwd", "../passwd", "/proc/self/root/BASE/passwd", "./x/../../passwd", "link", "folder/passwd",
        "folder/../../passwd", "/dev/zero", "/proc/self/environ", "loop", "pipe",
    ])
    func `hostile checkouts get nothing through a path that a descriptor names`(path: String) throws {
        let folder = try fixture()
        try link(folder, "checkout/link", to: "BASE/passwd")
        try link(folder, "checkout/folder", to: "..")
        try link(folder, "checkout/loop", to: "loop")
        try #require(mkfifo("\(folder.path)/checkout/pipe", 0o600) == 0)
        let path = path.replacing("BASE", with: folder.path)
        try folder.write(
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - {name: a, port: 1, type: HTTP, schemaFile: '\(path)'}
            configurations:
              files:
                - {name: b, mountPath: /b, valueFrom: {path: '\(path)'}}
            """, to: "checkout/workload.yaml")
        for run in runs(folder) {
            #expect(run.code == .invalidData)
            let said = run.output + run.errors
            #expect(said.contains("workload.yaml:3:48: error: 'schemaFile': "), "\(said)")
            #expect(said.contains("workload.yaml:6:50: error: 'path': "), "\(said)")
            #expect(!said.contains(Self.secret), "\(said)")
        }
    }

    @Test(arguments: ["BASE/passwd", "../passwd", "/dev/zero", "/proc/self/environ", "none", "workload.yaml"])
    func `hostile checkouts get nothing through a descriptor that is a link`(target: String) throws {
        let folder = try fixture()
        try link(folder, "checkout/workload.yaml", to: target)
        for run in runs(folder) {
            #expect(run.code == .invalidData)
            let said = run.output + run.errors
            #expect(said.contains("workload.yaml:1:1: error: 'workload.yaml' "), "\(said)")
            #expect(!said.contains(Self.secret), "\(said)")
        }
    }

    @Test func `hostile checkouts get nothing through a folder that is a link`() throws {
        let folder = try fixture(["outside/workload.yaml": "\(Self.secret): 1\n"])
        try link(folder, "checkout/app", to: "../outside")
        for run in runs(folder, ["--app-path=app"]).dropLast() {
            #expect(run.code == .noInput)
            #expect(
                run.errors
                    == "error: --app-path (APP_PATH): 'app' leads outside the source dir; name a path that "
                    + "stays inside it\n"
            )
        }
        for path in ["../outside", "app/../../outside", "app"] {
            for run in runs(folder, ["--app-path=\(path)"]).dropLast() { #expect(run.code == .noInput, "\(path)") }
        }
        let validated = ToolRun(["validate"], workingDirectory: "\(folder.path)/checkout")
        #expect(validated.output == "0 files: 0 errors, 0 warnings\n")
        let named = ToolRun(["validate", "app"], workingDirectory: "\(folder.path)/checkout")
        #expect(named.code == .noInput)
        #expect(!(named.output + named.errors).contains(Self.secret))
    }

    @Test func `hostile checkouts get nothing through parameters that the source dir fences`() throws {
        let folder = try fixture()
        try link(folder, "checkout/link.yaml", to: "../passwd")
        let arguments = [
            ["--source-dir=.", "--descriptor=../passwd"], ["--source-dir=.", "--descriptor=\(folder.path)/passwd"],
            ["--source-dir=.", "--descriptor=link.yaml"], ["--descriptor=link.yaml"],
            ["--app-path=../", "--source-dir=."], ["--app-path=link.yaml"],
        ]
        for arguments in arguments {
            for run in runs(folder, arguments).dropLast() {
                #expect(run.code == .noInput, "\(arguments)")
                #expect(!(run.output + run.errors).contains(Self.secret), "\(arguments): \(run.errors)")
            }
        }
    }

    @Test func `hostile checkouts cannot hang or fill the step`() throws {
        let folder = try fixture()
        let kinds: [(make: (String) throws -> Void, says: String)] = [
            ({ try #require(mkfifo($0, 0o600) == 0) }, "is a named pipe, and only regular files are read"),
            ({ try #require(symlink("/dev/zero", $0) == 0) }, "leads outside the source dir"),
            ({ try #require(mkdir($0, 0o700) == 0) }, "is a folder"),
            (
                { path in
                    try Data().write(to: URL(filePath: path))
                    try #require(truncate(path, 1 << 30) == 0)
                }, "is too large: 1073741824 bytes or more, and at most 1536 KiB is read"
            ),
        ]
        for (make, says) in kinds {
            try make("\(folder.path)/checkout/workload.yaml")
            for run in runs(folder).prefix(2) {
                #expect(run.code == .invalidData)
                #expect(run.errors.contains(says), "\(run.errors)")
            }
            try FileManager.default.removeItem(atPath: "\(folder.path)/checkout/workload.yaml")
        }
    }

    @Test func `hostile checkouts are searched however deep they are and whatever their names`() throws {
        let folder = try fixture()
        let deep = String(repeating: "d/", count: 200)
        try folder.write("", to: "checkout/\(deep)workload.yaml")
        let odd = Array("\(folder.path)/checkout/".utf8CString.dropLast()) + [CChar(bitPattern: 0xFF)]
        try #require(mkdir(odd + [0], 0o700) == 0)
        let file = open(odd + Array("/workload.yaml".utf8CString), O_CREAT | O_WRONLY, 0o600)
        try #require(file >= 0)
        close(file)
        try folder.write(Bench.descriptor, to: "checkout/a/workload.yaml")
        let run = ToolRun(["validate"], workingDirectory: "\(folder.path)/checkout")
        let place = String(repeating: "d/", count: 128) + "d"
        #expect(
            run.output == """
                \(place):1:1: warning: not searched for descriptors: '\(place)' is nested deeper than 128 folders; \
                move it up
                \u{FFFD}/workload.yaml:1:1: warning: not searched for descriptors: '\u{FFFD}/workload.yaml' is not a \
                usable path: its name is not UTF-8
                1 file: 0 errors, 2 warnings

                """)
        #expect(run.code == .success)
    }
}
