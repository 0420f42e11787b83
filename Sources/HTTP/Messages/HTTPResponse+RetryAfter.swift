internal import CCurl

extension HTTPResponse {
    /// The wait that `Retry-After` asks for (RFC 9110 §10.2.3), nil where it asks for none.
    ///
    /// A zero and a date that is over ask for nothing: then the usual wait is kinder to a server in trouble.
    func retryAfter(now: Double) -> Duration? {
        guard let value = header("Retry-After"), !value.isEmpty else { return nil }
        let seconds: Double
        if value.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
            seconds = Double(value) ?? 0
        } else {
            let date = curl_getdate(value, nil)
            guard date != -1 else { return nil }
            seconds = Double(date) - now
        }
        // A year is beyond every deadline, and a Duration can hold it.
        return seconds > 0 ? .seconds(min(seconds, 31_536_000)) : nil
    }
}

extension HTTPResponse {
    /// The server's clock when it sent the response, in seconds since 1970 (RFC 9110 §6.6.1); nil where it does not say so.
    public var date: Double? {
        guard let value = header("Date") else { return nil }
        let date = curl_getdate(value, nil)
        return date == -1 ? nil : Double(date)
    }
}
