public import HTTP
public import JSON
public import Objects

extension APIClient {
    /// The object in a response that is one, of that name where one is given.
    public func object(in response: HTTPResponse, named name: String?) throws(Problem) -> JSONValue {
        let object = try json(in: response)
        guard object.object != nil else { throw unexpected(response, "the response is \(object.kind), not an object") }
        guard object["metadata"]?.object != nil else {
            throw unexpected(response, "the response is an object without metadata")
        }
        try check(object, isNamed: name, in: response)
        return object
    }

    /// Throws where an object has another name than it should have.
    ///
    /// Such a one comes from a cache or a gateway that mixes responses up: nothing of it is to be trusted.
    public func check(_ object: JSONValue, isNamed name: String?, in response: HTTPResponse) throws(Problem) {
        guard let name, let found = object["metadata"]?["name"]?.string, !found.utf8.elementsEqual(name.utf8) else {
            return
        }
        let shown = redactor.excerpt(of: Array(found.utf8), limit: 300)
        throw unexpected(response, "the response is about '\(shown)', not '\(name)'")
    }
}
