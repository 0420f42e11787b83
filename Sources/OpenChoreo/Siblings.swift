import ControlPlaneAccess
public import JSON
public import Objects
import Text

/// Why a component's Workloads are not as the control plane needs them, although each of them was accepted.
public enum OwnershipProblem: Error, Sendable {
    /// More Workloads of the same component, by their names: none is released.
    case otherWorkloads([String])
    /// The component belongs to another project, or has a Workload of another project.
    case otherProject(String)
    /// There is no such component.
    case noComponent
}

extension OpenChoreoAPI {
    /// Lists a component's Workloads and looks at them beside the one that was written; after a creation the Component
    /// as well, where it may be read.
    ///
    /// An empty list proves nothing: without the right to see them the API gives none.
    public func checkSiblings(of item: Item, wasCreated: Bool) throws(Problem) {
        guard let owner = ComponentScope(ownerOf: item.built, in: namespace) else { return }
        if wasCreated {
            // What was read beside the creation may lack what others created at that time.
            client.forget(workloads.listing(of: owner.component))
            client.willRead([components.reading(of: owner.component)])
        }
        let others = try workloads(of: owner.component).filter {
            name(of: $0) != item.identity.name && !$0.isBeingDeleted
        }
        let ours = others.filter { project(of: $0) == owner.project }.map(name)
        if !ours.isEmpty { throw tooManyWorkloads([item.identity.name] + ours, of: owner) }
        if let other = others.first, let theirs = project(of: other) {
            throw Problem(
                .invalid, at: owner.place,
                "workload/\(shown(name(of: other))) says that it belongs to the project \(shown(theirs)), and "
                    + "\(item.identity) to \(owner.project)",
                cause: OwnershipProblem.otherProject(shown(theirs)))
        }
        if wasCreated, case .found(let component)? = try probe(owner.component) { try check(component, in: owner) }
    }

    /// Reads a Component: absent, there but not to be read, or found; nil where the API knows no such call.
    public func probe(_ component: String) throws(Problem) -> Reading? {
        let response = try client.send(components.reading(of: component))
        switch response.status {
        case 404 where !response.isOpenChoreosRefusal, 405, 501: return nil
        default: return try components.reading(component, response)
        }
    }

    /// Throws where a Component belongs to another project than it should; the API does not look at that.
    public func check(_ component: JSONValue, in scope: ComponentScope) throws(Problem) {
        guard let project = component["spec"]?["owner"]?["projectName"]?.string, project != scope.project else {
            return
        }
        throw Problem(
            .invalid, at: scope.place, "it belongs to the project \(shown(project)), not to \(scope.project)",
            cause: OwnershipProblem.otherProject(shown(project)))
    }

    /// The name of the one Workload that a component has in its project; nil where it has none.
    ///
    /// Throws `.refused` where it has more, and `.denied` where they may not be seen.
    public func nameOfWorkload(in scope: ComponentScope) throws(Problem) -> String? {
        let owned = try workloads(of: scope.component).filter {
            project(of: $0) == scope.project && !$0.isBeingDeleted
        }
        guard owned.count <= 1 else { throw tooManyWorkloads(owned.map(name), of: scope) }
        // An empty list proves nothing without the right to see what would be in it.
        if owned.isEmpty { try require([ObjectKind.workload.right("view")], in: scope) }
        return owned.first.map(name)
    }

    /// Throws what the server would say no to where an item were written: the component is absent or of another project,
    /// or a right is missing.
    public func checkWrite(of item: Item, _ action: WriteAction, run: String?) throws(Problem) {
        guard let owner = ComponentScope(ownerOf: item.built, in: namespace) else { return }
        if action == .created {
            switch try probe(owner.component) {
            case .absent(let problem):
                throw Problem(.invalid, at: problem.place, problem.text, cause: OwnershipProblem.noComponent)
            case .found(let component): try check(component, in: owner)
            case .unreadable, nil: break
            }
        }
        var rights: [String] = []
        if action != .unchanged {
            rights.append(ObjectKind.workload.right(action == .created ? "create" : "update"))
        }
        if run != nil { rights += ["view", "update"].map(ObjectKind.workflowRun.right) }
        if !rights.isEmpty { try require(rights, in: owner) }
    }

    /// The Workloads of a component that may be seen; none where the API has no such list.
    private func workloads(of component: String) throws(Problem) -> [JSONValue] {
        try list(.workload, of: component) ?? []
    }

    private func tooManyWorkloads(_ names: [String], of owner: ComponentScope) -> Problem {
        let names = names.map(shown)
        return Problem(
            .refused, at: owner.place,
            "it has \(names.count) Workloads, \(names.joined(separator: " and ")), and OpenChoreo releases neither",
            cause: OwnershipProblem.otherWorkloads(Array(names.dropFirst())))
    }

    private func name(of object: JSONValue) -> String { object["metadata"]?["name"]?.string ?? "" }

    private func project(of workload: JSONValue) -> String? {
        ComponentScope(ownerOf: workload, in: namespace)?.project
    }

    private func shown(_ name: String) -> String { Printable.line(name, limit: 253) }
}
