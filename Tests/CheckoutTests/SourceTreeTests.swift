import Foundation
import Glibc
import System
import Testing

@testable import Checkout

@Suite struct SourceTreeReading {
    @Test(arguments: [
        ("a.txt", ".", "inside"),
        ("a.txt", "", "inside"),
        ("./svc//./b.txt", ".", "b"),
        ("b.txt", "svc", "b"),
        ("../b.txt", "svc/app", "b"),
        ("../../a.txt", "svc/app", "inside"),
        ("app/../b.txt", "svc", "b"),
        ("../svc/../a.txt", "svc", "inside"),
        ("../../../outside/secret.txt", "svc/app", "outside the source dir"),
        ("../source/a.txt", ".", "outside the source dir"),
        ("..", ".", "outside the source dir"),
        ("a.txt", "..", "outside the source dir"),
        ("svc/../../source/a.txt", ".", "outside the source dir"),
    ])
    func `reading in a source tree goes up and down inside the source dir and never beyond it`(
        file: String, folder: String, expected: String
    ) throws {
        let read = try SourceTreeFixture().reading(file, from: folder)
        if expected == "outside the source dir" {
            let path = folder == ".." ? ".." : file
            #expect(read == "'\(path)' leads outside the source dir; name a path that stays inside it")
        } else {
            #expect(read == expected)
        }
    }

    @Test(arguments: [
        ("none.txt", "'none.txt' does not exist"),
        ("none/b.txt", "'none/b.txt' does not exist"),
        ("svc", "'svc' is a folder, not a file"),
        (".", "'.' is a folder, not a file"),
        ("a.txt/b", "'a.txt/b' does not exist: 'a.txt' is not a folder"),
        ("a.txt/..", "'a.txt/..' does not exist: 'a.txt' is not a folder"),
        ("a.txt/", "'a.txt/' does not exist: 'a.txt' is not a folder"),
        ("", "'' is not a usable path: it is empty"),
        ("a.txt\0.yaml", #"'a.txt\0.yaml' is not a usable path: it contains a NUL character"#),
        ("\u{1B}[2J\n\u{202E}x", #"'\u{1B}[2J\n\u{202E}x' does not exist"#),
        ("/etc/passwd", "'/etc/passwd' is an absolute path; write it relative to the descriptor's folder"),
        (
            String(repeating: "n", count: 300),
            "'\(String(repeating: "n", count: 300))' is not a usable path: "
                + "a name in it is longer than the file system allows"
        ),
        (
            String(repeating: "a/", count: 2048),
            "'\(String(repeating: "a/", count: 200))…' is not a usable path: it is longer than 4095 bytes"
        ),
    ])
    func `reading in a source tree says what is wrong with a path`(file: String, expected: String) throws {
        #expect(try SourceTreeFixture().reading(file) == expected)
    }

    @Test func `reading in a source tree says which folder a file was to be read from when that is the trouble`() throws
    {
        let fixture = try SourceTreeFixture()
        #expect(try fixture.reading("b.txt", from: "none") == "'none' does not exist")
        #expect(try fixture.reading("b.txt", from: "a.txt") == "'a.txt' is not a folder")
    }

    @Test func `reading in a source tree never opens pipes, sockets and devices`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.makePipe("source/pipe")
        try fixture.makeSocket("source/socket")
        #expect(try fixture.reading("pipe") == "'pipe' is a named pipe, and only regular files are read")
        #expect(try fixture.reading("socket") == "'socket' is a socket, and only regular files are read")
        #expect(throws: SourceTreeError.notARegularFile("null", .other("a character device"))) {
            try SourceTree(root: "/dev").contents(of: "null", from: ".", limit: 1)
        }
    }

    @Test(arguments: [
        (5, "'a.txt' is too large: 6 bytes or more, and at most 5 bytes is read; shorten it"),
        (0, "'a.txt' is too large: 6 bytes or more, and at most 0 bytes is read; shorten it"),
        (6, "inside"),
        (.max, "inside"),
    ])
    func `reading in a source tree reads up to the limit and not a byte more`(limit: Int, expected: String) throws {
        #expect(try SourceTreeFixture().reading("a.txt", limit: limit) == expected)
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 1 << 20])
    func `reading in a source tree reads a file of exactly the limit whole`(size: Int) throws {
        let fixture = try SourceTreeFixture()
        let text = String((0..<size).lazy.map { "\($0 % 10)".first ?? "-" })
        try fixture.write(text, to: "source/sized")
        #expect(try fixture.reading("sized", limit: size) == text)
        try fixture.write(text + "x", to: "source/sized")
        #expect(throws: SourceTreeError.tooLarge("sized", size: size + 1, limit: size)) {
            try fixture.tree().contents(of: "sized", from: ".", limit: size)
        }
    }

    @Test func `reading in a source tree holds the limit for a file that does not say its size`() throws {
        let system = try SourceTree(root: "/proc/self")
        #expect(throws: SourceTreeError.tooLarge("status", size: 11, limit: 10)) {
            try system.contents(of: "status", from: ".", limit: 10)
        }
        #expect(try !system.contents(of: "status", from: ".", limit: 1 << 20).isEmpty)
    }

    @Test func `reading in a source tree passes on why the system cannot read a file`() throws {
        #expect(throws: SourceTreeError.unreadable("mem", reason: "Input/output error")) {
            try SourceTree(root: "/proc/self").contents(of: "mem", from: ".", limit: 10)
        }
    }

    @Test func `reading in a source tree stops at folders nested beyond any use`() throws {
        let fixture = try SourceTreeFixture()
        let deepest = Array(repeating: "d", count: 128).joined(separator: "/")
        try fixture.makeFolder("source/\(deepest)/d")
        try fixture.write("deep", to: "source/\(deepest)/x")
        #expect(try fixture.reading("\(deepest)/x") == "deep")
        #expect(
            try fixture.reading("\(deepest)/d/x") == "'\(deepest)/d/x' is nested deeper than 128 folders; move it up")
    }

    @Test func `reading in a source tree keeps names apart that are the same to a reader only`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.write("composed", to: "source/\u{E9}")
        #expect(try fixture.reading("\u{E9}") == "composed")
        #expect(try fixture.reading("e\u{301}") == "'e\u{301}' does not exist")
    }
}

@Suite struct SourceTreeRoots {
    @Test(arguments: [
        ("BASE/none", "'BASE/none' does not exist"),
        ("BASE/source/a.txt", "'BASE/source/a.txt' is not a folder"),
        ("BASE/pipe", "'BASE/pipe' is not a folder"),
        ("", "'' is not a usable path: it is empty"),
        ("BASE/source\0", #"'BASE/source\0' is not a usable path: it contains a NUL character"#),
    ])
    func `roots of source trees have to be folders`(path: String, expected: String) throws {
        let fixture = try SourceTreeFixture()
        try fixture.makePipe("pipe")
        #expect { try SourceTree(root: fixture.inBase(path)) } throws: {
            "\($0)".replacingOccurrences(of: fixture.base, with: "BASE") == expected
        }
    }

    @Test func `roots of source trees may be links themselves and stay the same folder when they are renamed`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.link("alias", to: "source")
        try fixture.link("source/absolute", to: "BASE/source/a.txt")
        let tree = try SourceTree(root: "\(fixture.base)/alias")
        #expect(tree.path == "\(fixture.base)/alias")
        #expect(try tree.contents(of: "absolute", from: ".", limit: 10) == Array("inside".utf8))
        try FileManager.default.moveItem(atPath: fixture.source, toPath: "\(fixture.base)/moved")
        try fixture.makeFolder("source")
        #expect(try tree.contents(of: "a.txt", from: ".", limit: 10) == Array("inside".utf8))
    }

    @Test func `roots of source trees may be the root of the machine`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.link("source/absolute", to: "BASE/source/a.txt")
        let file = String(fixture.source.dropFirst()) + "/absolute"
        #expect(try SourceTree(root: "/").contents(of: file, from: ".", limit: 10) == Array("inside".utf8))
    }

    @Test func `roots of source trees give out folders and kinds of files`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.makePipe("source/pipe")
        try fixture.link("source/broken", to: "none")
        let tree = try fixture.tree()
        for folder in ["", "svc/app"] { try tree.checkFolder(folder) }
        #expect(throws: SourceTreeError.notAFolder("a.txt", component: "a.txt")) { try tree.checkFolder("a.txt") }
        #expect(throws: SourceTreeError.missing("none")) { try tree.checkFolder("none") }
        #expect(throws: SourceTreeError.absolutePath("/svc")) { try tree.checkFolder("/svc") }
        #expect(throws: SourceTreeError.outside("..")) { try tree.checkFolder("..") }

        #expect(try tree.kind(of: "b.txt", from: "svc") == .regular)
        #expect(try tree.kind(of: "svc", from: ".") == .folder)
        #expect(try tree.kind(of: "pipe", from: ".") == .other("a named pipe"))
        #expect(try tree.kind(of: "none", from: ".") == nil)
        #expect(try tree.kind(of: "a.txt", from: "none") == nil)
        #expect(throws: SourceTreeError.brokenLink("broken", target: "none")) {
            try tree.kind(of: "broken", from: ".")
        }
    }
}

@Suite struct SourceTreeErrors {
    @Test(arguments: [
        (EACCES, "'x' cannot be read: Permission denied; make it readable for this user"),
        (EPERM, "'x' cannot be read: Operation not permitted; make it readable for this user"),
        (EIO, "'x' cannot be read: Input/output error"),
        (EMFILE, "'x' cannot be read: Too many open files"),
        (ESTALE, "'x' cannot be read: Stale file handle"),
        (ENOENT, "'x' does not exist"),
        (ENOTDIR, "'x' is not a folder"),
        (ELOOP, "'x' goes through more than 40 symbolic links, perhaps in a circle; remove some"),
        (ENAMETOOLONG, "'x' is not a usable path: a name in it is longer than the file system allows"),
    ])
    func `errors of a source tree put the system's reasons into words`(code: CInt, expected: String) {
        #expect("\(SourceTreeError(SystemError(code: code), path: "x"))" == expected)
    }

    @Test(arguments: [
        (FileKind.folder, "'x' is a folder, not a file"),
        (.other("a named pipe"), "'x' is a named pipe, and only regular files are read"),
    ])
    func `errors of a source tree name the kind of what is no file`(kind: FileKind, expected: String) {
        #expect("\(SourceTreeError.notARegularFile("x", kind))" == expected)
    }

    @Test func `errors of a source tree name a file that was replaced`() {
        #expect(
            "\(SourceTreeError.replaced("x"))"
                == "'x' was replaced while it was being opened; run again when nothing writes to it")
    }
}
