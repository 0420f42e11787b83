/// What a series of measurements comes to.
struct Summary: Equatable, Sendable {
    let median: Double
    /// The tenth and the ninetieth of a hundred.
    let p10: Double
    let p90: Double

    /// Nil where there is nothing to sum up.
    init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard let median = Self.quantile(0.5, of: sorted), let p10 = Self.quantile(0.1, of: sorted),
            let p90 = Self.quantile(0.9, of: sorted)
        else { return nil }
        self.median = median
        self.p10 = p10
        self.p90 = p90
    }

    /// The median of the ratios of measurements that were made in the same round, so that a machine which grows slow
    /// for a while slows both down.
    static func medianRatio(_ values: [Double], to others: [Double]) -> Double? {
        Summary(zip(values, others).filter { $0.1 > 0 }.map { $0 / $1 })?.median
    }

    /// The value below which that part of them lies, between two neighbours by linear interpolation.
    static func quantile(_ part: Double, of sorted: [Double]) -> Double? {
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let position = part * Double(sorted.count - 1)
        let index = Int(position)
        guard index + 1 < sorted.count else { return part <= 0 ? first : last }
        return sorted[index] + (sorted[index + 1] - sorted[index]) * (position - Double(index))
    }
}

extension Double {
    /// The number with so many decimals.
    func text(decimals: Int) -> String {
        guard isFinite else { return "-" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = Int((magnitude * scale).rounded())
        let sign = self < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(scaled)" }
        let digits = String(scaled)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }
}
