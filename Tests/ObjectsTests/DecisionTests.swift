import JSON
import Objects
import Testing

@Suite struct Deciding {
    private let built: JSONValue = [
        "metadata": ["name": "x", "labels": ["a": "new"]],
        "spec": ["owner": ["project": "p", "component": "c"], "container": ["image": "x:2", "env": [["key": "A"]]]],
    ]
    private let live: JSONValue = [
        "metadata": ["name": "x", "uid": "1", "labels": ["a": "old", "b": "theirs"]],
        "spec": [
            "owner": ["project": "p", "component": "c"], "kindOfThing": "job", "source": ["commit": "1"],
            "container": ["image": "x:1", "command": ["run"], "env": [["key": "B"]]],
            "endpoints": ["http": ["port": 80], "ad\u{1B}min": ["port": 81]],
            "dependencies": ["endpoints": [["component": "db", "name": "tcp"]], "resources": [["ref": "queue"]]],
        ],
        "status": ["ready": true],
    ]

    private var merging: Policy {
        var policy = Policy(.merge)
        policy.united = [["metadata", "labels"]]
        policy.kept = [
            (["spec"], ["endpoints", "dependencies", "source"]), (["spec", "container"], ["env"]),
        ]
        policy.fixed = [(["spec", "owner"], ["project", "component"])]
        policy.guarded = [
            ("endpoints", [["spec", "endpoints"]], []),
            (
                "dependencies", [["spec", "dependencies", "endpoints"], ["spec", "dependencies", "resources"]],
                ["component", "name", "ref"]
            ),
            ("variables", [["spec", "container", "env"]], ["key"]),
        ]
        policy.compared = [["spec"], ["metadata", "labels"]]
        return policy
    }

    private func decide(_ live: JSONValue?, _ policy: Policy) throws(Problem) -> Decision {
        let identity = ObjectIdentity(kind: "workload", namespace: nil, name: "x")
        return try Objects.decide(live: live, item: Item(identity: identity, built: built, policy: policy))
    }

    @Test func `creates what is not there, whatever the policy`() throws {
        for update in [Policy.Update.overwrite, .replace, .merge, .assign([["spec", "container", "image"]])] {
            guard case .create = try decide(nil, Policy(update)) else {
                Issue.record("\(update)")
                return
            }
        }
    }

    @Test func `creates what is about to be gone`() throws {
        let leaving = live.setting("2026-01-01T00:00:00Z", at: ["metadata", "deletionTimestamp"])
        guard case .create = try decide(leaving, merging) else {
            Issue.record("not created")
            return
        }
    }

    @Test func `merges by taking over what the built object cannot say`() throws {
        guard case .replace(let object, _) = try decide(live, merging) else {
            Issue.record("not replaced")
            return
        }
        #expect(
            object == [
                "metadata": ["name": "x", "labels": ["a": "new", "b": "theirs"]],
                "spec": [
                    "owner": ["project": "p", "component": "c"], "kindOfThing": "job",
                    "container": ["image": "x:2", "env": [["key": "A"]], "command": ["run"]],
                ],
            ])
    }

    @Test func `warns by name of what a merge leaves none of`() throws {
        guard case .replace(_, let warnings) = try decide(live, merging), warnings.count == 1,
            case .removal(let removals) = warnings[0]
        else {
            Issue.record("no warning")
            return
        }
        #expect(removals == [#"endpoints (http, ad\u{1B}min)"#, "dependencies (db/tcp, queue)"])
    }

    @Test func `shows twenty names and how many more there are`() {
        #expect((1...20).map(String.init).listed.hasSuffix("19, 20"))
        #expect((1...22).map(String.init).listed.hasSuffix("19, 20 and 2 more"))
        #expect([String]().listed == "")
    }

    @Test func `refuses such a removal where the policy is strict`() throws {
        var policy = merging
        policy.isStrict = true
        let problem = #expect(throws: Problem.self) { try decide(live, policy) }
        #expect(problem?.kind == .invalid)
        #expect(
            problem?.description
                == #"workload/x: the update would remove all endpoints (http, ad\u{1B}min) and all dependencies (db/tcp, queue)"#
        )
    }

    @Test func `assigns some values and leaves the rest as it came`() throws {
        var policy = Policy(.assign([["spec", "container", "image"], ["spec", "source"]]))
        policy.united = [["metadata", "labels"]]
        guard case .replace(let object, let warnings) = try decide(live, policy) else {
            Issue.record("not replaced")
            return
        }
        let expected = live.setting("x:2", at: ["spec", "container", "image"]).setting(nil, at: ["spec", "source"])
            .setting("new", at: ["metadata", "labels", "a"])
        #expect(object == expected)
        #expect(warnings.isEmpty)
    }

    @Test func `refuses another owner with both names`() throws {
        let foreign = live.setting(["project": "p", "component": "other"], at: ["spec", "owner"])
        for update in [Policy.Update.merge, .replace, .overwrite, .assign([])] {
            var policy = merging
            policy.update = update
            let problem = #expect(throws: Problem.self) { try decide(foreign, policy) }
            #expect(problem?.kind == .invalid)
            #expect(problem?.description == "workload/x: belongs to p/other, not to p/c")
        }
    }

    @Test func `keeps what is the same in the compared values, empty or absent`() throws {
        var policy = Policy(.replace)
        policy.compared = [["spec"], ["metadata", "annotations"]]
        let same = live.setting(built["spec"], at: ["spec"]).setting([:], at: ["metadata", "annotations"])
        guard case .keep = try decide(same, policy) else {
            Issue.record("not kept")
            return
        }
    }
}

@Suite struct ValuesThatAStoreDidNotKeep {
    private func losses(_ sent: JSONValue, _ stored: JSONValue) -> [String] {
        var policy = Policy(.overwrite)
        policy.verified = [["spec"]]
        return policy.losses(of: ["spec": sent], in: ["spec": stored, "status": [:]])
    }

    @Test func `are named by their paths, and whole where all of them is missing`() {
        let sent: JSONValue = [
            "container": ["image": "x:1", "env": [["key": "A", "value": "1"], ["key": "B", "value": "2"]]],
            "dependencies": ["resources": [["ref": "queue"]]], "endpoints": ["a.b": ["port": 80]],
        ]
        let stored: JSONValue = [
            "container": ["image": "x:0", "env": [["key": "A", "value": "1"], ["key": "B"]]],
            "dependencies": [:], "endpoints": ["a.b": ["port": 81]],
        ]
        #expect(
            losses(sent, stored) == [
                "spec.container.image", "spec.container.env[1].value", "spec.dependencies.resources",
                "spec.endpoints[\"a.b\"].port",
            ])
    }

    @Test func `are none where the store has more, or nothing at all`() {
        #expect(losses(["a": 1], ["a": 1, "b": 2]).isEmpty)
        #expect(losses(["a": 1, "b": [:], "c": [], "d": ""], ["a": 1]).isEmpty)
        var policy = Policy(.overwrite)
        policy.verified = [["spec"]]
        #expect(policy.losses(of: ["spec": ["a": 1]], in: [:]).isEmpty)
    }

    @Test func `are a list as a whole where its length differs`() {
        #expect(losses(["l": [1, 2]], ["l": [1]]) == ["spec.l"])
    }
}
