import CommandLineTool
import Glibc
import JSON
import MockControlPlane

extension Serving {
    /// SIGINT and SIGTERM, blocked for this thread and all that it starts: `log` waits for them.
    static func blockedSignals() -> sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        return signals
    }

    /// Prints a line for each request as it gets its response, until one of the signals; then what the control plane holds.
    static func log(_ controlPlane: MockControlPlane, until signals: sigset_t) -> Never {
        var signals = signals
        var printed = 0
        var isStopped = false
        while !isStopped {
            var wait = timespec(tv_sec: 0, tv_nsec: 100_000_000)
            isStopped = sigtimedwait(&signals, nil, &wait) > 0
            for request in controlPlane.requests.dropFirst(printed) {
                // In their order: one without a response yet holds up the lines of later ones.
                guard let status = request.status else { break }
                print("\(request.method) \(request.target) \(status)")
                printed += 1
            }
        }
        for line in holdings(of: controlPlane) { print(line) }
        exit(0)
    }

    /// A line for each object: the Workloads of both APIs with their image.
    private static func holdings(of controlPlane: MockControlPlane) -> [String] {
        let workloads = controlPlane.workloads.paths.map { path in
            let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
            return line("workload", parts[0], parts[1], controlPlane.workloads[parts[0], parts[1]])
        }
        let objects = controlPlane.kubernetes.paths.map { path in
            let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            return line(parts[0], parts[1], parts[2], controlPlane.kubernetes[parts[0], parts[1], parts[2]])
        }
        return ["", "The control plane holds \(workloads.count + objects.count) objects:"] + workloads + objects
    }

    private static func line(_ kind: String, _ namespace: String, _ name: String, _ object: JSONValue?) -> String {
        let place = namespace.isEmpty ? "" : " in namespace \(namespace)"
        let image = object?["spec"]?["container"]?["image"]?.string.map { ", image \($0)" } ?? ""
        return "  \(kind)/\(name)\(place)\(image)"
    }

    /// A line on standard output; where that is closed, there is nothing left to say.
    private static func print(_ line: String) {
        do { try StandardStream.output.write("\(line)\n") } catch { exit(0) }
    }
}
