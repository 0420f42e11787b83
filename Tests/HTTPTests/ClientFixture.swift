@testable import HTTP

extension HTTPConfiguration {
    /// No retries, no proxy whatever the environment says, and little patience.
    static var test: HTTPConfiguration {
        var configuration = HTTPConfiguration()
        configuration.timeout = .seconds(20)
        configuration.requestTimeout = .seconds(10)
        configuration.maxRetries = 0
        configuration.proxy = ""
        return configuration
    }
}

extension LoopbackServer {
    func url(_ path: String = "/", scheme: String = "http") throws -> HTTPURL {
        try HTTPURL("\(scheme)://127.0.0.1:\(port)\(path)")
    }
}

extension HTTPClient {
    /// Sends a request and tries again, after a wait, what may be different then.
    func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        var tries = 0
        while true {
            do {
                return try attempt(request)
            } catch {
                tries += 1
                try pause(after: error, tries: tries)
            }
        }
    }
}
