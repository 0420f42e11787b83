import Checkout
import Foundation
import Testing

@Suite struct SourceTreeWriting {
    private func write(_ text: String, to path: String, in fixture: SourceTreeFixture) throws {
        try SourceTree(root: fixture.source).write(Array(text.utf8), to: path)
    }

    private func text(_ path: String, in fixture: SourceTreeFixture) throws -> String {
        try String(contentsOfFile: "\(fixture.base)/\(path)", encoding: .utf8)
    }

    /// Every name below the base, to see that nothing was left anywhere.
    private func names(in fixture: SourceTreeFixture) throws -> [String] {
        try #require(FileManager.default.enumerator(atPath: fixture.base)).compactMap { $0 as? String }.sorted()
    }

    @Test func `writing in a source tree replaces a file and keeps its permissions`() throws {
        let fixture = try SourceTreeFixture()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o640], ofItemAtPath: "\(fixture.base)/source/a.txt")
        let names = try names(in: fixture)
        try write("new", to: "a.txt", in: fixture)
        #expect(try text("source/a.txt", in: fixture) == "new")
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(fixture.base)/source/a.txt")
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(try self.names(in: fixture) == names)
    }

    @Test(arguments: ["new.yaml", "svc/new.yaml", "x/y/z/new.yaml", "./svc/../svc/new.yaml", "x//y/new.yaml"])
    func `writing in a source tree makes a file and the folders it is in`(path: String) throws {
        let fixture = try SourceTreeFixture()
        try write("new", to: path, in: fixture)
        #expect(try text("source/\(path)", in: fixture) == "new")
        #expect(try !names(in: fixture).contains { $0.hasSuffix(".tmp") })
    }

    @Test func `writing in a source tree writes behind a link that stays inside, which stays a link`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.link("source/link", to: "svc/b.txt")
        try fixture.link("source/folder", to: "BASE/source/svc")
        try write("new", to: "link", in: fixture)
        try write("other", to: "folder/c.txt", in: fixture)
        #expect(try text("source/svc/b.txt", in: fixture) == "new")
        #expect(try text("source/svc/c.txt", in: fixture) == "other")
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(fixture.base)/source/link")
        #expect(target == "svc/b.txt")
    }

    @Test(arguments: [
        ("../outside", "link/secret.txt"), ("../outside", "link/new.txt"), ("../outside/secret.txt", "link"),
        ("BASE/outside", "link/new/new.txt"), ("/tmp", "link/new.txt"), ("..", "link/new.txt"),
    ])
    func `writing in a source tree writes nothing outside, whatever link leads there`(target: String, path: String)
        throws
    {
        let fixture = try SourceTreeFixture()
        try fixture.link("source/link", to: target)
        let names = try names(in: fixture)
        #expect(throws: SourceTreeError.outside(path)) { try write("new", to: path, in: fixture) }
        #expect(try text("outside/secret.txt", in: fixture) == "outside")
        #expect(try self.names(in: fixture) == names)
    }

    @Test(arguments: [
        ("../x.txt", SourceTreeError.outside("../x.txt")),
        ("svc/../../x.txt", .outside("svc/../../x.txt")),
        ("none/../x.txt", .missing("none/../x.txt")),
        ("/x.txt", .absolutePath("/x.txt")),
        ("", .invalidPath("", reason: "it is empty")),
        ("a\0b", .invalidPath("a\0b", reason: "it contains a NUL character")),
        ("svc", .notARegularFile("svc", .folder)),
        ("svc/", .notARegularFile("svc/", .folder)),
        ("new/", .notARegularFile("new/", .folder)),
        ("a.txt/x", .notAFolder("a.txt/x", component: "a.txt")),
        ("broken", .brokenLink("broken", target: "nowhere")),
        ("broken/x", .brokenLink("broken/x", target: "nowhere")),
        ("pipe", .notARegularFile("pipe", .other("a named pipe"))),
        (".git/config", .git(".git/config")),
        (".GIT/hooks/pre-commit", .git(".GIT/hooks/pre-commit")),
        ("svc/.git/x", .git("svc/.git/x")),
        (".git", .git(".git")),
        ("git/config", .git("git/config")),
    ])
    func `writing in a source tree writes nothing to such a path`(path: String, expected: SourceTreeError) throws {
        let fixture = try SourceTreeFixture()
        try fixture.makeFolder("source/.git")
        try fixture.link("source/git", to: ".git")
        try fixture.link("source/broken", to: "nowhere")
        try fixture.makePipe("source/pipe")
        let names = try names(in: fixture)
        #expect(throws: expected) { try write("new", to: path, in: fixture) }
        #expect(try self.names(in: fixture) == names)
    }

    @Test func `writing in a source tree writes nothing where the tree itself is inside of what belongs to Git`() throws
    {
        let fixture = try SourceTreeFixture()
        try fixture.makeFolder("source/.git/hooks")
        let tree = try SourceTree(root: "\(fixture.source)/.git/hooks")
        #expect(throws: SourceTreeError.git("x")) { try tree.write([], to: "x") }
    }
}
