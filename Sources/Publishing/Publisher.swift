import HTTP
import JSON
import WorkloadModel

/// The step itself: writes a Workload and annotates the run that built it.
public struct Publisher {
    let controlPlane: ControlPlane
    private let report: (PublishingEvent) -> Void

    /// Publishes over that API and tells what happens on the way.
    public init(controlPlane: ControlPlane, report: @escaping (PublishingEvent) -> Void) {
        self.controlPlane = controlPlane
        self.report = report
    }

    /// Creates the Workload or updates it where it exists, and then annotates the run.
    ///
    /// `written` is called between the two, so that what it stores is there even if annotating fails. A run that was cut
    /// off anywhere is put right by running it again.
    public func publish(
        _ publication: Publication, written: (PublishedWorkload) throws -> Void
    ) throws -> PublishedWorkload {
        controlPlane.willRead(reads(of: publication))
        var published = try writeWorkload(publication)
        try written(published)
        if let runName = publication.runName {
            published.isAnnotated = try annotate(run: runName, with: publication.workload)
        }
        return published
    }

    /// What is read on the way, and depends on nothing that is written before.
    private func reads(of publication: Publication) -> [[String]] {
        let parameters = publication.workload.parameters
        var paths: [[String]] = []
        if publication.update != .replace {
            paths.append(WorkloadCollection.path(namespace: parameters.namespace, name: parameters.workloadName))
        }
        if let run = publication.runName {
            paths.append(WorkflowRunCollection.path(namespace: parameters.namespace, name: run))
        }
        return paths
    }

    /// Where the Workload is kept.
    func collection(of publication: Publication) -> some ObjectCollection {
        WorkloadCollection(controlPlane: controlPlane, namespace: publication.workload.parameters.namespace)
    }

    private func writeWorkload(_ publication: Publication) throws(PublishingError) -> PublishedWorkload {
        let workload = publication.workload
        let write = CreateOrUpdate(
            name: workload.parameters.workloadName, built: workload.payload, update: publication.change,
            fallback: { answer in fallback(for: answer, update: publication.update) })
        let result = try write.run(on: collection(of: publication))
        report(.workloadWritten(name: workload.parameters.workloadName, action: result.action))
        return PublishedWorkload(action: result.action, body: result.object)
    }

    private func fallback(for answer: ServerAnswer, update: UpdateMode) -> CreateOrUpdate.Fallback {
        switch update {
        case .merge, .replace: .replace(thenSay: { report(.replacedUnread(answer)) })
        case .image where answer.status == 404: .createAgain(.notReadable(answer))
        case .image: .fail(.notReadable(answer))
        }
    }

    /// Sets the annotations; false where the run has no room even for the shortest, which fails nothing.
    ///
    /// Something on the way may take less than Kubernetes does: then a copy with fewer parts goes, or none.
    private func annotate(run name: String, with workload: Workload) throws(PublishingError) -> Bool {
        var leavingOut = 0
        while true {
            var annotations: RunAnnotations?
            let annotating = CreateOrUpdate(
                name: name, built: workload.payload,
                update: .change { run throws(PublishingError) in
                    let fitting = RunAnnotations(of: workload, beside: run, leavingOut: leavingOut)
                    annotations = fitting
                    return fitting.hasRoom ? fitting.set(on: run) : run
                },
                fallback: { answer in .fail(answer.error) })
            let collection = WorkflowRunCollection(controlPlane: controlPlane, namespace: workload.parameters.namespace)
            do {
                _ = try annotating.runUpdate(on: collection)
            } catch .refused(let answer) where answer.status == 413 && annotations?.hasCopy == true {
                leavingOut += 1
                continue
            }
            return tell(annotations, of: name)
        }
    }

    private func tell(_ annotations: RunAnnotations?, of run: String) -> Bool {
        guard let annotations, annotations.hasRoom else {
            report(.annotationImpossible(run: run))
            return false
        }
        if !annotations.hasCopy {
            report(.annotationShortened(run: run, leftOut: ["everything"]))
        } else if !annotations.leftOut.isEmpty {
            report(.annotationShortened(run: run, leftOut: annotations.leftOut.map(\.rawValue)))
        }
        report(.runAnnotated(name: run))
        return true
    }
}

/// What happens while a Workload is published.
public enum PublishingEvent: Sendable {
    /// The Workload is as it should be.
    case workloadWritten(name: String, action: PublishAction)
    /// The Workload was replaced without being read, because of that answer.
    case replacedUnread(ServerAnswer)
    /// The run's copy of the Workload is not whole.
    case annotationShortened(run: String, leftOut: [String])
    /// The run has no room for any annotation more.
    case annotationImpossible(run: String)
    /// The run carries its annotations.
    case runAnnotated(name: String)
}
