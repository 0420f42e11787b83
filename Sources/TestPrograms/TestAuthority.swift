/// A certificate authority of a test's own, with a certificate for 127.0.0.1.
public struct TestAuthority: Sendable {
    /// The folder of its files.
    public let folder: String

    /// The authority's certificate, for those who trust it.
    public var certificate: String { "\(folder)/authority.pem" }
    /// The server's certificate.
    public var serverCertificate: String { "\(folder)/server.pem" }
    /// The server's key.
    public var serverKey: String { "\(folder)/server.key" }

    /// One whose files were made before.
    public init(folder: String) {
        self.folder = folder
    }

    /// Makes both certificates with openssl in the folder.
    public static func make(in folder: String) throws(ProgramFailure) -> TestAuthority {
        let script = """
            new="openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
            $new -keyout authority.key -out authority.pem -subj "/CN=authority of a test"
            $new -CA authority.pem -CAkey authority.key -keyout server.key -out server.pem -subj "/CN=127.0.0.1" \
                -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE
            """
        try ProgramCall("/bin/sh", ["-euc", script], environment: ProgramCall.usualPath, folder: folder).run()
        return TestAuthority(folder: folder)
    }
}
