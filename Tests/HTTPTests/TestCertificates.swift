import Foundation
import TestPrograms

/// Authorities and certificates of their own making, and servers that show them; all by the `openssl` command.
final class TestCertificates: Sendable {
    /// Made once for all tests, and removed when they are over.
    static let shared = Result { try TestCertificates() }

    private static let sharedFolder = FileManager.default.temporaryDirectory
        .appending(path: "certificates-\(UUID().uuidString)")

    private let folder = TestCertificates.sharedFolder

    private init() throws {
        atexit { try? FileManager.default.removeItem(at: TestCertificates.sharedFolder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for authority in ["ca", "other"] {
            try openssl(
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-keyout", path("\(authority).key"), "-out", path("\(authority).pem"), "-subj", "/CN=\(authority)")
        }
        try issue("good", for: "IP:127.0.0.1", "-days", "2")
        try issue("elsewhere", for: "DNS:elsewhere.test", "-days", "2")
        try issue("client", for: "IP:127.0.0.1", "-days", "2", usage: "clientAuth")
        try issue("expired", for: "IP:127.0.0.1", "-days", "-1")
        try issueFuture()
        for (name, authority) in [("hashed", "ca"), ("hashed-other", "other")] {
            try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: path("\(authority).pem"), toPath: path("\(name)/ca.pem"))
            try openssl("rehash", path(name))
        }
        // Valid PEM and DER, yet no certificate.
        try Data("-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n".utf8)
            .write(to: URL(filePath: path("hollow.pem")))
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    private func request(_ name: String, for alternativeName: String, usage: String = "serverAuth") throws {
        try openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path("\(name).key"),
            "-out", path("\(name).csr"), "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(alternativeName)",
            "-addext", "extendedKeyUsage=\(usage)")
    }

    private func issue(
        _ name: String, for alternativeName: String, _ validity: String..., usage: String = "serverAuth"
    ) throws {
        try request(name, for: alternativeName, usage: usage)
        try openssl(
            ["x509", "-req", "-in", path("\(name).csr"), "-CA", path("ca.pem"), "-CAkey", path("ca.key")]
                + ["-set_serial", "1", "-copy_extensions", "copy", "-out", path("\(name).pem")] + validity)
    }

    /// Only `openssl ca` can set the day on which a certificate begins.
    private func issueFuture() throws {
        try request("future", for: "IP:127.0.0.1")
        try Data().write(to: URL(filePath: path("index.txt")))
        let configuration = """
            [ca]
            default_ca = test
            [test]
            database = \(path("index.txt"))
            new_certs_dir = \(folder.path)
            rand_serial = yes
            default_md = sha256
            policy = any
            copy_extensions = copy
            [any]
            commonName = supplied
            """
        try Data(configuration.utf8).write(to: URL(filePath: path("ca.conf")))
        try openssl(
            "ca", "-batch", "-config", path("ca.conf"), "-cert", path("ca.pem"), "-keyfile", path("ca.key"),
            "-in", path("future.csr"), "-out", path("future.pem"), "-startdate", "20980101000000Z",
            "-enddate", "20990101000000Z", "-notext")
    }

    private func openssl(_ arguments: String...) throws { try openssl(arguments) }

    private func openssl(_ arguments: [String]) throws {
        try ProgramCall("/usr/bin/openssl", arguments).run()
    }

    /// Runs the body with the port of a TLS server that responds to each GET with a page about itself.
    func serve<Result>(_ name: String, _ options: [String], body: (Int) throws -> Result) throws -> Result {
        let server = try ChildProcess(
            ProgramCall(
                "/usr/bin/openssl",
                [
                    "s_server", "-accept", "127.0.0.1:0", "-cert", path("\(name).pem"), "-key", path("\(name).key"),
                    "-www",
                ] + options),
            errors: .discarded)
        defer { server.stop() }
        let line = server.readLine(beginning: "ACCEPT 127.0.0.1:")
        guard let port = line?.split(separator: ":").last.flatMap({ Int($0) }) else {
            throw ProgramFailure("openssl s_server does not say where it listens: \(server.outputText)")
        }
        return try body(port)
    }
}
