import ControlPlaneAccess
import HTTP
import JSON
import Objects
import Text
import WorkloadModel

extension Console {
    /// Logs an event of an object.
    func log(_ level: Level, _ event: String, _ message: String, about identity: ObjectIdentity) {
        log(level, event, message, [identity.kind: .string(identity.name)])
    }

    /// Logs what is true of an object and was perhaps not meant.
    func log(_ warning: Warning, of identity: ObjectIdentity) {
        log(.warning, warning.event, warning.message(of: identity), about: identity)
    }

    /// Logs what a run's annotations hold.
    func log(_ annotations: RunAnnotations, of run: String) {
        let fields: JSONObject = ["run": .string(run)]
        guard annotations.hasRoom else {
            return log(
                .warning, "annotation-impossible",
                "workflowrun/\(run) was not annotated: its annotations have the 256 KiB that Kubernetes allows; "
                    + "remove some", fields)
        }
        if !annotations.leftOut.isEmpty {
            log(
                .warning, "annotation-shortened",
                "workflowrun/\(run) has no room for the whole Workload: its annotation openchoreo.dev/workload "
                    + "goes without " + annotations.leftOut.joined(separator: " and "), fields)
        }
        log(.info, "run-annotated", "workflowrun/\(run) annotated", fields)
    }

    /// Logs what is worth knowing of the access token.
    func log(_ event: TokenSource.Event) {
        switch event {
        case .narrowerScope(let asked, let granted):
            log(
                .warning, "narrower-scope",
                "the OAuth server granted the scope '\(granted)' alone, where '\(asked)' was asked for; check "
                    + Parameter.oauthScope.name)
        case .waitingForAcceptance(let wait):
            log(
                .info, "retry",
                "the API does not accept an access token that is seconds old, perhaps for a clock that lags; trying "
                    + "again in \(wait.components.seconds)s")
        }
    }

    /// Logs each request, and each wait, which is why a step takes long.
    func log(_ event: HTTPEvent) {
        switch event {
        case .exchange(let exchange):
            let milliseconds = Int(exchange.duration / .milliseconds(1))
            let status = try? exchange.outcome.get()
            let result =
                switch exchange.outcome {
                case .success(let status): String(status)
                case .failure(let error): error.event
                }
            log(
                .debug, "request",
                "\(exchange.request) -> \(result) in \(milliseconds) ms (attempt \(exchange.attempt), "
                    + "\(exchange.reusedConnection ? "connection reused" : "new connection"), "
                    + "\(exchange.requestBodySize) bytes out, \(exchange.responseBodySize) in)",
                [
                    "method": .string(exchange.request.method.rawValue), "url": .string(exchange.request.url.text),
                    "attempt": JSONValue(exchange.attempt), "durationMs": JSONValue(milliseconds),
                    "status": status.map { JSONValue($0) },
                ])
        case .pending(let request, let duration):
            log(
                isTerminal ? .info : .debug, "pending",
                "\(request): no response after \(Int(duration / .seconds(1))) s, still waiting")
        case .wait(let wait):
            let seconds = Double(Int(wait.duration / .milliseconds(10))) / 100
            log(
                .info, "retry",
                "\(wait.reason.problem); trying again in \(seconds)s (retry \(wait.retry) of \(wait.maxRetries))"
                    + (wait.askedByServer ? ", as the server asked" : ""),
                [
                    "method": (wait.reason.request?.method.rawValue).map { .string($0) },
                    "url": (wait.reason.request?.url.text).map { .string($0) }, "retry": JSONValue(wait.retry),
                    "waitMs": JSONValue(Int(wait.duration / .milliseconds(1))),
                ])
        }
    }
}
