import Glibc

/// Times as the API writes them.
extension ControlPlaneState {
    /// The time of the control plane, in whole seconds (RFC 3339).
    var timestamp: String { Self.text(configuration.now(), "%Y-%m-%dT%H:%M:%SZ") }

    /// The time of a response (RFC 9110 §5.6.7).
    var date: String { Self.text(configuration.now(), "%a, %d %b %Y %H:%M:%S GMT") }

    private static func text(_ seconds: Int, _ format: String) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        var bytes = [CChar](repeating: 0, count: 40)
        let count = strftime(&bytes, bytes.count, format, &parts)
        return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
