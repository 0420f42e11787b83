import Foundation
import Glibc
import Synchronization
import Testing

@testable import Checkout

/// Puts one thing and another in the same place of a folder, by turns, until it is stopped.
private final class Swapping: Sendable {
    private let stopped = Atomic(false)
    private let finished = DispatchSemaphore(value: 0)

    init(_ place: String, with other: String) {
        Thread { [self] in
            while !stopped.load(ordering: .relaxed) {
                rename(place, other + ".spare")
                rename(other, place)
                rename(other + ".spare", other)
            }
            finished.signal()
        }.start()
    }

    func stop() {
        stopped.store(true, ordering: .relaxed)
        finished.wait()
    }
}

@Suite(.serialized) struct SourceTreeRaces {
    /// Reads 2,000 times while two things take turns in one place.
    ///
    /// What is read is the file inside, and what fails, fails in one of these ways; who wins which race is left to chance.
    private func race(
        _ fixture: SourceTreeFixture, reading file: String, swapping place: String, failing allowed: SourceTreeError...
    ) throws {
        let tree = try fixture.tree()
        let swapping = Swapping("\(fixture.source)/\(place)", with: "\(fixture.source)/other")
        defer { swapping.stop() }
        var texts: Set<String> = []
        var others: [SourceTreeError] = []
        for _ in 0..<2000 {
            do {
                texts.insert(String(decoding: try tree.contents(of: file, from: ".", limit: 100), as: UTF8.self))
            } catch {
                if !allowed.contains(error) { others.append(error) }
            }
        }
        #expect(texts.isSubset(of: ["inside"]))
        #expect(others == [])
    }

    @Test func `A file that takes turns with a link to the outside never gives out what is there`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.link("source/other", to: "../outside/secret.txt")
        try race(
            fixture, reading: "a.txt", swapping: "a.txt",
            failing: .outside("a.txt"), .missing("a.txt"), .replaced("a.txt"))
    }

    @Test func `A folder that takes turns with a link to the outside never gives out what is there`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.makeFolder("source/turn")
        try fixture.write("inside", to: "source/turn/secret.txt")
        try fixture.link("source/other", to: "../outside")
        let file = "turn/secret.txt"
        try race(fixture, reading: file, swapping: "turn", failing: .outside(file), .missing(file), .replaced(file))
    }

    @Test func `A file that takes turns with a pipe is never waited for`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.makePipe("source/other")
        try race(
            fixture, reading: "a.txt", swapping: "a.txt",
            failing: .notARegularFile("a.txt", .other("a named pipe")), .missing("a.txt"), .replaced("a.txt"))
    }

    @Test(
        arguments: ["a link to the outside", "another file", "a pipe", "a folder", "nothing"])
    func `What takes the place of a file between finding and opening it is noticed`(replacement: String) throws {
        let fixture = try SourceTreeFixture()
        let found = try fixture.tree().find("a.txt", from: ".")
        try FileManager.default.removeItem(atPath: "\(fixture.source)/a.txt")
        switch replacement {
        case "a link to the outside": try fixture.link("source/a.txt", to: "../outside/secret.txt")
        case "another file": try fixture.write("another", to: "source/a.txt")
        case "a pipe": try fixture.makePipe("source/a.txt")
        case "a folder": try fixture.makeFolder("source/a.txt")
        default: break
        }
        #expect(throws: SourceTreeError.replaced("a.txt")) { try found.contents(limit: 100) }
    }

    @Test func `A folder on the way may be replaced between finding a file and opening it`() throws {
        let fixture = try SourceTreeFixture()
        let found = try fixture.tree().find("svc/b.txt", from: ".")
        try fixture.write("outside", to: "outside/b.txt")
        try FileManager.default.moveItem(atPath: "\(fixture.source)/svc", toPath: "\(fixture.source)/moved")
        try fixture.link("source/svc", to: "../outside")
        #expect(try found.contents(limit: 100) == Array("b".utf8))
    }
}
