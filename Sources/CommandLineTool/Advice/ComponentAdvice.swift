import OpenChoreo

extension Advice {
    /// How the platform grants rights: the role and the binding that are missing, on one line.
    func grant(_ missing: MissingRights) -> String {
        let actions = missing.rights.joined(separator: ", ")
        let claim =
            missing.entitlement.map { "{claim: \($0.claim), value: \($0.value)}" }
            ?? "{claim: sub, value: the client's}"
        let scope = names.map { ", scope: {namespace: \($0.namespace), project: \($0.project)}" } ?? ""
        return "grant the client a ClusterAuthzRole with actions: [\(actions)] by a ClusterAuthzRoleBinding with "
            + "entitlement: \(claim), roleMappings: [{roleRef: {kind: ClusterAuthzRole, name: NAME}\(scope)}], "
            + "effect: allow"
    }

    /// What to do about a component that has more than one Workload, or belongs to another project.
    func advice(_ cause: OwnershipProblem) -> String {
        switch cause {
        case .otherWorkloads(let names):
            "delete \(names.joined(separator: ", ")) with a client that has the right workload:delete; "
                + "\(Parameter.workloadName.flag) auto (\(Parameter.workloadName.variables[0])) then writes the one that is left"
        case .noComponent:
            "create the component first, or check \(Parameter.component.name) and \(Parameter.namespace.name)"
        case .otherProject(let project):
            "check \(Parameter.project.name); where \(project) is right, have workload/"
                + "\(names?.workloadName ?? "NAME") deleted by a client that has the right workload:delete, for an owner "
                + "cannot change; else have the other one corrected"
        }
    }

    /// What to do where a wait did not end well.
    func advice(_ cause: RolloutEnd) -> String {
        switch cause {
        case .failed: "change what the condition names, and publish again"
        case .timeIsUp:
            "look at the component in OpenChoreo, or allow more time with \(Parameter.timeout.name)"
        case .notAutomatic:
            "set spec.autoDeploy of the component, or leave \(Parameter.wait.name) out"
        }
    }
}
