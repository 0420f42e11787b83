import Foundation
import JSON
import TestPrograms
import Testing

/// What a kubelet makes of a container: its environment, its files, its process.
struct Pod {
    let container: JSONValue
    /// The values of Secrets as `NAME/KEY`.
    var secrets: [String: String] = [:]
    /// The container's folders that stand in the bench's root.
    let folders: [String]
    /// Whether paths in arguments lie in the bench's root as well.
    var placesArguments = false

    struct Problem: Error {
        let text: String
    }

    /// Runs the container's command; the program must be called by its name and by nothing else.
    func run(in bench: PipelineBench) throws -> ChildProcess.Result {
        guard container["command"] == ["workload-publisher"], let arguments = container["args"]?.array else {
            throw Problem(text: "the command is \(container["command"]?.text() ?? "missing")")
        }
        for folder in folders {
            try FileManager.default.createDirectory(
                atPath: bench.root.path + folder, withIntermediateDirectories: true)
        }
        var environment = try environment()
        for (name, value) in environment {
            guard folders.contains(where: { value == $0 || value.hasPrefix("\($0)/") }) else { continue }
            environment[name] = bench.root.path + value
        }
        return try BuiltProgram.publisher.run(
            arguments.compactMap(\.string).map { argument in
                placesArguments ? argument.replacing("=/mnt/vol", with: "=\(bench.root.path)/mnt/vol") : argument
            }, environment: environment, folder: bench.root.path)
    }

    /// The variables in their order, `$(NAME)` in a value replaced by one that was defined before.
    func environment() throws -> [String: String] {
        var environment: [String: String] = [:]
        for variable in container["env"]?.array ?? [] {
            guard let name = variable["name"]?.string else { throw Problem(text: "a variable without a name") }
            if let reference = variable["valueFrom"]?["secretKeyRef"] {
                let key = "\(reference["name"]?.string ?? "")/\(reference["key"]?.string ?? "")"
                if let value = secrets[key] {
                    environment[name] = value
                } else if reference["optional"] != true {
                    throw Problem(text: "no Secret \(key)")
                }
            } else if let value = variable["value"]?.string {
                environment[name] = Self.expanded(value, environment)
            } else {
                throw Problem(text: "\(name) has no value")
            }
        }
        return environment
    }

    /// The rules of Kubernetes' own expansion package: `$$` is a dollar, `$(NAME)` a variable where there is one.
    static func expanded(_ text: String, _ variables: [String: String]) -> String {
        var result = ""
        var rest = Substring(text)
        while let dollar = rest.unicodeScalars.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.unicodeScalars.index(after: dollar)...]
            if rest.unicodeScalars.first == "$" {
                result += "$"
                rest = Substring(rest.unicodeScalars.dropFirst())
            } else if rest.unicodeScalars.first == "(", let end = rest.unicodeScalars.firstIndex(of: ")") {
                let name = String(Substring(rest.unicodeScalars[..<end].dropFirst()))
                result += variables[name] ?? "$(\(name))"
                rest = rest[rest.unicodeScalars.index(after: end)...]
            } else {
                result += "$"
            }
        }
        return result + rest
    }
}
