import JSON
import Objects
import System
import Text

/// What an object's conditions say about a release: the pure part of waiting for it.
enum Verdict: Equatable {
    /// It is as it should be.
    case reached
    /// It is under way, or what is shown may be of before; what is awaited.
    case awaited(String)
    /// It will not be reached without a change that a person makes.
    case failed(String)
}

/// When something was seen, by the control plane's clock.
struct Moment {
    /// The time of the response, in seconds since 1970.
    let now: Int
    /// The time of the write that is followed; nil where the run wrote nothing.
    let written: Int?

    /// After so many seconds whatever is shown has been looked at by the controllers.
    static let settling = 10

    /// Whether that time is of after the write, or the write is long over.
    func isAfterWrite(_ time: Int?) -> Bool {
        guard let written else { return true }
        return time.map { $0 >= written } ?? false || now - written >= Self.settling
    }
}

extension Verdict {
    /// Reasons of a Component that no waiting heals: each returns from its reconciliation without an error.
    private static let terminalForComponent: Set<String> = [
        "InvalidConfiguration", "ComponentTypeNotFound", "TraitNotFound", "ProjectNotFound",
        "DeploymentPipelineNotFound",
        "WorkflowNotAllowed", "WorkflowNotFound",
    ]
    /// The same for a ReleaseBinding.
    ///
    /// `ResourcesDegraded` is none of them: a healthy rollout passes through it.
    private static let terminalForBinding: Set<String> = [
        "RenderingFailed", "InvalidReleaseConfiguration", "EnvironmentNotFound", "DataPlaneNotFound",
        "DataPlaneNotConfigured", "ComponentNotFound", "ProjectNotFound", "ReleaseOwnershipConflict",
        "ResourcesUndeployed", "JobFailed",
    ]
    /// In the order in which the controller looks at them.
    private static let partsOfReady = [
        "ReleaseSynced", "ConnectionsResolved", "ResourceDependenciesReady", "ResourcesReady",
    ]

    /// What a Component says while its latest release is not the awaited one.
    static func of(component: JSONValue, at moment: Moment) -> Verdict {
        if component.isBeingDeleted { return .failed("it is being deleted") }
        guard let ready = Condition.all(of: component).first(where: { $0.type == "Ready" }) else {
            return .awaited("it has not been looked at yet")
        }
        let isCurrent = ready.observedGeneration == component["status"]?["observedGeneration"]?.integer
        let isTerminal = !ready.isTrue && terminalForComponent.contains(ready.reason)
        return isTerminal && isCurrent && moment.isAfterWrite(ready.lastTransition)
            ? .failed(ready.text) : .awaited("no release of what was published yet (\(ready.text))")
    }

    /// What a ReleaseBinding that carries the awaited release says.
    static func of(binding: JSONValue, at moment: Moment) -> Verdict {
        if binding.isBeingDeleted { return .failed("it is being deleted") }
        let conditions = Condition.all(of: binding)
        let generation = binding["status"]?["observedGeneration"]?.integer
        guard let ready = conditions.first(where: { $0.type == "Ready" }) else {
            return .awaited("it has no condition Ready yet")
        }
        // `Ready` copies the reason of the first that is not True, of whatever generation that one is.
        let part = partsOfReady.lazy.compactMap { type in
            conditions.first { $0.type == type && !$0.isTrue && $0.observedGeneration == generation }
        }.first
        let telling = ready.isTrue ? ready : part ?? ready
        let pending = pending(binding)
        let text = telling.text + (pending.isEmpty || ready.isTrue ? "" : " (\(pending.joined(separator: ", ")))")
        guard ready.observedGeneration == generation, isSettled(telling, of: binding, at: moment) else {
            return .awaited("it still shows what was before: \(text)")
        }
        return ready.isTrue ? .reached : isTerminal(telling) ? .failed(text) : .awaited(text)
    }

    private static func isTerminal(_ condition: Condition) -> Bool {
        terminalForBinding.contains(condition.reason)
            || condition.reason == "ResourceApplyFailed" && condition.message.contains(" is invalid: ")
    }

    /// Whether a condition is of after the binding's last change, and that change of after the write.
    private static func isSettled(_ condition: Condition, of binding: JSONValue, at moment: Moment) -> Bool {
        let changed = binding["status"]?["lastSpecUpdateTime"]?.string.flatMap(SystemClock.seconds)
        guard let changed else { return moment.isAfterWrite(condition.lastTransition) }
        let isOfChange = condition.lastTransition.map { $0 >= changed } ?? false
        return moment.isAfterWrite(changed) && (isOfChange || moment.now - changed >= Moment.settling)
    }

    /// The connections that are not there yet, as `component/endpoint`.
    private static func pending(_ binding: JSONValue) -> [String] {
        (binding["status"]?["pendingConnections"]?.array ?? []).prefix(20).map { connection in
            let parts = [connection["component"]?.string, connection["endpoint"]?.string].compactMap { $0 }
            return Printable.line(parts.joined(separator: "/"), limit: 200)
        }
    }
}

extension JSONValue {
    /// The same tree without members that say nothing: null, and empty texts, lists and objects.
    var withoutEmptyMembers: JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map(\.withoutEmptyMembers))
        case .object(let object):
            let members = object.members.map { JSONObject.Member(name: $0.name, value: $0.value.withoutEmptyMembers) }
            return .object(JSONObject(members.filter { ![.null, "", [], [:]].contains($0.value) }))
        default: return self
        }
    }
}
