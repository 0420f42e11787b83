/// A certificate authority of the benchmark's own, with a certificate for 127.0.0.1.
struct Authority {
    /// How the programs come to trust it.
    enum Trust: Equatable, Sendable {
        /// It lies among the system's authorities, as in production: each program loads them as it always does.
        case system
        /// Each program is given its certificate alone.
        case file(String)
    }

    let folder: String
    let trust: Trust

    /// The server's certificate.
    var certificate: String { "\(folder)/server.pem" }
    /// The server's key.
    var key: String { "\(folder)/server.key" }

    private static let systemFolder = "/etc/ssl/certs"
    private var file: String { "\(folder)/authority.pem" }

    /// Makes both certificates with openssl in the folder.
    static func make(in folder: String) throws(BenchmarkError) -> Authority {
        let made = Authority(folder: folder, trust: .file("\(folder)/authority.pem"))
        try made.shell(
            """
            new="openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
            $new -keyout authority.key -out authority.pem -subj "/CN=publish-benchmark authority"
            $new -CA authority.pem -CAkey authority.key -keyout server.key -out server.pem -subj "/CN=127.0.0.1" \
                -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE
            """)
        return made
    }

    /// The command to put before a program so that it finds this authority among the system's; nil where a mount
    /// namespace is not allowed.
    ///
    /// Nothing outside of that namespace changes.
    func systemTrustCommand() -> [String]? {
        guard let unshare = File.program("unshare") else { return nil }
        let isCopied: Void? = try? shell(
            """
            cp -a \(Self.systemFolder) certs
            hash=$(openssl x509 -in authority.pem -noout -hash)
            cp authority.pem certs/publish-benchmark.pem
            ln -s publish-benchmark.pem "certs/$hash.0"
            rm -f certs/ca-certificates.crt
            cat \(Self.systemFolder)/ca-certificates.crt authority.pem > certs/ca-certificates.crt
            """)
        guard isCopied != nil else { return nil }
        let script = "mount --bind '\(folder)/certs' \(Self.systemFolder) && exec \"$@\""
        for options in [["--mount"], ["--map-root-user", "--mount"]] {
            let command = [unshare] + options + ["sh", "-c", script, "sh"]
            let probe = CommandLineCall(program: unshare, arguments: command.dropFirst() + ["true"])
            if (try? ChildProcess.run(probe, log: "\(folder)/log")) != nil { return command }
        }
        return nil
    }

    private func shell(_ script: String) throws(BenchmarkError) {
        try ChildProcess.run(
            CommandLineCall(program: "/bin/sh", arguments: ["-euc", "cd '\(folder)'\n\(script)"]),
            log: "\(folder)/log")
    }
}
