import JSON

/// What the controllers behind the API make of a Workload: releases, and bindings that move.
extension ControlPlaneState {
    static let environment = "development"

    /// Begins a rollout where a written Workload asks for another release.
    mutating func roll(_ key: ObjectKey) {
        guard let steps = configuration.rollout, let workload = workloads[key],
            let component = workload["spec"]?["owner"]?["componentName"]?.string
        else { return }
        let componentKey = ObjectKey(namespace: key.namespace, name: component)
        if components[componentKey] == nil, configuration.existingComponents == nil {
            let project = workload["spec"]?["owner"]?["projectName"] ?? "default"
            components[componentKey] = complete(
                ["spec": ["autoDeploy": true, "owner": ["projectName": project]]], componentKey, kind: "Component")
        }
        guard let object = components[componentKey] else { return }
        let owned = workloads(of: componentKey).filter {
            $0["spec"]?["owner"]?["projectName"] == object["spec"]?["owner"]?["projectName"]
        }
        guard let only = owned.first, owned.count == 1 else {
            if !owned.isEmpty {
                let message = "Multiple Workloads found for component \"\(component)\" (expected exactly 1)"
                setReady(componentKey, false, "InvalidConfiguration", message)
            }
            return
        }
        guard object["spec"]?["autoDeploy"] == true else {
            return setReady(componentKey, true, "Reconciled", "Component validated successfully")
        }
        let hash = Self.hash(Self.released(only))
        let release = "\(component)-\(hash)"
        guard components[componentKey]?["status"]?["latestRelease"]?["name"] != .string(release) else { return }
        rollouts[componentKey] = Rollout(release: release, hash: hash, workload: key, steps: steps)
    }

    /// The next step of a component's rollout, if there is one.
    mutating func advanceRollout(_ component: ObjectKey) {
        guard var rollout = rollouts[component], let step = rollout.steps.first else { return }
        rollout.steps.removeFirst()
        rollouts[component] = rollout
        apply(step, rollout, component)
    }

    private mutating func apply(
        _ step: MockControlPlane.RolloutStep, _ rollout: Rollout, _ component: ObjectKey
    ) {
        switch step {
        case .unseen: break
        case .refused(let reason, let message): setReady(component, false, reason, message)
        case .bindingAhead: carry(rollout, component)
        case .released:
            carry(rollout, component)
            release(rollout, component)
        case .observed:
            carry(rollout, component)
            release(rollout, component)
            observe(component)
        case .progressing:
            let message = "Primary workload Deployment/\(component.name) is progressing"
            settle(rollout, component, ("ResourcesReady", "False", "ResourcesProgressing", message))
        case .ready:
            let message = "Primary workload Deployment and all supporting resources are ready"
            settle(rollout, component, ("ResourcesReady", "True", "Ready", message))
        case .failed(let condition, let reason, let message):
            settle(rollout, component, (condition, "False", reason, message))
        case .pending(let condition, let reason, let message):
            settle(
                rollout, component, (condition, "False", reason, message),
                ready: ("Ready", "False", "ReleaseSynced", "Release is not synced"))
        }
    }

    /// The binding's spec names the release.
    private mutating func carry(_ rollout: Rollout, _ component: ObjectKey) {
        let key = bindingKey(component)
        var binding =
            releaseBindings[key]
            ?? complete(
                [
                    "spec": [
                        "environment": .string(Self.environment),
                        "owner": components[component]?["spec"]?["owner"]?.with(
                            "componentName", .string(component.name))
                            ?? [:],
                        "state": "Active",
                    ]
                ], key, kind: "ReleaseBinding")
        guard binding["spec"]?["releaseName"] != .string(rollout.release) else { return }
        binding = binding.with("spec", binding["spec"]?.with("releaseName", .string(rollout.release)) ?? [:])
        releaseBindings[key] = binding
        pendingObservation.insert(key)
    }

    /// The release exists, and the Component names it.
    private mutating func release(_ rollout: Rollout, _ component: ObjectKey) {
        let key = ObjectKey(namespace: component.namespace, name: rollout.release)
        let owner = components[component]?["spec"]?["owner"]?.with("componentName", .string(component.name))
        if let workload = workloads[rollout.workload], componentReleases[key] == nil {
            let spec: JSONValue = [
                "componentType": ["kind": "ClusterComponentType", "name": "deployment/service"],
                "owner": owner ?? [:], "workload": Self.released(workload),
            ]
            componentReleases[key] = complete(["spec": spec], key, kind: "ComponentRelease")
        }
        let latest: JSONValue = ["name": .string(rollout.release), "releaseHash": .string(rollout.hash)]
        components[component] = components[component].map {
            $0.with("status", ($0["status"] ?? [:]).with("latestRelease", latest))
        }
        let binding = bindingKey(component).name
        setReady(
            component, true, "ComponentReleaseReady",
            "ComponentRelease \"\(rollout.release)\" and ReleaseBinding \"\(binding)\" successfully managed for "
                + "environment \"\(Self.environment)\"")
    }

    /// The binding's status is of the generation that it has.
    private mutating func observe(_ component: ObjectKey) {
        let key = bindingKey(component)
        guard var status = releaseBindings[key]?["status"], pendingObservation.remove(key) != nil else { return }
        let generation = JSONValue.number(JSONNumber((status["observedGeneration"]?.integer ?? 0) + 1))
        status = status.with("observedGeneration", generation).with("lastSpecUpdateTime", .string(timestamp))
        let conditions = (status["conditions"]?.array ?? []).map { $0.with("observedGeneration", generation) }
        status = status.with("conditions", .array(conditions)).with("endpoints", endpoints(of: component))
        releaseBindings[key] = releaseBindings[key]?.with("status", status)
    }

    /// The release is the Component's, and one condition of the binding says what has become of it.
    private mutating func settle(
        _ rollout: Rollout, _ component: ObjectKey,
        _ condition: (type: String, status: String, reason: String, message: String),
        ready: (type: String, status: String, reason: String, message: String)? = nil
    ) {
        carry(rollout, component)
        release(rollout, component)
        observe(component)
        let key = bindingKey(component)
        let isReady = condition.status == "True"
        let ready =
            ready ?? (
                "Ready", condition.status, condition.reason, isReady ? "ReleaseBinding is ready" : condition.message
            )
        var conditions = releaseBindings[key]?["status"]?["conditions"]?.array ?? []
        for fresh in [condition, ready] {
            let index = conditions.firstIndex { $0["type"] == .string(fresh.type) }
            let old = index.map { conditions[$0] }
            let hasMoved = old?["status"] != .string(fresh.status)
            let value: JSONValue = [
                "type": .string(fresh.type), "status": .string(fresh.status), "reason": .string(fresh.reason),
                "message": .string(fresh.message),
                "observedGeneration": releaseBindings[key]?["status"]?["observedGeneration"] ?? 1,
                "lastTransitionTime": hasMoved ? .string(timestamp) : old?["lastTransitionTime"] ?? .string(timestamp),
            ]
            if let index { conditions[index] = value } else { conditions.append(value) }
        }
        releaseBindings[key] = releaseBindings[key].map {
            $0.with("status", ($0["status"] ?? [:]).with("conditions", .array(conditions)))
        }
    }

    private mutating func setReady(_ component: ObjectKey, _ isReady: Bool, _ reason: String, _ message: String) {
        guard let object = components[component] else { return }
        let status = object["status"] ?? [:]
        let old = status["conditions"]?.array?.first
        let text: JSONValue = isReady ? "True" : "False"
        let condition: JSONValue = [
            "type": "Ready", "status": text, "reason": .string(reason), "message": .string(message),
            "observedGeneration": 1,
            // A new image changes neither status nor time.
            "lastTransitionTime": old?["status"] == text
                ? old?["lastTransitionTime"] ?? .string(timestamp) : .string(timestamp),
        ]
        let changed = status.with("conditions", [condition]).with("observedGeneration", 1)
        components[component] = object.with("status", changed)
    }

    func bindingKey(_ component: ObjectKey) -> ObjectKey {
        ObjectKey(namespace: component.namespace, name: "\(component.name)-\(Self.environment)")
    }

    /// The Workloads of a component, in order of their names.
    func workloads(of component: ObjectKey) -> [JSONValue] {
        workloads.values(in: component.namespace).filter {
            $0["spec"]?["owner"]?["componentName"] == .string(component.name)
        }
    }

    private func endpoints(of component: ObjectKey) -> JSONValue {
        let owner = components[component]?["spec"]?["owner"]?["projectName"]?.string ?? ""
        let host = "\(component.name).dp-\(component.namespace)-\(owner)-\(Self.environment).svc.cluster.local"
        let members = workloads(of: component).first?["spec"]?["endpoints"]?.object?.members ?? []
        return .array(
            members.map { member in
                var endpoint = JSONObject([
                    .init(name: "name", value: .string(member.name)),
                    .init(name: "type", value: member.value["type"] ?? ""),
                    .init(
                        name: "serviceURL",
                        value: ["host": .string(host), "port": member.value["port"] ?? 0, "scheme": "http"]),
                ])
                if member.value["visibility"]?.array?.contains("external") == true {
                    endpoint["externalURLs"] = [
                        "https": [
                            "host": .string("\(component.name).apps.example"), "port": 443, "scheme": "https",
                            "path": .string("/\(component.name)-\(member.name)"),
                        ]
                    ]
                }
                return .object(endpoint)
            })
    }

    /// What of a Workload a release holds.
    private static func released(_ workload: JSONValue) -> JSONValue {
        var object = JSONObject()
        for name in ["container", "dependencies", "endpoints"] { object[name] = workload["spec"]?[name] }
        return .object(object)
    }

    /// The same text for the same release.
    private static func hash(_ value: JSONValue) -> String {
        let hash = value.serialized().reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return String(hash, radix: 16)
    }
}

extension JSONValue {
    /// The same object with a member set, or removed where the value is nil.
    func with(_ name: String, _ value: JSONValue?) -> JSONValue {
        var object = object ?? JSONObject()
        object[name] = value
        return .object(object)
    }
}

extension JSONValue {
    /// The same object without the member at a path.
    func without(_ path: ArraySlice<String>) -> JSONValue {
        guard let name = path.first, let member = self[name] else { return self }
        return with(name, path.count == 1 ? nil : member.without(path.dropFirst()))
    }
}
