internal import CCurl

extension HTTPResponse {
    /// The wait that `Retry-After` asks for (RFC 9110 §10.2.3), nil where it asks for none.
    ///
    /// A zero and a date that is over ask for nothing: then the usual wait is kinder to a server in trouble.
    func retryAfter(now: Double) -> Duration? {
        guard let value = header("Retry-After"), !value.isEmpty else { return nil }
        let isNumber = value.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard let seconds = isNumber ? Double(value) : time(in: "Retry-After").map({ $0 - now }), seconds > 0 else {
            return nil
        }
        // A year is beyond every deadline, and a Duration can hold it.
        return .seconds(min(seconds, 31_536_000))
    }

    /// The server's clock when it sent the response, in seconds since 1970 (RFC 9110 §6.6.1); nil where it does not say so.
    public var date: Double? { time(in: "Date") }

    private func time(in name: String) -> Double? {
        let date = header(name).map { curl_getdate($0, nil) } ?? -1
        return date == -1 ? nil : Double(date)
    }
}
