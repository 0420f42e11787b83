public import Objects
public import WorkloadModel

extension OpenChoreoAPI {
    /// Sets the annotations by which a run says what it published, and returns them.
    ///
    /// Where the run has no room even for the shortest, nothing is set and nothing fails. Something on the way may take
    /// less than Kubernetes does: then a copy with fewer parts goes, or none.
    public func annotate(run name: String, with workload: Workload) throws(Problem) -> RunAnnotations {
        var leavingOut = 0
        while true {
            var annotations: RunAnnotations?
            do {
                let identity = ObjectIdentity(kind: "workflowrun", namespace: namespace, name: name)
                _ = try objects(.workflowRun).revise(identity) { run in
                    let fitting = RunAnnotations(of: workload, beside: run, leavingOut: leavingOut)
                    annotations = fitting
                    return fitting.hasRoom ? fitting.set(on: run) : run
                }
            } catch {
                guard (error.cause as? APIRefusal)?.refusal.status == 413, annotations?.hasCopy == true else {
                    throw error
                }
                leavingOut += 1
                continue
            }
            return annotations ?? RunAnnotations(of: workload, beside: [:], leavingOut: leavingOut)
        }
    }
}
