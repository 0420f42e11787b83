import TestPrograms

/// A certificate authority of the benchmark's own, with a certificate for 127.0.0.1.
struct Authority {
    /// How the programs come to trust it.
    enum Trust: Equatable, Sendable {
        /// It lies among the system's authorities, as in production: each program loads them as it always does.
        case system
        /// Each program is given its certificate alone.
        case file(String)
    }

    let files: TestAuthority
    let trust: Trust
    /// The folder of its files, and of everything else that the benchmark writes.
    var folder: String { files.folder }

    private static let systemFolder = "/etc/ssl/certs"

    /// Makes both certificates with openssl in the folder.
    static func make(in folder: String) throws(ProgramFailure) -> Authority {
        let files = try TestAuthority.make(in: folder)
        return Authority(files: files, trust: .file(files.certificate))
    }

    /// The command to put before a program so that it finds this authority among the system's; nil where a mount
    /// namespace is not allowed.
    ///
    /// Nothing outside of that namespace changes.
    func systemTrustCommand() -> [String]? {
        guard let unshare = ProgramCall.path(of: "unshare") else { return nil }
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
            let probe = ProgramCall(unshare, command.dropFirst() + ["true"])
            if (try? probe.run()) != nil { return command }
        }
        return nil
    }

    private func shell(_ script: String) throws(ProgramFailure) {
        try ProgramCall("/bin/sh", ["-euc", script], environment: ProgramCall.usualPath, folder: folder).run()
    }
}
