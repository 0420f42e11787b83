import ControlPlaneAccess
import HTTP
import Redaction
import System
import Text

/// How to reach the API and how to authenticate, all of it well formed.
struct ConnectionParameters {
    let api: APILocation
    let tokens: TokenSource.Origin
    private(set) var http: HTTPConfiguration
    private let caFile: String?

    /// Reads them; nil where something is missing or malformed, which the reader has noted.
    ///
    /// For a dry run that sends nothing, whatever is missing is a placeholder.
    init?(_ reader: inout ParameterReader, isPlaceholderAllowed: Bool) {
        if isPlaceholderAllowed {
            reader.assume(.apiServerURL, Placeholder.apiServerURL.url?.text)
            reader.assume(.oauthTokenURL, Placeholder.oauthTokenURL.url?.text)
        }
        let baseURL = reader.required(.apiServerURL) { try HTTPURL($0) }
        if baseURL?.query != nil {
            reader.report(.apiServerURL, "the URL has a query, and paths are added to it; leave the query out")
        }
        let apiHost = reader.hostHeader(.apiServerHostHeader)
        let tokens = Self.tokens(&reader, isPlaceholderAllowed: isPlaceholderAllowed)
        let http = Self.http(&reader)
        guard let baseURL, let tokens else { return nil }
        api = APILocation(baseURL: baseURL, hostHeader: apiHost)
        self.tokens = tokens
        self.http = http
        caFile = reader.values.text(.caFile)
    }

    /// A connection that was made of something else than these parameters, but for the authorities.
    init(api: APILocation, tokens: TokenSource.Origin, http: HTTPConfiguration, caFile: String?) {
        self.api = api
        self.tokens = tokens
        self.http = http
        self.caFile = caFile
    }

    /// How to connect and how long to wait.
    static func http(_ reader: inout ParameterReader) -> HTTPConfiguration {
        var http = HTTPConfiguration()
        http.userAgent = "\(Program.name)/\(Program.version)"
        http.timeout = reader.duration(.timeout)
        http.requestTimeout = reader.duration(.requestTimeout)
        http.connectTimeout = reader.duration(.connectTimeout)
        http.maxRetries = reader.number(.maxRetries, in: 0...1000) ?? 0
        http.insecureSkipTLSVerify = reader.values.isOn(.insecureSkipTLSVerify)
        return http
    }

    /// Reads the file of authorities.
    mutating func readAuthorities() throws(HTTPError) {
        guard let caFile else { return }
        let place = "\(Parameter.caFile.name): \(Quoted(caFile))"
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try FileSystem.bytes(of: caFile, upTo: 16 << 20)
        } catch {
            throw HTTPError(.unusableAuthorities(at: place, "cannot be read: \(error.text)"), nil)
        }
        http.authorities = try AuthorityFile(at: place, bytes: bytes)
    }

    private static func tokens(_ reader: inout ParameterReader, isPlaceholderAllowed: Bool) -> TokenSource.Origin? {
        let values = reader.values
        if let path = values.text(.accessTokenFile) {
            return .credential(.file(CredentialFile(.accessToken, path: path)))
        }
        let tokenURL = reader.required(.oauthTokenURL) { try HTTPURL($0) }
        let hostHeader = reader.hostHeader(.oauthHostHeader)
        var id = values.text(.oauthClientID)
        // An assertion says who the client is.
        if id == nil, values.text(.oauthClientAssertionFile) == nil, values.text(.oauthClientAssertion) == nil {
            id = isPlaceholderAllowed ? Placeholder.oauthClientID.text : reader.required(.oauthClientID) { $0 }
        }
        let proof = proof(&reader, isPlaceholderAllowed: isPlaceholderAllowed)
        let parameters = reader.all(.oauthExtra, Self.oauthExtra)
        guard let tokenURL, let proof else { return nil }
        var client = OAuthClient(id: id, proof.method, proof.credential, tokenURL: tokenURL, hostHeader: hostHeader)
        client.scope = values.text(.oauthScope)
        client.audience = values.text(.oauthAudience)
        client.assertionType = values.text(.oauthClientAssertionType) ?? OAuthClient.jwtBearer
        client.parameters = parameters
        return .client(client)
    }

    /// A parameter of the token request that no other flag gives.
    private static func oauthExtra(_ text: String) throws -> (name: String, value: String) {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
            throw MalformedValue("there is no name and '=' in it; write NAME=VALUE")
        }
        let name = String(text[..<sign])
        guard !reservedNames.contains(name) else {
            throw MalformedValue("\(name) is sent already, or has a flag of its own; leave it out here")
        }
        return (name, String(text[text.index(after: sign)...]))
    }

    private static let reservedNames: Set<String> = [
        "grant_type", "client_id", "client_secret", "client_assertion", "client_assertion_type", "scope", "audience",
    ]

    /// One of the four credentials; one that a flag gives wins over those that variables give.
    private static func proof(
        _ reader: inout ParameterReader, isPlaceholderAllowed: Bool
    ) -> (method: OAuthClient.Method, credential: Credential)? {
        let values = reader.values
        let candidates: [Parameter] = [
            .oauthClientSecret, .oauthClientSecretFile, .oauthClientAssertionFile, .oauthClientAssertion,
        ]
        let problems = reader.error.problems.count
        let parameter = reader.chosen(candidates, "more than one credential is given")
        guard reader.error.problems.count == problems else { return nil }
        let isBasic = values.text(.oauthAuthMethod) == "basic"
        guard let parameter, let value = values.text(parameter) else {
            if isPlaceholderAllowed { return (isBasic ? .basic : .post, .given(Secret(""))) }
            reader.reportMissing("one of " + Alternatives.list(candidates.dropLast().map(values.name)))
            return nil
        }
        func isOne(of parameters: Parameter...) -> Bool { parameters.contains { $0.flag == parameter.flag } }
        let isText = isOne(of: .oauthClientSecret, .oauthClientAssertion)
        let isAssertion = isOne(of: .oauthClientAssertion, .oauthClientAssertionFile)
        let secret = value.withoutFinalNewlines
        if isText, value.unicodeScalars.contains("\u{FFFD}") { reader.report(parameter, "it is not UTF-8 text") }
        if isText, secret.isEmpty { reader.report(parameter, "there is nothing in it but newlines") }
        if isAssertion, isBasic {
            reader.report(
                .oauthAuthMethod, "an assertion takes the place of HTTP Basic credentials; leave one of the two out")
        }
        let role = isAssertion ? CredentialFile.Role.clientAssertion : .clientSecret
        let credential = isText ? Credential.given(Secret(secret)) : .file(CredentialFile(role, path: value))
        return (isAssertion ? .assertion : isBasic ? .basic : .post, credential)
    }
}

extension ParameterReader {
    /// A whole number of a range.
    mutating func number(_ parameter: Parameter, in range: ClosedRange<Int>) -> Int? {
        value(parameter) { text in
            guard let number = Int(text), range.contains(number) else {
                throw MalformedValue(
                    "'\(Printable.line(text, limit: 40))' is not a number from \(range.lowerBound) to "
                        + "\(range.upperBound)")
            }
            return number
        }
    }
}

extension String {
    /// The text without the newlines at its end; a Secret that was made from a file has one, and no credential does.
    var withoutFinalNewlines: String {
        let newlines = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
        guard let last = utf8.lastIndex(where: { !newlines.contains($0) }) else { return "" }
        return String(self[..<utf8.index(after: last)])
    }
}
