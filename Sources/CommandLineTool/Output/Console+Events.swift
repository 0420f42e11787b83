import ControlPlaneAccess
import HTTP
import JSON
import Objects
import Text
import WorkloadModel

extension Console {
    /// Logs an event of an object.
    func log(_ level: Level, _ event: String, _ message: String, about identity: ObjectIdentity) {
        log(level, event, message, [.text(identity.kind, identity.name)])
    }

    /// Logs what is true of an object and was perhaps not meant.
    func log(_ warning: Warning, of identity: ObjectIdentity) {
        log(.warning, warning.event, warning.message(of: identity), about: identity)
    }

    /// Logs what a run's annotations hold.
    func log(_ annotations: RunAnnotations, of run: String) {
        let fields: [JSONObject.Member] = [.text("run", run)]
        guard annotations.hasRoom else {
            return log(
                .warning, "annotation-impossible",
                "workflowrun/\(run) was not annotated: its annotations have the 256 KiB that Kubernetes allows; "
                    + "remove some", fields)
        }
        let leftOut = annotations.hasCopy ? annotations.leftOut.map(\.rawValue) : ["everything"]
        if !leftOut.isEmpty {
            log(
                .warning, "annotation-shortened",
                "workflowrun/\(run) has no room for the whole Workload: its annotation openchoreo.dev/workload "
                    + "goes without " + leftOut.joined(separator: " and "), fields)
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
            log(.debug, "request", exchange.line, exchange.fields)
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
                    .text("method", wait.reason.request?.method.rawValue ?? ""),
                    .text("url", wait.reason.request?.url.text ?? ""),
                    .number("retry", wait.retry), .number("waitMs", Int(wait.duration / .milliseconds(1))),
                ])
        }
    }
}

extension HTTPExchange {
    private var result: String {
        switch outcome {
        case .success(let status): String(status)
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
        if case .success(let status) = outcome { fields.append(.number("status", status)) }
        return fields
    }
}

extension JSONObject.Member {
    /// How the program will end.
    static func exitCode(_ code: ExitCode) -> Self { number("exitCode", Int(code.rawValue)) }

    static func text(_ name: String, _ value: String) -> Self { .init(name: name, value: .string(value)) }

    static func number(_ name: String, _ value: Int) -> Self {
        .init(name: name, value: .number(JSONNumber(value)))
    }
}
