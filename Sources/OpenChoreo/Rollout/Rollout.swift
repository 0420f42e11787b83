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
    public static func rights(for goal: RolloutGoal) -> [String] {
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
        var release: String?
        var noted: String?
        var pause = Duration.milliseconds(125)
        while true {
            var awaited = ""
            do throws(Problem) {
                if release == nil { release = try findRelease(&awaited) }
                if let release {
                    if goal == .released { return RolloutResult(goal: goal, release: shown(release)) }
                    if let result = try readyBindings(of: release, &awaited) { return result }
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

    /// Reads an object; nil where there is none.
    private func read(_ name: String, of kind: ObjectKind) throws(Problem) -> JSONValue? {
        switch try api.objects(kind).read(name) {
        case .found(let object): return object
        case .absent: return nil
        case .unreadable(let problem): throw problem
        }
    }

    /// When what was read last was so.
    private var moment: Moment { Moment(now: Int(api.client.lastResponseTime), written: written) }

    /// The release of what was published; nil where there is none yet, and then what is awaited.
    private func findRelease(_ awaited: inout String) throws(Problem) -> String? {
        let place = "component/\(self.component)"
        guard let component = try read(self.component, of: .component) else {
            throw Problem(.refused, at: place, "it is not there any more", cause: RolloutEnd.failed)
        }
        let verdict = Verdict.of(component: component, at: moment)
        guard component["spec"]?["autoDeploy"] == true else { throw Problem(notDeployedByItself: place) }
        if let name = component["status"]?["latestRelease"]?["name"]?.string, !component.isBeingDeleted,
            let release = try read(name, of: .componentRelease), holdsWorkload(release)
        {
            return name
        }
        switch verdict {
        case .failed(let text): throw Problem(.refused, at: place, shown(text), cause: RolloutEnd.failed)
        case .awaited(let text): awaited = "\(place): \(shown(text))"
        case .reached: awaited = place
        }
        return nil
    }

    private func holdsWorkload(_ release: JSONValue) -> Bool {
        ["container", "endpoints", "dependencies"].allSatisfy { name in
            let (ours, theirs) = (spec[name], release["spec"]?["workload"]?[name])
            return (ours ?? [:]).withoutEmptyMembers == (theirs ?? [:]).withoutEmptyMembers
        }
    }

    /// The bindings that carry a release, all of them ready; nil where they are not yet, and then what is awaited.
    private func readyBindings(of release: String, _ awaited: inout String) throws(Problem) -> RolloutResult? {
        guard let list = try api.list(.releaseBinding, of: component) else {
            throw Problem(
                .refused, at: "component/\(component)", "this API has no list of its ReleaseBindings",
                cause: RolloutEnd.failed)
        }
        let bindings = list.filter { $0["spec"]?["releaseName"]?.string == release }
        guard !bindings.isEmpty else {
            awaited = "component/\(component): no ReleaseBinding carries \(shown(release)) yet"
            return nil
        }
        var result = RolloutResult(goal: .ready, release: shown(release))
        var pending: [String] = []
        for binding in bindings {
            let name = shown(binding["metadata"]?["name"]?.string ?? "")
            let place = "releasebinding/\(name)"
            switch Verdict.of(binding: binding, at: moment) {
            case .failed(let text): throw Problem(.refused, at: place, shown(text), cause: RolloutEnd.failed)
            case .awaited(let text): pending.append("\(place): \(shown(text))")
            case .reached:
                result.bindings.append(name)
                result.add(endpointsOf: binding, shown)
            }
        }
        awaited = pending.joined(separator: "; ")
        return pending.isEmpty ? result : nil
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

extension Problem {
    /// That a component waits for a person to have it deployed.
    public init(notDeployedByItself place: String) {
        self.init(
            .invalid, at: place, "it does not deploy by itself (spec.autoDeploy)", cause: RolloutEnd.notAutomatic)
    }
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
