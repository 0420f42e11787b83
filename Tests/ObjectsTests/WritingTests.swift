import JSON
import Objects
import Testing

@Suite struct WritingAnObject {
    private let identity = ObjectIdentity(kind: "thing", namespace: "n", name: "x")
    private let built: JSONValue = ["spec": ["value": "new"]]
    private let old: JSONValue = ["spec": ["value": "old"], "metadata": ["labels": ["a": "1"]]]

    /// The policy of a merge that keeps everything else.
    private var merging: Policy {
        var policy = Policy(.merge)
        policy.united = [["metadata", "labels"]]
        policy.verified = [["spec"]]
        return policy
    }

    private func write(_ collection: MemoryCollection, _ policy: Policy) throws(Problem) -> Outcome {
        try collection.write(Item(identity: identity, built: built, policy: policy))
    }

    @Test func `creates what is not there`() throws {
        let collection = MemoryCollection(nil)
        let outcome = try write(collection, merging)
        #expect(outcome.action == .created)
        #expect(outcome.object == built)
        #expect(collection.calls == ["create"])
        #expect(collection.object == built)
    }

    @Test func `changes what is there`() throws {
        let collection = MemoryCollection(old)
        let outcome = try write(collection, merging)
        #expect(outcome.action == .updated)
        #expect(outcome.object == ["spec": ["value": "new"], "metadata": ["labels": ["a": "1"]]])
        #expect(collection.object == outcome.object)
        #expect(collection.calls == ["create", "read", "replace"])
    }

    @Test func `writes nothing where nothing would change`() throws {
        let collection = MemoryCollection(["metadata": ["labels": ["a": "1"]], "spec": ["value": "new"]])
        #expect(try write(collection, merging).action == .unchanged)
        #expect(collection.calls == ["create", "read"])
    }

    @Test func `overwrites without reading, and without comparing`() throws {
        let collection = MemoryCollection(built)
        #expect(try write(collection, Policy(.overwrite)).action == .updated)
        #expect(collection.calls == ["create", "replace"])
    }

    @Test func `replaces after reading, where something would change`() throws {
        let collection = MemoryCollection(old)
        #expect(try write(collection, Policy(.replace)).action == .updated)
        #expect(collection.object == built)
        #expect(try write(collection, Policy(.replace)).action == .unchanged)
        #expect(collection.calls == ["create", "read", "replace", "create", "read"])
    }

    @Test func `reads afresh before each try`() throws {
        let collection = MemoryCollection(old)
        collection.fates = [
            .comesAfter { _ in }, .fails,
            .comesAfter { $0 = ["spec": ["value": "old"], "metadata": ["labels": ["b": "2"]]] },
        ]
        let outcome = try write(collection, merging)
        #expect(outcome.object["metadata"]?["labels"] == ["b": "2"])
        #expect(collection.calls == ["create", "read", "replace", "read", "replace", "read", "replace"])
    }

    @Test func `calls it created where only the response to the creation was lost`() throws {
        let collection = MemoryCollection(nil)
        collection.fates = [.isLost]
        let outcome = try write(collection, merging)
        #expect(outcome.action == .created)
        #expect(outcome.object == built)
        #expect(collection.calls == ["create", "create", "read"])
    }

    @Test func `calls it unchanged where a creation that had no effect failed before`() throws {
        let collection = MemoryCollection(built)
        collection.fates = [.fails]
        #expect(try write(collection, merging).action == .unchanged)
        #expect(collection.calls == ["create", "create", "read"])
    }

    @Test func `calls it updated where only the response to the replacement was lost`() throws {
        let collection = MemoryCollection(old)
        collection.fates = [.comesAfter { _ in }, .isLost]
        let outcome = try write(collection, merging)
        #expect(outcome.action == .updated)
        #expect(outcome.object["metadata"]?["labels"] == ["a": "1"])
        #expect(collection.calls == ["create", "read", "replace", "read"])
    }

    @Test func `warns of what a replacement removed although its response was lost`() throws {
        let live: JSONValue = ["spec": ["value": "old", "things": ["a": 1, "b": 2]]]
        var policy = merging
        policy.guarded = [("things", [["spec", "things"]], [])]
        func removals(_ outcome: Outcome) -> [String] {
            outcome.warnings.flatMap { warning -> [String] in
                if case .removal(let removals) = warning { removals } else { [] }
            }
        }
        let found = MemoryCollection(live)
        found.fates = [.comesAfter { _ in }, .isLost]
        let outcome = try write(found, policy)
        #expect(outcome.action == .updated)
        #expect(removals(outcome) == ["things (a, b)"])

        let changed = MemoryCollection(live)
        changed.keeping = { $0.setting("other", at: ["spec", "value"]) }
        changed.fates = [.comesAfter { _ in }, .isLost]
        #expect(try removals(write(changed, policy)) == ["things (a, b)"])
        #expect(changed.calls == ["create", "read", "replace", "read", "replace"])

        let withoutEffect = MemoryCollection(live)
        withoutEffect.fates = [.comesAfter { _ in }, .fails]
        #expect(try removals(write(withoutEffect, policy)) == ["things (a, b)"])
    }

    @Test func `stops where no retry is left`() throws {
        let collection = MemoryCollection(old, maxRetries: 2)
        collection.fates = [.comesAfter { _ in }] + Array(repeating: .fails, count: 9)
        let problem = #expect(throws: Problem.self) { try write(collection, merging) }
        #expect(problem?.kind == .temporary)
        #expect(problem?.description == "objects/x: 503 Service Unavailable")
        #expect(collection.calls.filter { $0 == "replace" }.count == 3)
        #expect(collection.object == old)
    }

    @Test func `creates again what vanished, and not without end`() throws {
        let collection = MemoryCollection(old)
        collection.fates = [.comesAfter { _ in }, .comesAfter { $0 = nil }]
        #expect(try write(collection, merging).action == .created)
        #expect(collection.calls == ["create", "read", "replace", "create"])

        let haunted = MemoryCollection(old)
        haunted.refusal = MemoryCollection.notFound
        let problem = #expect(throws: Problem.self) { try write(haunted, merging) }
        #expect(problem?.kind == .denied)
        guard case .mustRead = problem?.cause as? Problem.Reason else {
            Issue.record("\(String(describing: problem?.cause))")
            return
        }
        #expect(haunted.calls == ["create", "read", "create", "read", "create", "read", "create", "read"])
    }

    @Test func `says of what vanishes with every replacement how often it did`() throws {
        let collection = MemoryCollection(nil)
        collection.fates = Array(
            repeating: [.comesAfter { $0 = ["spec": [:]] }, .comesAfter { $0 = nil }], count: 4
        ).flatMap { $0 }
        let problem = #expect(throws: Problem.self) { try write(collection, merging) }
        #expect(problem?.kind == .refused)
        guard case .unsettled(let rounds) = problem?.cause as? Problem.Reason else {
            Issue.record("\(String(describing: problem?.cause))")
            return
        }
        #expect(rounds == 4)
    }

    @Test func `overwrites what it may not read where the policy says so, with a warning once that is done`() throws {
        let collection = MemoryCollection(old)
        collection.refusal = Problem(.denied, at: "GET objects/x", "403 Forbidden")
        collection.fates = [.comesAfter { _ in }, .fails]
        var policy = merging
        policy.overwritesUnread = true
        let outcome = try write(collection, policy)
        #expect(outcome.action == .updated)
        guard outcome.warnings.count == 1, case .overwroteUnread(let problem) = outcome.warnings[0] else {
            Issue.record("\(outcome.warnings)")
            return
        }
        #expect(problem.description == "GET objects/x: 403 Forbidden")
        #expect(collection.object == built)
    }

    @Test func `writes nothing that it may not read where the policy does not say so`() throws {
        let collection = MemoryCollection(old)
        collection.refusal = Problem(.refused, at: "GET objects/x", "405 Method Not Allowed")
        let problem = #expect(throws: Problem.self) { try write(collection, merging) }
        #expect(problem?.kind == .denied)
        #expect(collection.calls == ["create", "read"])
    }

    @Test func `waits for one that is being deleted, and creates it then`() throws {
        let leaving: JSONValue = ["metadata": ["deletionTimestamp": "2026-01-01T00:00:00Z"], "spec": ["value": "new"]]
        let collection = MemoryCollection(leaving)
        collection.readsUntilGone = 2
        #expect(try write(collection, merging).action == .created)
        #expect(collection.calls == ["create", "read", "read", "read", "create"])
        #expect(collection.waits == 2)
        #expect(collection.object == built)
    }

    @Test func `waits where the response of the replacement says that it is being deleted`() throws {
        let collection = MemoryCollection(old)
        collection.keeping = { $0.setting("2026-01-01T00:00:00Z", at: ["metadata", "deletionTimestamp"]) }
        collection.fates = [.comesAfter { _ in }]
        #expect(try write(collection, Policy(.overwrite)).action == .created)
        #expect(collection.calls == ["create", "replace", "read", "create"])
    }

    @Test func `ends as a temporary failure where it is never gone`() throws {
        let collection = MemoryCollection(["metadata": ["deletionTimestamp": "2026-01-01T00:00:00Z"]])
        collection.readsUntilGone = 100
        let problem = #expect(throws: Problem.self) { try write(collection, merging) }
        #expect(problem?.kind == .temporary)
        #expect(problem?.description == "thing/x: it is being deleted, and is still there")
    }

    @Test func `says what the store did not keep`() throws {
        let collection = MemoryCollection(nil)
        collection.keeping = { $0.setting("other", at: ["spec", "value"]) }
        let outcome = try write(collection, merging)
        #expect(outcome.action == .created)
        guard outcome.warnings.count == 1, case .notKept(let paths) = outcome.warnings[0] else {
            Issue.record("\(outcome.warnings)")
            return
        }
        #expect(paths == ["spec.value"])
    }

    @Test func `previews without writing`() throws {
        let absent = try MemoryCollection(nil).preview(Item(identity: identity, built: built, policy: merging))
        #expect(absent.action == .created)
        #expect(absent.stored == nil)
        let collection = MemoryCollection(old)
        let preview = try collection.preview(Item(identity: identity, built: built, policy: merging))
        #expect(preview.action == .updated)
        #expect(preview.stored == old)
        #expect(preview.object == ["spec": ["value": "new"], "metadata": ["labels": ["a": "1"]]])
        #expect(collection.calls == ["read"])
        #expect(collection.object == old)
        collection.refusal = Problem(.denied, at: "GET objects/x", "403 Forbidden")
        #expect(throws: Problem.self) {
            try collection.preview(Item(identity: identity, built: built, policy: merging))
        }
    }

    @Test func `revises what is there, reading afresh after a failure`() throws {
        let collection = MemoryCollection(old)
        collection.fates = [.fails, .isLost]
        let outcome = try collection.revise(identity) { $0.setting("new", at: ["spec", "value"]) }
        #expect(outcome.action == .updated)
        #expect(outcome.object["spec"] == ["value": "new"])
        #expect(collection.calls == ["read", "replace", "read", "replace", "read"])
        #expect(try collection.revise(identity) { $0 }.action == .unchanged)
        let empty = MemoryCollection(nil)
        let problem = #expect(throws: Problem.self) { try empty.revise(identity) { $0 } }
        #expect(problem?.kind == .absent)
    }
}
