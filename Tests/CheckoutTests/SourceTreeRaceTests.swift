import Foundation
import Glibc
import Synchronization
import Testing

@testable import Checkout

/// Puts one thing and another in the same place of a folder, by turns, until it is told to stop.
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
    /// Reads at least 2,000 times, and on until the race was won and lost once, for at most twenty seconds.
    private func race(
        _ fixture: SourceTreeFixture, reading file: String, swapping place: String, until lost: SourceTreeError
    ) throws -> (texts: Set<String>, wasLost: Bool) {
        let tree = try fixture.tree()
        let swapping = Swapping("\(fixture.source)/\(place)", with: "\(fixture.source)/other")
        defer { swapping.stop() }
        var texts: Set<String> = []
        var wasLost = false
        let deadline = ContinuousClock.now + .seconds(20)
        var count = 0
        while count < 2000 || ((texts.isEmpty || !wasLost) && ContinuousClock.now < deadline) {
            count += 1
            do {
                texts.insert(String(decoding: try tree.contents(of: file, from: ".", limit: 100), as: UTF8.self))
            } catch {
                wasLost = wasLost || error == lost
            }
        }
        return (texts, wasLost)
    }

    @Test func `of a file with a link to the outside never give out what is there`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.link("source/other", to: "../outside/secret.txt")
        let (texts, wasLost) = try race(fixture, reading: "a.txt", swapping: "a.txt", until: .outside("a.txt"))
        #expect(texts == ["inside"])
        #expect(wasLost)
    }

    @Test func `of a folder with a link to the outside never give out what is there`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.makeFolder("source/turn")
        try fixture.write("inside", to: "source/turn/secret.txt")
        try fixture.link("source/other", to: "../outside")
        let file = "turn/secret.txt"
        let (texts, wasLost) = try race(fixture, reading: file, swapping: "turn", until: .outside(file))
        #expect(texts == ["inside"])
        #expect(wasLost)
    }

    @Test(.timeLimit(.minutes(1)))
    func `of a file with a pipe never wait for its writer`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.makePipe("source/other")
        let (texts, wasLost) = try race(
            fixture, reading: "a.txt", swapping: "a.txt", until: .notARegularFile("a.txt", .fifo))
        #expect(texts == ["inside"])
        #expect(wasLost)
    }

    @Test(
        .timeLimit(.minutes(1)), arguments: ["a link to the outside", "another file", "a pipe", "a folder", "nothing"])
    func `between finding a file and opening it are noticed`(replacement: String) throws {
        let fixture = try SourceTreeFixture()
        guard case .file(let found) = try fixture.tree().find("a.txt", from: ".") else {
            throw SourceTreeError.missing("a.txt")
        }
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

    @Test func `between finding a file and opening it do not matter for the folders on the way`() throws {
        let fixture = try SourceTreeFixture()
        guard case .file(let found) = try fixture.tree().find("svc/b.txt", from: ".") else {
            throw SourceTreeError.missing("svc/b.txt")
        }
        try fixture.write("outside", to: "outside/b.txt")
        try FileManager.default.moveItem(atPath: "\(fixture.source)/svc", toPath: "\(fixture.source)/moved")
        try fixture.link("source/svc", to: "../outside")
        #expect(try found.contents(limit: 100) == Array("b".utf8))
    }
}
