import HTTP

extension Console {
    /// Warns of what lets others read the credentials of this run.
    func warnAboutSecrets(_ values: ParameterValues, _ http: HTTPConfiguration) {
        if values.origin(of: .oauthClientSecret) == .flag {
            log(
                .warning, "secret-in-arguments",
                "\(Parameter.oauthClientSecret.flag) stands on the command line, where other processes can read it; use "
                    + "the variable CLIENT_SECRET or \(Parameter.oauthClientSecretFile.name)")
        }
        if http.insecureSkipTLSVerify {
            log(
                .warning, "insecure",
                "the servers' certificates are not verified: anybody on the way can read the secret and the access token; "
                    + "name the authority to trust with \(Parameter.caFile.name) instead")
        }
    }
}
