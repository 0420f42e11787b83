import JSON

extension MockControlPlane {
    /// The objects of one kind, as tests read and place them.
    public struct Objects: Sendable {
        private let server: Server
        private let store: WritableKeyPath<ControlPlaneState, ObjectStore> & Sendable
        private let kind: String

        init(_ server: Server, _ store: WritableKeyPath<ControlPlaneState, ObjectStore> & Sendable, kind: String) {
            self.server = server
            self.store = store
            self.kind = kind
        }

        /// The object as a `GET` shows it; nil deletes it.
        ///
        /// A new value is not validated; what the server makes is added to it where it is missing.
        public subscript(namespace: String, name: String) -> JSONValue? {
            get {
                server.state.withLock { $0.controlPlane[keyPath: store][ObjectKey(namespace: namespace, name: name)] }
            }
            nonmutating set {
                let key = ObjectKey(namespace: namespace, name: name)
                server.state.withLock { state in
                    let object = newValue.map { state.controlPlane.complete($0, key, kind: kind) }
                    state.controlPlane[keyPath: store][key] = object
                }
            }
        }

        /// The paths of all objects, as `namespace/name`, in no order that means anything but always the same one.
        public var paths: [String] {
            server.state.withLock { state in
                state.controlPlane[keyPath: store].keys.map { "\($0.namespace)/\($0.name)" }.sorted()
            }
        }
    }

    /// The Workloads.
    public var workloads: Objects { Objects(server, \.workloads, kind: "Workload") }

    /// The WorkflowRuns.
    public var workflowRuns: Objects { Objects(server, \.workflowRuns, kind: "WorkflowRun") }

    /// The Components.
    public var components: Objects { Objects(server, \.components, kind: "Component") }

    /// The ComponentReleases.
    public var componentReleases: Objects { Objects(server, \.componentReleases, kind: "ComponentRelease") }

    /// The ReleaseBindings.
    public var releaseBindings: Objects { Objects(server, \.releaseBindings, kind: "ReleaseBinding") }

    /// Marks a Workload as being deleted: so many more requests find it, and take writes, and then it is gone.
    public func deleteWorkload(_ namespace: String, _ name: String, afterRequests count: Int) {
        let key = ObjectKey(namespace: namespace, name: name)
        server.state.withLock { state in
            let deletion = JSONValue.string(state.controlPlane.timestamp)
            state.controlPlane.workloads[key] = state.controlPlane.workloads[key].map {
                $0.with("metadata", ($0["metadata"] ?? [:]).with("deletionTimestamp", deletion))
            }
            state.controlPlane.deletions[key] = count
        }
    }

    /// The tokens issued so far, the oldest first.
    public var issuedTokens: [String] { server.state.withLock { $0.controlPlane.tokens.issued } }

    /// Makes every token issued so far a 401.
    public func revokeTokens() {
        server.state.withLock { $0.controlPlane.tokens.revokeAll() }
    }
}

extension MockControlPlane {
    /// Queues faults: each meets one request of the route, in order, after those queued before.
    public func script(_ route: Route, _ faults: [Fault]) {
        server.state.withLock { $0.faults.append(faults, to: route) }
    }

    /// Makes a fault meet every request of the route that finds none queued; nil ends that.
    public func always(_ route: Route, _ fault: Fault?) {
        server.state.withLock { $0.faults.always(fault, on: route) }
    }

    /// How many queued faults no request has met.
    public var pendingFaultCount: Int { server.state.withLock { $0.faults.pendingCount } }

    /// Calls `hook` for every request when it is recorded and before it has an effect, on the connection's thread.
    public func onRequest(_ hook: (@Sendable (RecordedRequest) -> Void)?) {
        server.state.withLock { $0.onRequest = hook }
    }

    /// Calls `hook` for every request after its effect, to change the response, on the connection's thread.
    public func beforeResponding(_ hook: (@Sendable (RecordedRequest, inout Response) -> Void)?) {
        server.state.withLock { $0.beforeResponding = hook }
    }
}

extension MockControlPlane {
    /// Every request that was read whole, in order of arrival.
    public var requests: [RecordedRequest] { server.state.withLock { $0.requests } }

    /// The requests of one route, in order of arrival.
    public func requests(_ route: Route) -> [RecordedRequest] {
        requests.filter { $0.route == route }
    }

    /// Waits until that many requests were read; false where the time is over first.
    public func waitForRequests(count: Int, timeout: Duration = .seconds(10)) -> Bool {
        server.state.wait(atMost: timeout) { $0.requests.count >= count ? () : nil } != nil
    }

    /// How many connections were accepted so far.
    public var connectionCount: Int { server.lifecycle.withLock { $0.accepted } }

    /// How many of them are open.
    public var openConnectionCount: Int { server.lifecycle.withLock { $0.connections.count } }
}
