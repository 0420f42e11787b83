import JSON
import MockControlPlane
import TestPrograms

/// A descriptor, and the bodies that publishing it sends, ready made for the programs that do not build them.
struct Fixture {
    let size: Size
    /// The folder of the descriptor and of the bodies.
    let folder: String
    /// A Workload as the control plane had it before an update.
    private(set) var live: JSONValue?

    /// The form that asks for a token.
    var form: String { "\(folder)/token.form" }
    /// The Workload that is created or written.
    var payload: String { "\(folder)/payload.json" }
    /// The annotations as one JSON object: those of a descriptor of 1 MiB lack the copy, for which a run has no room.
    var annotations: String { "\(folder)/annotations.json" }
    /// The annotated run.
    var run: String { "\(folder)/run.json" }

    /// Writes a descriptor of that size, and what the publisher sends for it.
    init(_ size: Size, in parent: String, publisher: Publisher, servers: Servers) throws {
        self.size = size
        folder = "\(parent)/\(size.rawValue)"
        try ProgramCall("/bin/mkdir", [folder]).run()
        try TestFile.write(SampleDescriptor.text(bytes: size.bytes).utf8, to: "\(folder)/workload.yaml")
        try servers.reset(for: .annotate, nil)
        let call = publisher.call(.annotate, try servers.endpoints(.http), folder: folder, update: "replace")
        try call.run()
        let requests = servers.api.requests
        guard let payload = requests.first(where: { $0.method == "POST" })?.body,
            let run = requests.last(where: { $0.method == "PUT" })?.body,
            let object = try JSONValue(parsing: run).object,
            let annotations = object["metadata"]?["annotations"],
            annotations["openchoreo.dev/workload-from-source"] != nil
        else { throw BenchmarkError("the publisher does not annotate a run with what it publishes") }
        try TestFile.write(servers.tokenRequestBody, to: form)
        try TestFile.write(payload, to: self.payload)
        try TestFile.write(annotations.serialized(), to: self.annotations)
        try TestFile.write(run, to: self.run)
        live = try JSONValue(parsing: payload).withImage("registry.example.com/shop/api:1.0.0")
    }
}

/// Descriptors of any size, half of it settings and half of it files, as large descriptors are.
enum SampleDescriptor {
    static func text(bytes: Int) -> String {
        var text = """
            apiVersion: openchoreo.dev/v1alpha1
            metadata: {name: api}
            endpoints:
              - {name: http, port: 8080, type: HTTP, visibility: [project]}
            configurations:
              env:

            """
        append(to: &text, limit: text.utf8.count + (bytes - text.utf8.count) / 2) {
            "    - {name: SETTING_\($0), value: \"the value of setting \($0)\"}\n"
        }
        text += "  files:\n"
        append(to: &text, limit: bytes) { number in
            let lines = (0..<8).map { "        option.\($0) = text of line \($0) in file \(number)\n" }
            return "    - name: file-\(number)\n      mountPath: /etc/app/file-\(number).conf\n      value: |\n"
                + lines.joined()
        }
        return text
    }

    private static func append(to text: inout String, limit: Int, _ part: (Int) -> String) {
        var number = 0
        while true {
            let next = part(number)
            guard text.utf8.count + next.utf8.count <= limit else { return }
            text += next
            number += 1
        }
    }
}
