import ControlPlaneAccess
import HTTP
import JSON
public import Objects
import Text

/// What a wait ends with.
public enum RolloutGoal: Sendable {
    /// The control plane has made a release of what was published.
    case released
    /// The release runs wherever it is bound.
    case ready
}

/// A release that a wait has seen.
public struct RolloutResult: Sendable {
    /// What was waited for.
    public let goal: RolloutGoal
    /// The name of the ComponentRelease.
    public let release: String
    /// The ReleaseBindings that carry it, in order of their names; empty where only the release was waited for.
    public var bindings: [String] = []
    /// The endpoints' URLs by name, those for others first; empty where only the release was waited for.
    public var endpoints: [(name: String, urls: [String])] = []
}

/// Follows what becomes of a Workload after it was written.
///
/// The API shows what was before for up to a second, with conditions that are True: what counts is decided in `Verdict`.
public struct Rollout {
    let api: OpenChoreoAPI
    /// The component that owns the Workload.
    let component: String
    /// What a release of it holds: the Workload's `spec` as the server has it.
    let spec: JSONValue
    /// When it was written, by the control plane's clock in seconds since 1970; nil where nothing was written.
    let written: Int?

    /// The rights that a wait takes.
    public static func rights(for goal: RolloutGoal) -> [Right] {
        let kinds: [ObjectKind] = [.component, .componentRelease] + (goal == .ready ? [.releaseBinding] : [])
        return kinds.map { $0.right("view") }
    }

    /// Reads until the goal is reached: every second, and sooner at first.
    ///
    /// Throws `.refused` with the condition's reason where no waiting helps, `.temporary` with what is still awaited where
    /// the time is up, and `.invalid` where the component does not deploy by itself.
    public func wait(
        for goal: RolloutGoal, note: (_ what: String) -> Void = { _ in }
    ) throws(Problem) -> RolloutResult {
        var released: String?
        var noted: String?
        var pause = Duration.milliseconds(125)
        while true {
            let awaited: String
            do throws(Problem) {
                switch try look(for: goal, released: &released) {
                case .done(let result): return result
                case .awaited(let text): awaited = text
                }
            } catch {
                // The time may as well be up in the middle of a read.
                throw noted.flatMap { error.isEndOfTime ? timeIsUp($0) : nil } ?? error
            }
            if awaited != noted { note(awaited) }
            noted = awaited
            pause = min(pause * 2, .seconds(1))
            guard api.client.pause(pause) else { throw timeIsUp(awaited) }
        }
    }

    private func timeIsUp(_ awaited: String) -> Problem {
        Problem(
            .temporary, at: "", "the time is up, and this is still awaited: \(awaited)", cause: RolloutEnd.timeIsUp)
    }

    private enum Look {
        case done(RolloutResult)
        case awaited(String)
    }

    private func look(for goal: RolloutGoal, released: inout String?) throws(Problem) -> Look {
        if released == nil {
            switch try findRelease() {
            case .done(let result): released = result.release
            case .awaited(let text): return .awaited(text)
            }
        }
        guard let release = released else { return .awaited("") }
        guard goal == .ready else { return .done(RolloutResult(goal: goal, release: shown(release))) }
        return try lookAtBindings(of: release)
    }

    private func findRelease() throws(Problem) -> Look {
        let (component, moment) = try api.object(self.component, of: .component, written)
        let place = "component/\(self.component)"
        guard let component else {
            throw Problem(.refused, at: place, "it is not there any more", cause: RolloutEnd.failed)
        }
        guard component["spec"]?["autoDeploy"] == true else {
            throw Problem(
                .invalid, at: place, "it does not deploy by itself (spec.autoDeploy)", cause: RolloutEnd.notAutomatic)
        }
        if let name = component["status"]?["latestRelease"]?["name"]?.string, !component.isBeingDeleted {
            let (release, _) = try api.object(name, of: .componentRelease, written)
            if let release, holdsWorkload(release) { return .done(RolloutResult(goal: .released, release: name)) }
        }
        switch Verdict(component: component, at: moment) {
        case .failed(let text): throw Problem(.refused, at: place, shown(text), cause: RolloutEnd.failed)
        case .awaited(let text): return .awaited("\(place): \(shown(text))")
        case .reached: return .awaited(place)
        }
    }

    private func holdsWorkload(_ release: JSONValue) -> Bool {
        ["container", "endpoints", "dependencies"].allSatisfy { name in
            let (ours, theirs) = (spec[name], release["spec"]?["workload"]?[name])
            return (ours ?? [:]).withoutEmptyMembers == (theirs ?? [:]).withoutEmptyMembers
        }
    }

    private func lookAtBindings(of release: String) throws(Problem) -> Look {
        guard let (list, moment) = try api.list(.releaseBinding, of: component, written) else {
            throw Problem(
                .refused, at: "component/\(component)", "this API has no list of its ReleaseBindings",
                cause: RolloutEnd.failed)
        }
        let bindings = list.filter { $0["spec"]?["releaseName"]?.string == release }
        guard !bindings.isEmpty else {
            return .awaited("component/\(component): no ReleaseBinding carries \(shown(release)) yet")
        }
        var result = RolloutResult(goal: .ready, release: shown(release))
        var awaited: [String] = []
        for binding in bindings {
            let name = shown(binding["metadata"]?["name"]?.string ?? "")
            let place = "releasebinding/\(name)"
            switch Verdict(binding: binding, at: moment) {
            case .failed(let text): throw Problem(.refused, at: place, shown(text), cause: RolloutEnd.failed)
            case .awaited(let text): awaited.append("\(place): \(shown(text))")
            case .reached:
                result.bindings.append(name)
                result.add(endpointsOf: binding, shown)
            }
        }
        return awaited.isEmpty ? .done(result) : .awaited(awaited.joined(separator: "; "))
    }

    private func shown(_ text: String) -> String { api.client.redactor.excerpt(of: Array(text.utf8)) }
}

/// How a wait ended, where advice depends on it.
public enum RolloutEnd: Error, Sendable {
    /// A condition says that a person has to change something.
    case failed
    /// The time is up.
    case timeIsUp
    /// Nothing is released by itself.
    case notAutomatic
}

extension RolloutResult {
    fileprivate mutating func add(endpointsOf binding: JSONValue, _ shown: (String) -> String) {
        for endpoint in binding["status"]?["endpoints"]?.array ?? [] {
            guard let name = endpoint["name"]?.string.map(shown) else { continue }
            let gateways = ["externalURLs", "internalURLs"].flatMap { kind in
                ["https", "http", "tls"].map { endpoint[kind]?[$0] }
            }
            let urls = (gateways + [endpoint["serviceURL"]]).compactMap { $0.flatMap(Self.url) }.map(shown)
            guard let index = endpoints.firstIndex(where: { $0.name == name }) else {
                endpoints.append((name, urls))
                continue
            }
            endpoints[index].urls += urls.filter { !endpoints[index].urls.contains($0) }
        }
    }

    private static func url(_ value: JSONValue) -> String? {
        guard let host = value["host"]?.string else { return nil }
        let scheme = value["scheme"]?.string ?? "tcp"
        let port = value["port"]?.integer.map { ":\($0)" } ?? ""
        let usual = ["https": ":443", "http": ":80"][scheme] == port
        return "\(scheme)://\(host)\(usual ? "" : port)\(value["path"]?.string ?? "")"
    }
}

extension OpenChoreoAPI {
    /// What becomes of a component's Workload that has just been written with that outcome.
    public func rollout(of outcome: Outcome, component: String) -> Rollout {
        let spec = outcome.stored?["spec"] ?? outcome.object["spec"] ?? [:]
        let wrote = outcome.action != .unchanged
        return Rollout(api: self, component: component, spec: spec, written: wrote ? Int(client.lastResponseTime) : nil)
    }
}
