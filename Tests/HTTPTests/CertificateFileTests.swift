import Testing

@testable import HTTP

@Suite struct CertificateFiles {
    private static let begin = "-----BEGIN CERTIFICATE-----\n"
    private static let end = "-----END CERTIFICATE-----\n"

    @Test(
        arguments: [
            ("", CAFileProblem.noCertificate),
            ("hello\n", .noCertificate),
            ("-----BEGIN PRIVATE KEY-----\nMAMC\n-----END PRIVATE KEY-----\n", .noCertificate),
            (begin + end, .brokenCertificate(1)),
            (begin + "MAMCAQE=\n", .brokenCertificate(1)),
            (begin + "not base64!\n" + end, .brokenCertificate(1)),
            (begin + "aGVsbG8=\n" + end, .brokenCertificate(1)),
            (begin + "MIIBAAID\n" + end, .brokenCertificate(1)),
            (begin + "MAMCAQE=\n" + end + begin + "MAM=\n" + end, .brokenCertificate(2)),
            (begin + begin + end, .brokenCertificate(1)),
            ("# an authority\r\n" + begin + "MAMC\r\nAQE=\r\n" + end, nil),
        ] as [(String, CAFileProblem?)])
    func `are judged before anything is sent`(text: String, expected: CAFileProblem?) {
        #expect(CertificateFile.problem(in: Array(text.utf8)) == expected)
    }

    @Test(arguments: [("/nonexistent/ca.pem", "No such file or directory"), ("/", "Is a directory")])
    func `must be readable files`(path: String, reason: String) {
        var configuration = HTTPConfiguration()
        configuration.caFile = path
        let error = failure { _ = try HTTPClient(configuration: configuration) }
        #expect(
            error.map { "\($0)" }
                == "--ca-file (CA_FILE): '\(path)' cannot be read: \(reason); name a PEM file of the "
                + "authorities to trust"
        )
    }
}
