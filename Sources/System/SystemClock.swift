import Glibc

/// The time of day and the waits of a thread.
public enum SystemClock {
    /// Seconds since 1970, in UTC.
    public static var secondsSince1970: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Year, month, day, hour, minute and second of a time in UTC.
    public static func utc(_ secondsSince1970: Double) -> [Int] {
        var whole = time_t(secondsSince1970.rounded(.down))
        var parts = tm()
        gmtime_r(&whole, &parts)
        return [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec].map(
            Int.init)
    }

    /// Seconds since 1970 of `2026-11-27T12:01:54Z` (RFC 3339, in UTC, a fraction left out); nil for another form.
    public static func seconds(_ text: String) -> Int? {
        let numbers = text.split { "-T:.Z".contains($0) }.prefix(6).compactMap { CInt($0) }
        guard text.hasSuffix("Z"), numbers.count == 6 else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (numbers[0] - 1900, numbers[1] - 1, numbers[2])
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (numbers[3], numbers[4], numbers[5])
        return timegm(&parts)
    }

    /// Sleeps that long, in this thread; not at all where that is not above zero.
    public static func sleep(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return }
        var left = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        withUnsafeMutablePointer(to: &left) { while nanosleep($0, $0) == -1 && errno == EINTR {} }
    }
}
