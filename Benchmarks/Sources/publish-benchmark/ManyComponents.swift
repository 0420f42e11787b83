import JSON
import MockControlPlane
import TestPrograms

/// A folder with many components, and the bodies that publishing them sends, ready made for the floor.
struct ManyComponents {
    let count: Int
    /// The folder of the components, of their list and of the bodies.
    let folder: String
    /// The Workloads as the control plane had them before the update.
    private(set) var live: [String: JSONValue] = [:]

    /// The list that the publisher reads.
    var list: String { "\(folder)/components.yaml" }
    /// The form that asks for a token.
    var form: String { "\(folder)/token.form" }

    /// Writes so many components, each with a descriptor of 1 KiB, and what the publisher sends for them.
    init(_ count: Int, in parent: String, publisher: Publisher, servers: Servers) throws {
        self.count = count
        folder = "\(parent)/components-\(count)"
        try ProgramCall("/bin/mkdir", [folder, "\(folder)/services", "\(folder)/bodies"]).run()
        let names = (0..<count).map(Self.name)
        try ProgramCall("/bin/mkdir", names.map { "\(folder)/services/\($0)" }).run()
        let descriptor = SampleDescriptor.text(bytes: 1 << 10)
        for name in names { try TestFile.write(descriptor.utf8, to: "\(folder)/services/\(name)/workload.yaml") }
        let entries = names.map { "- {app-path: services/\($0), image: \(Self.image($0))}\n" }
        try TestFile.write(entries.joined().utf8, to: list)

        // What is created now is what an update finds, but for the image.
        let call = publisher.call(self, jobs: 8, try servers.endpoints(.http))
        try servers.reset(workloads: [:])
        try call.run()
        for (name, body) in try bodies(of: "POST", servers) {
            live[name] = try JSONValue(parsing: body).withImage("registry.example.com/shop/api:1.0.0")
        }
        try servers.reset(workloads: live)
        try call.run()
        try TestFile.write(servers.tokenRequestBody, to: form)
        for method in ["POST", "PUT"] {
            let bodies = try bodies(of: method, servers)
            guard bodies.count == count else {
                throw BenchmarkError("of \(count) components the publisher sent \(bodies.count) by \(method)")
            }
            for (name, body) in bodies { try TestFile.write(body, to: file(method, of: name)) }
        }
    }

    /// The name of the component with that number; the launcher numbers its runs in the same way.
    static func name(_ number: Int) -> String { "c\(Launcher.digits(number))" }

    /// What is published of the component with that name.
    static func image(_ name: String) -> String { "registry.example.com/shop/\(name):2.0.0" }

    private func file(_ method: String, of workload: String) -> String { "\(folder)/bodies/\(workload).\(method)" }

    private func bodies(of method: String, _ servers: Servers) throws -> [(name: String, body: [UInt8])] {
        try servers.api.requests.filter { $0.method == method }.map { request in
            guard let name = try JSONValue(parsing: request.body)["metadata"]?["name"]?.string else {
                throw BenchmarkError("a Workload without a name was published")
            }
            return (name, request.body)
        }
    }

    /// What an update of the component with that name asks of the API, in the order of HTTP/1.1: method, URL, body.
    func requests(of component: String, _ endpoints: Servers.Endpoints) -> [[String]] {
        let workloads = "\(endpoints.apiURL)/api/v1/namespaces/default/workloads"
        let name = "\(component)-workload"
        return [
            ["POST", workloads, file("POST", of: name)],
            ["GET", "\(workloads)/\(name)", "-"],
            ["PUT", "\(workloads)/\(name)", file("PUT", of: name)],
            ["GET", "\(workloads)?component=\(component)&limit=100", "-"],
        ]
    }

    /// Writes the requests of all for the floor, and says where.
    func writeRequests(_ endpoints: Servers.Endpoints) throws -> String {
        let path = "\(folder)/requests"
        let text = (0..<count).map { number in
            requests(of: Self.name(number), endpoints).map { $0.joined(separator: " ") + "\n" }.joined() + "\n"
        }
        try TestFile.write(text.joined().utf8, to: path)
        return path
    }

    /// What else was asked of the API than an update of all asks for; nil where it was that.
    ///
    /// On a busy machine a few reads are asked for a second time: what they brought had become too old.
    func difference(in requests: [String]) -> String? {
        let counts = Dictionary(requests.map { ($0, 1) }, uniquingKeysWith: +)
        let reads = counts["GET 200"] ?? 0
        if counts.count == 3, counts["POST 409"] == count, counts["PUT 200"] == count,
            (2 * count...2 * count + count / 10).contains(reads)
        {
            return nil
        }
        return counts.map { "\($0.value) times \($0.key)" }.sorted().joined(separator: ", ")
    }
}

extension JSONValue {
    /// A Workload with a container of that image alone.
    func withImage(_ image: String) -> JSONValue {
        guard var object, var spec = object["spec"]?.object else { return self }
        spec["container"] = ["image": .string(image)]
        object["spec"] = .object(spec)
        return .object(object)
    }
}
