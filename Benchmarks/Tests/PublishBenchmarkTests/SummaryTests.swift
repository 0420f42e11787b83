import Testing

@testable import publish_benchmark

struct SummaryTests {
    @Test(arguments: [
        ([7.0], 7.0, 7.0, 7.0),
        ([3, 1, 2], 2, 1.2, 2.8),
        ([4, 1, 3, 2], 2.5, 1.3, 3.7),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 2, 10),
        ([5, 5, 5, 500], 5, 5, 351.5),
    ])
    func `a series is summed up by its median and its outer tenths`(
        values: [Double], median: Double, p10: Double, p90: Double
    ) throws {
        let summary = try #require(Summary(values))
        #expect(abs(summary.median - median) < 1e-9)
        #expect(abs(summary.p10 - p10) < 1e-9)
        #expect(abs(summary.p90 - p90) < 1e-9)
    }

    @Test func `nothing has no summary`() {
        #expect(Summary([]) == nil)
        #expect(Summary.medianRatio([], to: []) == nil)
    }

    @Test func `a round in which the machine was slow for both changes no ratio`() {
        #expect(Summary.medianRatio([10, 100, 12], to: [5, 50, 6]) == 2)
    }

    @Test func `a measurement of nothing is left out of a ratio`() {
        #expect(Summary.medianRatio([10, 20, 30], to: [5, 0, 5]) == 4)
    }

    @Test(arguments: [
        (1.25, 1, "1.3"), (0.04, 1, "0.0"), (-0.04, 1, "0.0"), (-1.26, 1, "-1.3"), (12.0, 0, "12"), (0.005, 3, "0.005"),
        (99.96, 1, "100.0"), (Double.nan, 1, "-"),
    ])
    func `a number is written with so many decimals`(number: Double, decimals: Int, text: String) {
        #expect(number.text(decimals: decimals) == text)
    }
}
