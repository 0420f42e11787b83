import Checkout
import Foundation
import Testing

@Suite struct SourceTreeLinks {
    @Test(arguments: [
        ("a.txt", "link", "inside"),
        ("svc/../a.txt", "link", "inside"),
        ("BASE/source/a.txt", "link", "inside"),
        ("BASE//source/./a.txt", "link", "inside"),
        ("//BASE/source/svc/../a.txt", "link", "inside"),
        ("svc", "link/b.txt", "b"),
        ("svc/", "link/b.txt", "b"),
        ("svc/app", "link/../b.txt", "b"),
        ("BASE/source/svc/app", "link/../../a.txt", "inside"),
        ("BASE/source", "link/a.txt", "inside"),
        (".", "link/link/link/a.txt", "inside"),
    ])
    func `symbolic links inside are followed`(target: String, path: String, expected: String) throws {
        let fixture = try SourceTreeFixture()
        try fixture.link("source/link", to: target)
        #expect(try fixture.reading(path) == expected)
    }

    @Test(arguments: [
        ("../outside/secret.txt", "link"),
        ("BASE/outside/secret.txt", "link"),
        ("BASE/source/../outside/secret.txt", "link"),
        ("BASE/source-other/a.txt", "link"),
        ("BASE", "link/outside/secret.txt"),
        ("BASE", "link/source/a.txt"),
        ("..", "link/outside/secret.txt"),
        ("../outside", "link/secret.txt"),
        ("svc", "link/../../outside/secret.txt"),
        ("/", "link/etc/passwd"),
        ("/dev/null", "link"),
        ("/proc/self/environ", "link"),
        ("/proc/self/root/etc/passwd", "link"),
        ("/proc/self/cwd", "link/Package.swift"),
        ("/no/such/place", "link"),
    ])
    func `symbolic links out are refused, absolute or relative, before anything there is looked at`(
        target: String, path: String
    ) throws {
        let fixture = try SourceTreeFixture()
        try fixture.makeFolder("source-other")
        try fixture.link("source/link", to: target)
        #expect(try fixture.reading(path) == "'\(path)' leads outside the source dir; name a path that stays inside it")
    }

    @Test func `symbolic links of the kernel's own making lead outside as well`() throws {
        for path in ["root/etc/passwd", "cwd/Package.swift", "exe"] {
            #expect(throws: SourceTreeError.outside(path)) {
                try SourceTree(root: "/proc/self").contents(of: path, from: ".", limit: 1 << 20)
            }
        }
    }

    @Test func `symbolic links out count through a chain of links and for the folder that is read from`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.link("source/first", to: "svc/second")
        try fixture.link("source/svc/second", to: "app/third")
        try fixture.link("source/svc/app/third", to: "../../../outside")
        let expected = "leads outside the source dir; name a path that stays inside it"
        #expect(try fixture.reading("first/secret.txt") == "'first/secret.txt' \(expected)")
        #expect(try fixture.reading("secret.txt", from: "first") == "'first' \(expected)")
    }

    @Test func `symbolic links to pipes and devices are no way to open those`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.makePipe("source/svc/pipe")
        try fixture.link("source/link", to: "svc/pipe")
        #expect(try fixture.reading("link") == "'link' is a named pipe, and only regular files are read")
    }

    @Test func `symbolic links that lead nowhere are named with their target`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.link("source/link", to: "svc/no\nne")
        try fixture.link("source/folder", to: "svc")
        #expect(
            try fixture.reading("link") == #"'link' goes through a symbolic link to 'svc/no\nne', which does not exist"#
        )
        #expect(try fixture.reading("folder/none") == "'folder/none' does not exist")
    }

    @Test(arguments: [
        ["loop": "loop"], ["loop": "other", "other": "loop"], ["loop": "BASE/source/loop"], ["loop": "./svc/../loop"],
    ])
    func `symbolic links in a circle are an error`(links: [String: String]) throws {
        let fixture = try SourceTreeFixture()
        for (name, target) in links { try fixture.link("source/\(name)", to: target) }
        #expect(
            try fixture.reading("loop")
                == "'loop' goes through more than 40 symbolic links, perhaps in a circle; remove some")
    }

    @Test func `symbolic links are followed forty times and not once more`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.link("source/1", to: "a.txt")
        for number in 2...41 { try fixture.link("source/\(number)", to: "\(number - 1)") }
        #expect(try fixture.reading("40") == "inside")
        #expect(
            try fixture.reading("41")
                == "'41' goes through more than 40 symbolic links, perhaps in a circle; remove some")
    }

    @Test func `symbolic links and errors leave no file open`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.makePipe("source/pipe")
        try fixture.link("source/out", to: "../outside/secret.txt")
        try fixture.link("source/loop", to: "loop")
        try fixture.link("source/broken", to: "svc/none")
        let paths = ["a.txt", "svc/b.txt", "none", "svc", "a.txt/b", "pipe", "out", "loop", "broken", "svc/../../x"]
        func openFiles() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        let before = try openFiles()
        for _ in 0..<100 {
            for path in paths { _ = try fixture.reading(path, limit: 3) }
            _ = try fixture.tree().workloadDescriptors(below: ".")
        }
        // Other tests have a few files open at the same time; a leak would be one for each of 1,000 readings.
        #expect(try openFiles() < before + 100)
    }
}
