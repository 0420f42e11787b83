import ControlPlaneAccess
public import JSON
public import Objects
import Text

/// Why a component's Workloads are not as the control plane needs them, although each of them was accepted.
public enum OwnershipProblem: Error, Sendable {
    /// Another Workload of the same component: neither is released.
    case otherWorkload(component: String, names: [String])
    /// The component belongs to another project, or has a Workload of another project.
    case otherProject(component: String, project: String)
    /// There is no such component.
    case noComponent
}

extension OpenChoreoAPI {
    /// Lists a component's Workloads and looks at them beside the one that was written; after a creation the Component
    /// as well, where it may be read.
    ///
    /// An empty list proves nothing: without the right to see them the API gives none.
    public func checkSiblings(of item: Item, wasCreated: Bool) throws(Problem) {
        guard let owner = Owner(item.built) else { return }
        let place = "component/\(owner.component)"
        if wasCreated {
            // What was read beside the creation may lack what others created at that time.
            client.forget(workloads.listing(of: owner.component))
            client.willRead([objects(.component).reading(of: owner.component)])
        }
        var problem = try problem(with: item, owner, among: workloads(of: owner.component), place)
        if wasCreated, problem == nil, case .found(let component)? = try probe(owner.component) {
            problem = self.problem(with: component, owner, place)
        }
        if let problem { throw problem }
    }

    /// The Workloads of a component that may be seen; none where the API has no such list.
    public func workloads(of component: String) throws(Problem) -> [JSONValue] {
        try list(.workload, of: component, nil)?.0 ?? []
    }

    /// Reads a Component: absent, there but not to be read, or found; nil where the API knows no such call.
    public func probe(_ component: String) throws(Problem) -> Reading? {
        let components = objects(.component)
        let response = try client.send(components.reading(of: component))
        let isOwn = response.status != 404 || response.isOpenChoreosRefusal
        if Self.unknownCall.contains(response.status), response.status != 403, !(response.status == 404 && isOwn) {
            return nil
        }
        return try components.reading(component, response)
    }

    /// The name of the one Workload that a component has in its project; nil where it has none.
    ///
    /// Throws `.refused` where it has more, and `.denied` where they may not be seen.
    public func nameOfWorkload(in scope: RightScope) throws(Problem) -> String? {
        let owned = try workloads(of: scope.component).filter {
            Owner($0)?.project == scope.project && !$0.isBeingDeleted
        }
        let names = owned.compactMap { $0["metadata"]?["name"]?.string }
        guard names.count <= 1 else {
            let shown = names.map { Printable.line($0, limit: 253) }
            throw Problem(
                .refused, at: "component/\(scope.component)",
                "it has \(names.count) Workloads, \(shown.joined(separator: " and ")), and OpenChoreo releases neither",
                cause: OwnershipProblem.otherWorkload(component: scope.component, names: Array(shown.dropFirst())))
        }
        // An empty list proves nothing without the right to see what would be in it.
        if names.isEmpty { try require([ObjectKind.workload.right("view")], in: scope) }
        return names.first
    }

    /// Throws what the server would say no to where an item were written: the component is absent or of another project,
    /// or a right is missing.
    public func checkWrite(of item: Item, _ action: WriteAction, run: String?) throws(Problem) {
        guard let owner = Owner(item.built) else { return }
        if action == .created {
            switch try probe(owner.component) {
            case .absent(let problem):
                throw Problem(.invalid, at: problem.place, problem.text, cause: OwnershipProblem.noComponent)
            case .found(let component):
                if let problem = self.problem(with: component, owner, "component/\(owner.component)") { throw problem }
            case .unreadable, nil: break
            }
        }
        var rights: [Right] = []
        if action != .unchanged {
            rights.append(ObjectKind.workload.right(action == .created ? "create" : "update"))
        }
        if run != nil { rights += ["view", "update"].map(ObjectKind.workflowRun.right) }
        guard !rights.isEmpty else { return }
        try require(
            rights, in: RightScope(namespace: namespace, project: owner.project, component: owner.component))
    }

    private func problem(
        with item: Item, _ owner: Owner, among workloads: [JSONValue], _ place: String
    ) -> Problem? {
        let others = workloads.filter { $0["metadata"]?["name"]?.string != item.identity.name && !$0.isBeingDeleted }
        let ours = others.filter { Owner($0)?.project == owner.project }.compactMap { $0["metadata"]?["name"]?.string }
        func shown(_ name: String) -> String { Printable.line(name, limit: 253) }
        if !ours.isEmpty {
            let names = ([item.identity.name] + ours).map(shown)
            return Problem(
                .refused, at: place,
                "it has \(names.count) Workloads, \(names.joined(separator: " and ")), and OpenChoreo releases neither",
                cause: OwnershipProblem.otherWorkload(component: owner.component, names: ours.map(shown)))
        }
        guard let other = others.first, let theirs = Owner(other)?.project,
            let name = other["metadata"]?["name"]?.string
        else { return nil }
        return Problem(
            .invalid, at: place,
            "workload/\(shown(name)) says that it belongs to the project \(shown(theirs)), and "
                + "\(item.identity) to \(owner.project)",
            cause: OwnershipProblem.otherProject(component: owner.component, project: shown(theirs)))
    }

    /// The problem that a Component of another project is; the API does not look at the project.
    public func problem(with component: JSONValue, project: String, name: String) -> Problem? {
        problem(with: component, Owner(project: project, component: name), "component/\(name)")
    }

    private func problem(with component: JSONValue, _ owner: Owner, _ place: String) -> Problem? {
        guard let project = component["spec"]?["owner"]?["projectName"]?.string, project != owner.project else {
            return nil
        }
        let shown = Printable.line(project, limit: 253)
        return Problem(
            .invalid, at: place, "it belongs to the project \(shown), not to \(owner.project)",
            cause: OwnershipProblem.otherProject(component: owner.component, project: shown))
    }
}

/// The component and the project of a Workload.
private struct Owner {
    let project: String
    let component: String

    init(project: String, component: String) {
        self.project = project
        self.component = component
    }

    init?(_ workload: JSONValue) {
        guard let project = workload["spec"]?["owner"]?["projectName"]?.string,
            let component = workload["spec"]?["owner"]?["componentName"]?.string
        else { return nil }
        self.init(project: project, component: component)
    }
}
