import HTTP
import JSON
import Publishing
import WorkloadModel

extension Console {
    /// Logs what happens while a Workload is published.
    func log(_ event: PublishingEvent) {
        switch event {
        case .workloadWritten(let name, let action):
            log(.info, "workload-\(action.rawValue)", "workload/\(name) \(action.rawValue)", [.text("workload", name)])
        case .replacedUnread(let answer):
            log(
                .warning, "replaced-unread",
                "the Workload could not be read (\(answer)) and was replaced whole: labels and annotations that others "
                    + "put on it are gone; grant the client workload:view to keep them")
        case .annotationShortened(let run, let leftOut):
            log(
                .warning, "annotation-shortened",
                "workflowrun/\(run) has no room for the whole Workload: its annotation openchoreo.dev/workload "
                    + "goes without "
                    + leftOut.joined(separator: " and "), [.text("run", run)])
        case .annotationImpossible(let run):
            log(
                .warning, "annotation-impossible",
                "workflowrun/\(run) was not annotated: its annotations have the 256 KiB that Kubernetes allows; "
                    + "remove some",
                [.text("run", run)])
        case .runAnnotated(let name):
            log(.info, "run-annotated", "workflowrun/\(name) annotated", [.text("run", name)])
        }
    }

    /// Logs each request, and each wait, which is why a step takes long.
    func log(_ event: HTTPEvent) {
        switch event {
        case .exchange(let exchange):
            log(.debug, "request", exchange.line, exchange.fields)
        case .wait(let wait):
            let seconds = Double(Int(wait.duration / .milliseconds(10))) / 100
            log(
                .info, "retry",
                "\(wait.reason.problem); trying again in \(seconds)s (retry \(wait.retry) of \(wait.maxRetries))"
                    + (wait.askedByServer ? ", as the server asked" : ""),
                [
                    .text("method", wait.request.method.rawValue), .text("url", wait.request.url.text),
                    .number("retry", wait.retry), .number("waitMs", Int(wait.duration / .milliseconds(1))),
                ])
        }
    }
}

extension HTTPExchange {
    private var result: String {
        switch outcome {
        case .status(let status): String(status)
        case .failure(let error): error.event
        }
    }

    private var milliseconds: Int { Int(duration / .milliseconds(1)) }

    fileprivate var line: String {
        "\(request) -> \(result) in \(milliseconds) ms (attempt \(attempt), "
            + "\(reusedConnection ? "connection reused" : "new connection"), "
            + "\(requestBodySize) bytes out, \(responseBodySize) in)"
    }

    fileprivate var fields: [JSONObject.Member] {
        var fields: [JSONObject.Member] = [
            .text("method", request.method.rawValue), .text("url", request.url.text), .number("attempt", attempt),
            .number("request", number), .number("durationMs", milliseconds),
            .init(name: "connectionReused", value: .bool(reusedConnection)),
            .number("requestBytes", requestBodySize), .number("responseBytes", responseBodySize),
        ]
        if case .status(let status) = outcome { fields.append(.number("status", status)) }
        return fields
    }
}

extension JSONObject.Member {
    /// How the program will end.
    static func exitCode(_ code: ExitCode) -> Self { number("exitCode", Int(code.rawValue)) }

    fileprivate static func text(_ name: String, _ value: String) -> Self { .init(name: name, value: .string(value)) }

    fileprivate static func number(_ name: String, _ value: Int) -> Self {
        .init(name: name, value: .number(JSONNumber(value)))
    }
}
