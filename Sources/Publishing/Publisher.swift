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
        let published = try writeWorkload(publication)
        try written(published)
        if let runName = publication.runName {
            try annotate(run: runName, with: publication.workload)
        }
        return published
    }

    private func writeWorkload(_ publication: Publication) throws(PublishingError) -> PublishedWorkload {
        let workload = publication.workload
        let collection = WorkloadCollection(controlPlane: controlPlane, namespace: workload.parameters.namespace)
        let write = CreateOrUpdate(
            name: workload.parameters.workloadName, built: workload.payload, update: publication.change,
            fallback: { answer in fallback(for: answer, update: publication.update) })
        let result = try write.run(on: collection)
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

    private func annotate(run name: String, with workload: Workload) throws(PublishingError) {
        var annotations: RunAnnotations?
        let annotating = CreateOrUpdate(
            name: name, built: workload.payload,
            update: .change { run throws(PublishingError) in
                let fitting = RunAnnotations(of: workload, beside: run)
                annotations = fitting
                return fitting.set(on: run)
            },
            fallback: { answer in .fail(answer.error) })
        let collection = WorkflowRunCollection(controlPlane: controlPlane, namespace: workload.parameters.namespace)
        _ = try annotating.runUpdate(on: collection)
        if let annotations, !annotations.leftOut.isEmpty {
            let leftOut = annotations.hasCopy ? annotations.leftOut.map(\.rawValue) : ["the whole copy"]
            report(.annotationShortened(run: name, leftOut: leftOut))
        }
        report(.runAnnotated(name: name))
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
    /// The run carries its annotations.
    case runAnnotated(name: String)
}
