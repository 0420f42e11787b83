@testable import HTTP

extension HTTPConfiguration {
    /// No retries, no proxy whatever the environment says, and little patience.
    static var test: HTTPConfiguration {
        var configuration = HTTPConfiguration(
            timeout: .seconds(20), requestTimeout: .seconds(10), connectTimeout: .seconds(10), maxRetries: 0)
        configuration.proxy = ""
        return configuration
    }
}

extension LoopbackServer {
    func url(_ path: String = "/", scheme: String = "http") throws -> HTTPURL {
        try HTTPURL("\(scheme)://127.0.0.1:\(port)\(path)")
    }
}
