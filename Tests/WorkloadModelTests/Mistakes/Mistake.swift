import Testing
import WorkloadModel

/// A wrong or hostile descriptor and everything that is said about it.
struct Mistake: Sendable, CustomTestStringConvertible {
    let name: String
    let source: String
    let diagnostics: String

    init(_ name: String, _ source: String, _ diagnostics: String) {
        self.name = name
        self.source = source
        self.diagnostics = diagnostics
    }

    var testDescription: String { name }

    static let all =
        shape + endpoint + port + configuration + dependency + former + foreign + dataPlane + yaml

    /// A valid endpoint of that name.
    static func endpoint(named name: String) -> String {
        """
        apiVersion: openchoreo.dev/v1alpha1
        endpoints:
          - name: \(name)
            port: 8080
            type: HTTP

        """
    }

    /// The same line 51 times, each with its number.
    static func numbered(_ line: (Int) -> String) -> String {
        (0..<51).map(line).joined()
    }
}

@Suite struct Mistakes {
    @Test(arguments: Mistake.all)
    func `mistakes in a descriptor are all reported, each at its place`(mistake: Mistake) {
        let report = read(mistake.source)
        #expect(report.text == mistake.diagnostics)
        #expect(report.errorCount + report.warningCount == report.diagnostics.count)
        #expect((report.descriptor == nil) == report.diagnostics.contains { $0.severity == .error })
    }

    @Test(arguments: Mistake.all)
    func `mistakes in a descriptor are the same with the line ends of Windows`(mistake: Mistake) {
        let source = mistake.source.replacing("\n", with: "\r\n")
        #expect(read(source).text == mistake.diagnostics)
    }
}
