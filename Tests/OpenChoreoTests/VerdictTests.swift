import JSON
import System
import Testing

@testable import OpenChoreo

/// What the conditions of Components and ReleaseBindings mean for a wait.
@Suite struct RolloutVerdicts {
    /// 2026-03-02T10:00:00Z, when the Workload was written.
    private static let written = 1_772_445_600

    private static func time(_ seconds: Int) -> JSONValue {
        let second = seconds < 10 ? "0\(seconds)" : "\(seconds)"
        return .string("2026-03-02T10:00:\(second)Z")
    }

    private static func condition(
        _ type: String, _ status: JSONValue, _ reason: String, since: Int, generation: Int = 2, _ message: String = ""
    ) -> JSONValue {
        [
            "type": .string(type), "status": status, "reason": .string(reason), "message": .string(message),
            "observedGeneration": .number(JSONNumber(generation)), "lastTransitionTime": time(since),
        ]
    }

    private static func binding(
        _ conditions: [JSONValue], changed: Int? = 5, generation: Int = 2, more: [(String, JSONValue)] = []
    ) -> JSONValue {
        var status = JSONObject()
        status["conditions"] = .array(conditions)
        status["observedGeneration"] = .number(JSONNumber(generation))
        status["lastSpecUpdateTime"] = changed.map(time)
        for (name, value) in more { status[name] = value }
        return ["metadata": ["name": "api-development"], "status": .object(status)]
    }

    /// At that second, after a write at second 5.
    private static func moment(_ second: Int, wrote: Bool = true) -> Moment {
        Moment(now: written + second, written: wrote ? written + 5 : nil)
    }

    @Test func `a binding is ready once its condition is of after the change and the change of after the write`() {
        let ready = Self.condition("Ready", "True", "Ready", since: 6)
        #expect(Verdict.of(binding: Self.binding([ready]), at: Self.moment(6)) == .reached)
        let suspended = Self.condition("Ready", "True", "ReadyWithSuspendedResources", since: 6)
        #expect(Verdict.of(binding: Self.binding([suspended]), at: Self.moment(6)) == .reached)
    }

    @Test(arguments: [
        // when the condition changed, when the spec did, when it is looked at
        (2, 5, 6), (2, 1, 6), (4, 3, 14),
    ])
    func `a binding that is True of before is not believed`(since: Int, changed: Int, now: Int) {
        let binding = Self.binding([Self.condition("Ready", "True", "Ready", since: since)], changed: changed)
        #expect(
            Verdict.of(binding: binding, at: Self.moment(now)) == .awaited("it still shows what was before: Ready"))
    }

    @Test(arguments: [(2, 5, 15), (2, 1, 15), (2, 1, 20)])
    func `a binding that has not moved for ten seconds is believed`(since: Int, changed: Int, now: Int) {
        let binding = Self.binding([Self.condition("Ready", "True", "Ready", since: since)], changed: changed)
        #expect(Verdict.of(binding: binding, at: Self.moment(now)) == .reached)
    }

    @Test func `after a run that wrote nothing, an old change counts`() {
        let binding = Self.binding([Self.condition("Ready", "True", "Ready", since: 2)], changed: 1)
        #expect(Verdict.of(binding: binding, at: Self.moment(6, wrote: false)) == .reached)
    }

    @Test func `a condition of another generation does not count`() {
        let binding = Self.binding([Self.condition("Ready", "True", "Ready", since: 6, generation: 1)])
        #expect(Verdict.of(binding: binding, at: Self.moment(30)) == .awaited("it still shows what was before: Ready"))
    }

    @Test(arguments: [
        "RenderingFailed", "InvalidReleaseConfiguration", "EnvironmentNotFound", "DataPlaneNotFound",
        "DataPlaneNotConfigured", "ComponentNotFound", "ProjectNotFound", "ReleaseOwnershipConflict",
        "ResourcesUndeployed", "JobFailed",
    ])
    func `a reason that no waiting heals ends it, with the condition's message`(reason: String) {
        let binding = Self.binding([Self.condition("Ready", "False", reason, since: 6, "look here")])
        #expect(Verdict.of(binding: binding, at: Self.moment(6)) == .failed("\(reason): look here"))
        // Of the former release it may be gone a moment later.
        let old = Self.binding([Self.condition("Ready", "False", reason, since: 2, "look here")])
        #expect(
            Verdict.of(binding: old, at: Self.moment(6))
                == .awaited("it still shows what was before: \(reason): look here"))
    }

    @Test(arguments: [
        "ResourcesDegraded", "ResourcesProgressing", "ResourcesNotReady", "ResourcesUnknown", "JobRunning",
        "ComponentReleaseNotFound", "ReleaseUpdateFailed", "ReleaseDeletionFailed", "ConnectionsPending",
    ])
    func `a reason that may pass is waited for`(reason: String) {
        let binding = Self.binding([Self.condition("Ready", "False", reason, since: 6)])
        #expect(Verdict.of(binding: binding, at: Self.moment(6)) == .awaited(reason))
    }

    @Test func `what the data plane calls invalid stays so, another failure to apply may pass`() {
        let invalid = "failed to apply: ConfigMap \"c\" is invalid: data[A B]: Invalid value"
        let refused = Self.binding([Self.condition("Ready", "False", "ResourceApplyFailed", since: 6, invalid)])
        #expect(Verdict.of(binding: refused, at: Self.moment(6)) == .failed("ResourceApplyFailed: \(invalid)"))
        let absent = Self.binding([
            Self.condition("Ready", "False", "ResourceApplyFailed", since: 6, "namespaces \"dp\" not found")
        ])
        #expect(
            Verdict.of(binding: absent, at: Self.moment(6))
                == .awaited("ResourceApplyFailed: namespaces \"dp\" not found"))
    }

    @Test func `Ready copies a reason of an older generation, which its part does not have any more`() {
        let binding = Self.binding([
            Self.condition("Ready", "False", "RenderingFailed", since: 6, "old"),
            Self.condition("ReleaseSynced", "False", "RenderingFailed", since: 1, generation: 1, "old"),
            Self.condition("ConnectionsResolved", "False", "ConnectionsPending", since: 6, "1 pending, 0 resolved"),
        ])
        #expect(
            Verdict.of(binding: binding, at: Self.moment(6)) == .awaited("ConnectionsPending: 1 pending, 0 resolved"))
    }

    @Test func `pending connections are named`() {
        let pending = Self.binding(
            [
                Self.condition("Ready", "False", "ReleaseSynced", since: 6, "Release is not synced"),
                Self.condition("ConnectionsResolved", "False", "ConnectionsPending", since: 6, "2 pending"),
            ],
            more: [
                (
                    "pendingConnections",
                    [["component": "db", "endpoint": "tcp"], ["component": "mail", "endpoint": "smtp"]]
                )
            ])
        #expect(
            Verdict.of(binding: pending, at: Self.moment(6))
                == .awaited("ConnectionsPending: 2 pending (db/tcp, mail/smtp)"))
    }

    @Test func `a binding without conditions is waited for, one that is being deleted is not`() {
        #expect(Verdict.of(binding: ["status": [:]], at: Self.moment(6)) == .awaited("it has no condition Ready yet"))
        let leaving: JSONValue = ["metadata": ["deletionTimestamp": "2026-03-02T10:00:00Z"]]
        #expect(Verdict.of(binding: leaving, at: Self.moment(6)) == .failed("it is being deleted"))
        #expect(Verdict.of(component: leaving, at: Self.moment(6)) == .failed("it is being deleted"))
    }

    @Test func `a binding of a server that does not say when its spec changed is held against the write`() {
        let fresh = Self.binding([Self.condition("Ready", "True", "Ready", since: 6)], changed: nil)
        #expect(Verdict.of(binding: fresh, at: Self.moment(6)) == .reached)
        let old = Self.binding([Self.condition("Ready", "True", "Ready", since: 2)], changed: nil)
        #expect(Verdict.of(binding: old, at: Self.moment(6)) != .reached)
        #expect(Verdict.of(binding: old, at: Self.moment(15)) == .reached)
    }

    @Test(arguments: [
        "InvalidConfiguration", "ComponentTypeNotFound", "TraitNotFound", "ProjectNotFound",
        "DeploymentPipelineNotFound", "WorkflowNotAllowed", "WorkflowNotFound",
    ])
    func `a Component's reason that no waiting heals ends it`(reason: String) {
        func component(since: Int) -> JSONValue {
            Self.binding([Self.condition("Ready", "False", reason, since: since, "two of them")])
        }
        #expect(Verdict.of(component: component(since: 5), at: Self.moment(6)) == .failed("\(reason): two of them"))
        // It may be of before the write, which perhaps mends it.
        guard case .awaited = Verdict.of(component: component(since: 2), at: Self.moment(6)) else {
            return #expect(Bool(false), "an old reason is believed")
        }
        #expect(Verdict.of(component: component(since: 2), at: Self.moment(15)) == .failed("\(reason): two of them"))
        #expect(
            Verdict.of(component: component(since: 2), at: Self.moment(6, wrote: false))
                == .failed("\(reason): two of them"))
    }

    @Test(arguments: ["WorkloadNotFound", "AutoDeployFailed"])
    func `a Component's reason that may pass is waited for`(reason: String) {
        let component = Self.binding([Self.condition("Ready", "False", reason, since: 6)])
        #expect(
            Verdict.of(component: component, at: Self.moment(30))
                == .awaited("no release of what was published yet (\(reason))"))
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T23:59:59Z", 951_868_799), ("2026-03-02T10:00:05Z", 1_772_445_605),
        ("2100-03-01T00:00:00.123456Z", 4_107_542_400),
    ])
    func `times are read in whole seconds`(text: String, seconds: Int) {
        #expect(SystemClock.seconds(text) == seconds)
    }

    @Test(arguments: ["", "2026-03-02", "2026-03-02T10:00:05+01:00", "20x6-03-02T10:00:05Z"])
    func `times of another form are none`(text: String) {
        #expect(SystemClock.seconds(text) == nil)
    }
}
