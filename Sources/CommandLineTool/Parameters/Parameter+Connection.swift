extension Parameter {
    static let apiServerURL = Parameter(
        "--api-server-url", .value("URL"), env: ["API_URL"], default: .note("required for --to api"),
        "The control plane's API; a base path in it is kept")

    static let apiServerHostHeader = Parameter(
        "--api-server-host-header", .value("HOST"), env: ["API_HOST"],
        "The Host header for the API, where one gateway serves several hosts")

    static let oauthTokenURL = Parameter(
        "--oauth-token-url", .value("URL"), env: ["OAUTH_TOKEN_URL", "OAUTH_URL"],
        default: .note("required, unless an access token is given"),
        "The OAuth server's token endpoint")

    static let oauthHostHeader = Parameter(
        "--oauth-host-header", .value("HOST"), env: ["OAUTH_HOST"], "The Host header for the OAuth server")

    static let oauthClientID = Parameter(
        "--oauth-client-id", .value("ID"), env: ["CLIENT_ID"],
        default: .note("required, unless an access token or an assertion is given"),
        "The OAuth client's identifier")

    static let oauthClientSecret = Parameter(
        "--oauth-client-secret", .value("SECRET"), env: ["CLIENT_SECRET"], default: .note("one of these three"),
        "The client's secret; as a flag other processes can read it, so prefer the variable or the file"
    ).changed { $0.isSecret = true }

    static let oauthClientSecretFile = Parameter(
        "--oauth-client-secret-file", .value("FILE"), env: ["CLIENT_SECRET_FILE"], default: .note("one of these three"),
        "A file that holds the client's secret")

    static let oauthClientAssertionFile = Parameter(
        "--oauth-client-assertion-file", .value("FILE"), env: ["CLIENT_ASSERTION_FILE"],
        default: .note("one of these three"),
        "A file that holds a JWT to authenticate the client (RFC 7523); read whenever a token is asked for")

    static let oauthClientAssertion = Parameter(
        "CLIENT_ASSERTION", .value("JWT"), env: ["CLIENT_ASSERTION"], default: .note("in the place of these three"),
        "Such a JWT itself, as GitLab's id_tokens sets it; there is no flag for it"
    ).changed { $0.isSecret = true }

    static let oauthClientAssertionType = Parameter(
        "--oauth-client-assertion-type", .value("TYPE"), env: ["CLIENT_ASSERTION_TYPE"],
        default: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "The type of the assertion (client_assertion_type)")

    static let oauthExtra = Parameter(
        "--oauth-parameter", .repeated("NAME=VALUE"),
        "A parameter to send with the token request (resource, organization); may be repeated")

    static let oauthAuthMethod = Parameter(
        "--oauth-auth-method", .choice(["post", "basic"]), env: ["OAUTH_AUTH_METHOD"],
        "Whether the client's secret goes into the body or into HTTP Basic credentials")

    static let oauthScope = Parameter(
        "--oauth-scope", .value("SCOPE"), env: ["OAUTH_SCOPE"], "The scope to ask for, several separated by spaces")

    static let oauthAudience = Parameter(
        "--oauth-audience", .value("AUDIENCE"), env: ["OAUTH_AUDIENCE"], "The audience to ask for")

    static let accessTokenFile = Parameter(
        "--access-token-file", .value("FILE"), env: ["ACCESS_TOKEN_FILE"],
        "A file that holds an access token; given, no OAuth request is made")

    static let timeout = Parameter(
        "--timeout", .value("DURATION"), env: ["TIMEOUT"], default: "5m",
        "The time for the whole step; a duration is 500ms, 30s, 1m30s or a number of seconds")

    static let requestTimeout = Parameter(
        "--request-timeout", .value("DURATION"), env: ["REQUEST_TIMEOUT"], default: "30s",
        "The time for one try of one request")

    static let connectTimeout = Parameter(
        "--connect-timeout", .value("DURATION"), env: ["CONNECT_TIMEOUT"], default: "10s",
        "The time to open one connection")

    static let maxRetries = Parameter(
        "--max-retries", .value("N"), env: ["MAX_RETRIES"], default: "5",
        "How often each request is tried again after a temporary failure")

    static let caFile = Parameter(
        "--ca-file", .value("FILE"), env: ["CA_FILE"], default: .note("the system's"),
        "The certificates to trust, in PEM form")

    static let insecureSkipTLSVerify = Parameter(
        "--insecure-skip-tls-verify", .toggle, env: ["INSECURE_SKIP_TLS_VERIFY"],
        "Trust any certificate: everybody on the way can read the secret and the access token")

    /// What says how to reach the API and how to authenticate.
    static let connection: [Parameter] = [
        apiServerURL, apiServerHostHeader, oauthTokenURL, oauthHostHeader, oauthClientID, oauthClientSecret,
        oauthClientSecretFile, oauthClientAssertionFile, oauthClientAssertion, oauthClientAssertionType,
        oauthAuthMethod,
        oauthScope, oauthAudience, oauthExtra, accessTokenFile,
        timeout, requestTimeout, connectTimeout, maxRetries, caFile, insecureSkipTLSVerify,
    ]
}
