import HTTP
import JSON
import Redaction
import Testing

@testable import Publishing

/// A collection in memory that does to each call what the test says, and notes the calls.
private final class ScriptedCollection: ObjectCollection {
    var object: JSONValue?
    var calls: [String] = []
    /// What goes wrong with the next replacements, in order.
    var replacementFailures: [Failure] = []
    /// What happens to the object just before the next replacements.
    var meddling: [(inout JSONValue?) -> Void] = []
    var refusal: ServerAnswer?
    private let client: HTTPClient

    enum Failure {
        case temporary(status: Int)
        case none
    }

    init(_ object: JSONValue?, maxRetries: Int = 3) throws {
        self.object = object
        var configuration = HTTPConfiguration()
        configuration.maxRetries = maxRetries
        let timing = Timing(now: { .now }, wallClock: { 0 }, sleep: { _ in }, random: { 0.5 })
        client = HTTPClient(configuration: configuration, timing: timing) { _ in }
    }

    static func answer(_ status: Int) throws -> ServerAnswer {
        let line = RequestLine(method: .put, url: try HTTPURL("http://store.example/objects/x"))
        return ServerAnswer(HTTPResponse(request: line, status: status, headers: [], body: []), redactor: Redactor())
    }

    func create(_ object: JSONValue) throws(PublishingError) -> Creation {
        calls.append("create")
        guard self.object == nil else { return .exists }
        self.object = object
        return .created
    }

    func get(_ name: String) throws(PublishingError) -> Reading {
        calls.append("get")
        if let refusal { return .refused(refusal) }
        if let object { return .found(object) }
        return .refused(notFound)
    }

    func replace(_ name: String, with object: JSONValue) throws(PublishingError) -> Replacement {
        calls.append("replace")
        if !meddling.isEmpty { meddling.removeFirst()(&self.object) }
        if !replacementFailures.isEmpty, case .temporary(let status) = replacementFailures.removeFirst() {
            let line = notFound.request
            let response = HTTPResponse(request: line, status: status, headers: [], body: [])
            throw .replacementFailed(.status(response), said: "conflict")
        }
        guard self.object != nil else { return .absent(notFound) }
        self.object = object
        return .replaced
    }

    func retries() -> Retries { Retries(client.backoff()) }

    func writablePart(of object: JSONValue) -> JSONValue { object }

    private var notFound: ServerAnswer {
        guard let answer = try? Self.answer(404) else { fatalError("the URL above is well formed") }
        return answer
    }
}

@Suite struct CreateOrUpdateOfANamedObject {
    private let built: JSONValue = ["value": "new"]

    private func run(
        _ collection: ScriptedCollection, _ update: CreateOrUpdate.Update,
        fallback: @escaping (ServerAnswer) -> CreateOrUpdate.Fallback = { .fail(.refused($0)) }
    ) throws -> CreateOrUpdate.Result {
        try CreateOrUpdate(name: "x", built: built, update: update, fallback: fallback).run(on: collection)
    }

    private var keepingTheRest: CreateOrUpdate.Update {
        .change { live throws(PublishingError) in
            var object = live.object ?? JSONObject()
            object["value"] = "new"
            return .object(object)
        }
    }

    @Test func `creates what is not there`() throws {
        let collection = try ScriptedCollection(nil)
        #expect(try run(collection, keepingTheRest).action == .created)
        #expect(collection.calls == ["create"])
        #expect(collection.object == built)
    }

    @Test func `changes what is there`() throws {
        let collection = try ScriptedCollection(["value": "old", "other": 1])
        let result = try run(collection, keepingTheRest)
        #expect(result.action == .updated)
        #expect(result.object == ["value": "new", "other": 1])
        #expect(collection.calls == ["create", "get", "replace"])
    }

    @Test func `writes nothing when nothing would change`() throws {
        let collection = try ScriptedCollection(["value": "new", "other": 1])
        #expect(try run(collection, keepingTheRest).action == .unchanged)
        #expect(collection.calls == ["create", "get"])
    }

    @Test func `replaces without reading when asked to`() throws {
        let collection = try ScriptedCollection(["value": "old", "other": 1])
        #expect(try run(collection, .replacement).action == .updated)
        #expect(collection.calls == ["create", "replace"])
        #expect(collection.object == built)
    }

    @Test func `reads afresh before each try`() throws {
        let collection = try ScriptedCollection(["value": "old"])
        collection.replacementFailures = [.temporary(status: 500), .temporary(status: 503), .none]
        collection.meddling = [{ $0 = ["value": "old", "count": 1] }, { $0 = ["value": "old", "count": 2] }]
        #expect(try run(collection, keepingTheRest).object == ["value": "new", "count": 2])
        #expect(collection.calls == ["create", "get", "replace", "get", "replace", "get", "replace"])
    }

    @Test func `calls it updated when only the answer to the replacement was lost`() throws {
        let collection = try ScriptedCollection(["value": "old", "other": 1])
        collection.replacementFailures = [.temporary(status: 502)]
        collection.meddling = [{ $0 = ["value": "new", "other": 1] }]
        let result = try run(collection, keepingTheRest)
        #expect(result.action == .updated)
        #expect(result.object == ["value": "new", "other": 1])
        #expect(collection.calls == ["create", "get", "replace", "get"])
    }

    @Test func `stops when all retries are used up`() throws {
        let collection = try ScriptedCollection(["value": "old"], maxRetries: 2)
        collection.replacementFailures = Array(repeating: .temporary(status: 500), count: 9)
        #expect { try run(collection, keepingTheRest) } throws: { error in
            guard case PublishingError.http(let failure, let said) = error else { return false }
            return failure.response?.status == 500 && said == "conflict"
        }
        #expect(collection.calls.filter { $0 == "replace" }.count == 3)
        #expect(collection.object == ["value": "old"])
    }

    @Test func `creates again what vanished, and not without end`() throws {
        let collection = try ScriptedCollection(["value": "old"])
        collection.meddling = [{ $0 = nil }]
        #expect(try run(collection, keepingTheRest).action == .created)
        #expect(collection.calls == ["create", "get", "replace", "create"])

        let haunted = try ScriptedCollection(["value": "old"])
        haunted.refusal = try ScriptedCollection.answer(404)
        let unreadable = PublishingError.notReadable(try ScriptedCollection.answer(404))
        #expect { try run(haunted, keepingTheRest) { _ in .createAgain(unreadable) } } throws: { error in
            if case PublishingError.notReadable = error { true } else { false }
        }
        #expect(haunted.calls == ["create", "get", "create", "get", "create", "get", "create", "get"])
    }

    @Test func `replaces what it may not read, and says so only once that is done`() throws {
        let collection = try ScriptedCollection(["value": "old"])
        collection.refusal = try ScriptedCollection.answer(403)
        collection.replacementFailures = [.temporary(status: 502), .none]
        var said: [Int] = []
        let result = try run(collection, keepingTheRest) { answer in
            .replace(thenSay: { said.append(answer.status) })
        }
        #expect(result.action == .updated)
        #expect(said == [403])
        #expect(collection.object == built)
    }
}
