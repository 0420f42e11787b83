public import HTTP
public import JSON
public import Objects

/// The objects of one kind behind an API of JSON over HTTP, by the requests that it takes for them.
///
/// The requests are made in one place for what sends them and what shows them.
public protocol RemoteCollection: ObjectCollection {
    /// Sends the requests.
    var client: APIClient { get }

    /// The statuses of a refused read with which a write may do without reading.
    var unreadable: Set<Int> { get }

    /// Whether every write is responded to with the object; else the response may be empty, or any JSON.
    var returnsWhatIsWritten: Bool { get }

    /// Adds an object.
    func creation(of object: JSONValue) -> HTTPRequest

    /// Reads one.
    func reading(of name: String) -> HTTPRequest

    /// Puts an object in the place of the live one.
    func replacement(of name: String, with object: JSONValue, live: JSONValue) -> HTTPRequest

    /// The problem that a refusal is.
    func problem(_ response: HTTPResponse) -> Problem
}

extension RemoteCollection {
    /// Sends the request that adds it, once.
    public func create(_ object: JSONValue) throws(Problem) -> WriteAttempt {
        try write(creation(of: object), object["metadata"]?["name"]?.string, isNew: true)
    }

    /// Sends the request that reads it until there is a response that no retry would change.
    public func read(_ name: String) throws(Problem) -> Reading {
        try reading(name, try client.send(reading(of: name)))
    }

    /// Sends the request that replaces it, once.
    public func replace(_ name: String, with object: JSONValue, live: JSONValue?) throws(Problem) -> WriteAttempt {
        try write(replacement(of: name, with: object, live: live ?? [:]), name, isNew: false)
    }

    /// Waits as the client does, exponentially with jitter or as the server asks.
    public func wait(after problem: Problem, tries: Int) throws(Problem) {
        try client.wait(after: problem, tries: tries)
    }

    /// Waits for a second.
    public func waitForStore(_ problem: Problem) throws(Problem) {
        guard client.pause(.seconds(1)) else { throw problem }
    }

    /// What a response to a read means.
    public func reading(_ name: String, _ response: HTTPResponse) throws(Problem) -> Reading {
        if 200..<300 ~= response.status { return .found(try client.object(in: response, named: name)) }
        let problem = problem(response)
        if problem.kind == .absent { return .absent(problem) }
        if unreadable.contains(response.status) { return .unreadable(problem) }
        throw problem
    }

    private func write(_ request: HTTPRequest, _ name: String?, isNew: Bool) throws(Problem) -> WriteAttempt {
        let response: HTTPResponse
        switch try client.attempt(request) {
        case .response(let some): response = some
        case .failed(let problem, let mayHaveTakenEffect):
            return .retry(problem, mayHaveTakenEffect: mayHaveTakenEffect)
        }
        if 200..<300 ~= response.status { return .done(stored: try stored(name, in: response)) }
        if response.status == 409 {
            // In a Status of Kubernetes others have changed something meanwhile; else a conflict is that there is such an object.
            let exists = isNew && (try? JSONValue(parsing: response.body))?["reason"] != "Conflict"
            guard exists else { return .retry(client.conflict(response), mayHaveTakenEffect: false) }
            return .isOtherwise(Problem(.conflict, at: "\(response.request)", "there is such an object"))
        }
        let problem = problem(response)
        if !isNew, problem.kind == .absent { return .isOtherwise(problem) }
        throw problem
    }

    /// What a write's response says that the server keeps; nil where it may be empty, and is.
    ///
    /// Throws where it is no JSON, or is about an object of another name.
    private func stored(_ name: String?, in response: HTTPResponse) throws(Problem) -> JSONValue? {
        if returnsWhatIsWritten { return try client.object(in: response, named: name) }
        if response.body.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) { return nil }
        let stored = try client.json(in: response)
        try client.check(stored, isNamed: name, in: response)
        return stored
    }
}

extension Problem.Kind {
    /// What a refusal with that status is, where nothing else says more.
    public init(refusal status: Int) {
        self =
            switch status {
            case 400, 413, 422: .invalid
            case 401, 403: .denied
            case 404: .absent
            case 409: .conflict
            default: .refused
            }
    }
}
