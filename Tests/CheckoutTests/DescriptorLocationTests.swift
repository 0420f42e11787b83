import Checkout
import Foundation
import Testing

@Suite struct SourceTreeDescriptorLocations {
    private func fixture() throws -> SourceTreeFixture {
        let fixture = try SourceTreeFixture()
        try fixture.link("alias", to: "source/svc")
        try fixture.link("source/out", to: "../outside")
        return fixture
    }

    /// The root and the path in it, or what the error says.
    private func resolving(_ path: String, in workingDirectory: String, sourceDir: String?) throws -> String {
        let fixture = try fixture()
        do {
            let location = DescriptorLocation(
                workingDirectory: fixture.inBase(workingDirectory), sourceDir: sourceDir.map(fixture.inBase) ?? ".",
                sourceDirWasGiven: sourceDir != nil)
            let (tree, inside) = try location.resolve(fixture.inBase(path))
            return "\(tree.path) | \(inside)".replacingOccurrences(of: fixture.base, with: "BASE")
        } catch {
            return "\(error)".replacingOccurrences(of: fixture.base, with: "BASE")
        }
    }

    @Test(arguments: [
        ("svc/w.yaml", "BASE/source", ". | svc/w.yaml"),
        ("./w.yaml", "BASE/source", ". | w.yaml"),
        ("../source/svc/app/../w.yaml", "BASE/source", ". | svc/w.yaml"),
        ("BASE/source/svc/w.yaml", "BASE/source", ". | svc/w.yaml"),
        ("out/secret.txt", "BASE/source", ". | out/secret.txt"),
        ("../alias/w.yaml", "BASE/source", ". | svc/w.yaml"),
        ("../outside/secret.txt", "BASE/source", "BASE/outside | secret.txt"),
        ("../none/w.yaml", "BASE/source", "'../none/w.yaml' does not exist"),
        (".", "BASE/source", ". | ."),
        ("", "BASE/source", "'' is not a usable path: it is empty"),
        ("/", "BASE/source", "/ | ."),
        ("w\0", "BASE/source", #"'w\0' is not a usable path: it contains a NUL character"#),
    ])
    func `locations of descriptors take the current folder for a fence, else the descriptor's own`(
        descriptor: String, workingDirectory: String, expected: String
    ) throws {
        #expect(try resolving(descriptor, in: workingDirectory, sourceDir: nil) == expected)
    }

    @Test(arguments: [
        ("source/svc/w.yaml", "source", "source | svc/w.yaml"),
        ("source/svc/w.yaml", "./source/svc/..", "./source/svc/.. | svc/w.yaml"),
        ("BASE/source/w.yaml", "source", "source | w.yaml"),
        ("source/w.yaml", "BASE/source", "BASE/source | w.yaml"),
        ("alias/app/w.yaml", "source", "source | svc/app/w.yaml"),
        ("source/svc/w.yaml", "alias", "alias | w.yaml"),
        ("source-b/w.yaml", "source", "'source-b/w.yaml' does not exist"),
        (
            "outside/secret.txt", "source",
            "'outside/secret.txt' leads outside the source dir; name a path that stays inside it"
        ),
        (
            "source/out/../../outside/w", "source",
            "'source/out/../../outside/w' leads outside the source dir; name a path that stays inside it"
        ),
        ("source/w.yaml", "none", "'none' does not exist"),
    ])
    func `locations of descriptors hold a source dir that was given against any other place`(
        descriptor: String, sourceDir: String, expected: String
    ) throws {
        #expect(try resolving(descriptor, in: "BASE", sourceDir: sourceDir) == expected)
    }

    @Test func `locations of descriptors let no link lead out of the fence that was found`() throws {
        let fixture = try fixture()
        let location = DescriptorLocation(
            workingDirectory: fixture.source, sourceDir: ".", sourceDirWasGiven: false)
        let (tree, path) = try location.resolve("out/secret.txt")
        #expect(throws: SourceTreeError.outside("out/secret.txt")) {
            try tree.contents(of: path, from: ".", limit: 100)
        }
        let (own, ownPath) = try location.resolve("../outside/secret.txt")
        #expect(try own.contents(of: ownPath, from: ".", limit: 100) == Array("outside".utf8))
        #expect(throws: SourceTreeError.outside("../source/a.txt")) {
            try own.contents(of: "../source/a.txt", from: ".", limit: 100)
        }
    }

    @Test(arguments: [
        (".", "BASE/source", nil, ". | ."),
        ("svc/", "BASE/source", nil, ". | svc"),
        ("svc/app/w.yaml", "BASE/source", nil, ". | svc/app/w.yaml"),
        ("../source", "BASE/source", nil, ". | ."),
        ("../alias/app", "BASE/source", nil, ". | svc/app"),
        ("out", "BASE/source", nil, ". | out"),
        ("../outside", "BASE/source", nil, "BASE/outside | ."),
        ("../outside/secret.txt", "BASE/source", nil, "BASE/outside | secret.txt"),
        ("/", "BASE/source", nil, "/ | ."),
        ("none/w", "BASE/source", nil, ". | none/w"),
        ("", "BASE/source", nil, "'' is not a usable path: it is empty"),
        ("source", "BASE", "source", "source | ."),
        ("source/svc", "BASE", "source", "source | svc"),
        ("alias", "BASE", "source", "source | svc"),
        ("outside", "BASE", "source", "'outside' leads outside the source dir; name a path that stays inside it"),
        (".", "BASE", "source", "'.' leads outside the source dir; name a path that stays inside it"),
        ("/", "BASE", "source", "'/' leads outside the source dir; name a path that stays inside it"),
    ])
    func `locations of descriptors hold for folders by the same rule`(
        path: String, workingDirectory: String, sourceDir: String?, expected: String
    ) throws {
        #expect(try resolving(path, in: workingDirectory, sourceDir: sourceDir) == expected)
    }
}
