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
