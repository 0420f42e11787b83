import Testing

@testable import HTTP

@Suite struct AuthorityFiles {
    @Test(arguments: [
        "", "hello\n", "-----BEGIN PRIVATE KEY-----\nMAMC\n-----END PRIVATE KEY-----\n",
        "text -----BEGIN CERTIFICATE-----\n",
    ])
    func `authorities without a certificate are refused before anything is sent`(text: String) {
        let error = failure { _ = try AuthorityFile(at: "ca.pem", bytes: Array(text.utf8)) }
        guard
            case .unusableAuthorities("ca.pem", "has no PEM certificate (-----BEGIN CERTIFICATE-----) in it") = error?
                .reason
        else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["-----BEGIN CERTIFICATE-----\n", "# mine\r\n-----BEGIN TRUSTED CERTIFICATE-----\r\nMA\r\n"])
    func `authorities with a certificate are judged at the handshake`(text: String) throws {
        #expect(try AuthorityFile(at: "ca.pem", bytes: Array(text.utf8)).bytes == Array(text.utf8))
    }
}
