extension Parameter {
    static let apiServerURL = Parameter(
        flag: "--api-server-url", variables: ["API_URL"], argument: .value("URL"), defaultNote: "required for --to api",
        summary: "The control plane's API; a base path in it is kept")

    static let apiServerHostHeader = Parameter(
        flag: "--api-server-host-header", variables: ["API_HOST"], argument: .value("HOST"),
        summary: "The Host header for the API, where one gateway serves several hosts")

    static let oauthTokenURL = Parameter(
        flag: "--oauth-token-url", variables: ["OAUTH_TOKEN_URL", "OAUTH_URL"], argument: .value("URL"),
        defaultNote: "required, unless an access token is given", summary: "The OAuth server's token endpoint")

    static let oauthHostHeader = Parameter(
        flag: "--oauth-host-header", variables: ["OAUTH_HOST"], argument: .value("HOST"),
        summary: "The Host header for the OAuth server")

    static let oauthClientID = Parameter(
        flag: "--oauth-client-id", variables: ["CLIENT_ID"], argument: .value("ID"),
        defaultNote: "required, unless an access token or an assertion is given",
        summary: "The OAuth client's identifier")

    static let oauthClientSecret = Parameter(
        flag: "--oauth-client-secret", variables: ["CLIENT_SECRET"], argument: .value("SECRET"),
        defaultNote: "one of these three",
        summary: "The client's secret; as a flag other processes can read it, so prefer the variable or the file",
        isSecret: true)

    static let oauthClientSecretFile = Parameter(
        flag: "--oauth-client-secret-file", variables: ["CLIENT_SECRET_FILE"], argument: .value("FILE"),
        defaultNote: "one of these three", summary: "A file that holds the client's secret", completion: .files)

    static let oauthClientAssertionFile = Parameter(
        flag: "--oauth-client-assertion-file", variables: ["CLIENT_ASSERTION_FILE"], argument: .value("FILE"),
        defaultNote: "one of these three",
        summary: "A file that holds a JWT to authenticate the client (RFC 7523); read whenever a token is asked for",
        completion: .files)

    static let oauthClientAssertion = Parameter(
        flag: "CLIENT_ASSERTION", variables: ["CLIENT_ASSERTION"], argument: .value("JWT"),
        defaultNote: "in the place of these three",
        summary: "Such a JWT itself, as GitLab's id_tokens sets it; there is no flag for it", isSecret: true)

    static let oauthClientAssertionType = Parameter(
        flag: "--oauth-client-assertion-type", variables: ["CLIENT_ASSERTION_TYPE"], argument: .value("TYPE"),
        defaultValue: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        summary: "The type of the assertion (client_assertion_type)")

    static let oauthExtra = Parameter(
        flag: "--oauth-parameter", argument: .repeated("NAME=VALUE"),
        summary: "A parameter to send with the token request (resource, organization); may be repeated")

    static let oauthAuthMethod = Parameter(
        flag: "--oauth-auth-method", variables: ["OAUTH_AUTH_METHOD"], argument: .choice(["post", "basic"]),
        defaultValue: "post", summary: "Whether the client's secret goes into the body or into HTTP Basic credentials")

    static let oauthScope = Parameter(
        flag: "--oauth-scope", variables: ["OAUTH_SCOPE"], argument: .value("SCOPE"),
        summary: "The scope to ask for, several separated by spaces")

    static let oauthAudience = Parameter(
        flag: "--oauth-audience", variables: ["OAUTH_AUDIENCE"], argument: .value("AUDIENCE"),
        summary: "The audience to ask for")

    static let accessTokenFile = Parameter(
        flag: "--access-token-file", variables: ["ACCESS_TOKEN_FILE"], argument: .value("FILE"),
        summary: "A file that holds an access token; given, no OAuth request is made", completion: .files)

    static let timeout = Parameter(
        flag: "--timeout", variables: ["TIMEOUT"], argument: .value("DURATION"), defaultValue: "5m",
        summary: "The time for the whole step; a duration is 500ms, 30s, 1m30s or a number of seconds")

    static let requestTimeout = Parameter(
        flag: "--request-timeout", variables: ["REQUEST_TIMEOUT"], argument: .value("DURATION"), defaultValue: "30s",
        summary: "The time for one try of one request")

    static let connectTimeout = Parameter(
        flag: "--connect-timeout", variables: ["CONNECT_TIMEOUT"], argument: .value("DURATION"), defaultValue: "10s",
        summary: "The time to open one connection")

    static let maxRetries = Parameter(
        flag: "--max-retries", variables: ["MAX_RETRIES"], argument: .value("N"), defaultValue: "5",
        summary: "How often each request is tried again after a temporary failure")

    static let caFile = Parameter(
        flag: "--ca-file", variables: ["CA_FILE"], argument: .value("FILE"), defaultNote: "the system's",
        summary: "The certificates to trust, in PEM form", completion: .files)

    static let insecureSkipTLSVerify = Parameter(
        flag: "--insecure-skip-tls-verify", variables: ["INSECURE_SKIP_TLS_VERIFY"], argument: .toggle,
        defaultNote: "off",
        summary: "Trust any certificate: everybody on the way can read the secret and the access token")

    /// What says how to reach the API and how to authenticate.
    static let connection: [Parameter] = [
        apiServerURL, apiServerHostHeader, oauthTokenURL, oauthHostHeader, oauthClientID, oauthClientSecret,
        oauthClientSecretFile, oauthClientAssertionFile, oauthClientAssertion, oauthClientAssertionType,
        oauthAuthMethod,
        oauthScope, oauthAudience, oauthExtra, accessTokenFile,
        timeout, requestTimeout, connectTimeout, maxRetries, caFile, insecureSkipTLSVerify,
    ]
}
