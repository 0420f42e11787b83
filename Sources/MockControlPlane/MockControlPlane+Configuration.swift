import Glibc
import JSON

extension MockControlPlane {
    /// How a server responds while nothing goes wrong.
    public struct Configuration: Sendable {
        /// The port to listen on; 0 takes a free one.
        public var port: UInt16 = 0
        /// Whose rules the API follows.
        public var apiVersion = APIVersion.current
        /// A path before `/api/v1`, with a slash at its start and none at its end.
        public var basePath = ""
        /// The virtual hosts; nil means that everything gets a response, whatever its `Host` header says.
        public var hostRouting: HostRouting?
        /// Who gets a token.
        public var clients = [OAuthClient.quickStart]
        /// Tokens that the API takes although this server never issued them.
        public var acceptedTokens: [String] = []
        /// How many API requests an issued token is good for; nil is without end.
        public var tokenUses: Int?
        /// The `expires_in` of an issued token, in seconds.
        public var tokenLifetime = 3600
        /// The layout of the token response's JSON.
        public var tokenLayout = JSONValue.Layout.compact
        /// The `scope` without which there is no token; nil takes any.
        public var requiredScope: String?
        /// The `audience` without which there is no token; nil takes any.
        public var requiredAudience: String?
        /// What the bearer of a token may do: what the role that OpenChoreo ships allows, unless it is changed.
        public var permissions = Permission.shipped
        /// The scope that `authz/profile` says they hold in.
        public var permissionPath = "*"
        /// What a token that the API does not take is refused with.
        public var tokenRefusal = TokenRefusal.invalidToken
        /// The issuer of the tokens and of the API's metadata.
        public var issuer = "http://thunder.openchoreo.localhost:8080"
        /// The components that exist, a `POST` for another being a 400; nil lets every component exist.
        public var existingComponents: Set<String>?
        /// What becomes of a component's releases after a write; nil is a control plane without controllers.
        public var rollout: [RolloutStep]?
        /// Members of `spec` that this server does not know and leaves out without a word: `source`,
        /// `dependencies.resources`.
        public var droppedMembers: Set<String> = []
        /// Whether the API sets the labels that name a Workload's project and component, whatever is sent, as it does
        /// since v1.2.
        public var setsOwnerLabels = false
        /// The control plane's clock, in seconds since 1970.
        public var now: @Sendable () -> Int = { time(nil) }
        /// The `creationTimestamp` of every object made here.
        public var creationTimestamp = "2025-01-06T10:00:00Z"
        /// Whether errors quote the request's headers and body, and every response repeats them in `X-Echo` headers.
        public var echoesRequests = false
        /// How the Kubernetes API behaves.
        public var kubernetes = KubernetesConfiguration()

        /// The current API version with the quick-start client and every permission.
        public init() {}
    }

    /// A release of OpenChoreo whose rules the API can follow.
    public enum APIVersion: String, Sendable, CaseIterable {
        /// Responds with 422 to an invalid object and knows `dependencies.resources`.
        case current = "v1.2.3"
        /// Responds with 400 to an invalid object, wants exactly one of `value` and `valueFrom`, and takes `REST`.
        case releaseCandidate = "v1.0.0-rc.1"
    }

    /// A right that the API asks for.
    public enum Permission: String, Sendable, CaseIterable {
        case workloadCreate = "workload:create"
        case workloadUpdate = "workload:update"
        case workloadView = "workload:view"
        case workflowRunView = "workflowrun:view"
        case workflowRunUpdate = "workflowrun:update"
        case componentView = "component:view"
        case componentReleaseView = "componentrelease:view"
        case releaseBindingView = "releasebinding:view"

        /// Those of the role that OpenChoreo ships for publishers.
        public static let shipped: Set<Permission> = [
            .workloadCreate, .workloadUpdate, .workloadView, .workflowRunView, .workflowRunUpdate,
        ]
    }

    /// Why the API does not take a token, by the code that it says.
    public enum TokenRefusal: String, Sendable, CaseIterable {
        case missingToken = "MISSING_TOKEN"
        case invalidToken = "INVALID_TOKEN"
        case invalidClaims = "INVALID_CLAIMS"
    }

    /// Two virtual hosts behind one address, as a cluster's gateway has them; a request for another host is a 404.
    public struct HostRouting: Sendable {
        /// The API's host, without a port.
        public var api: String
        /// The OAuth server's host, without a port.
        public var oauth: String

        /// The hosts of the quick-start cluster unless others are named.
        public init(api: String = "api.openchoreo.localhost", oauth: String = "thunder.openchoreo.localhost") {
            self.api = api
            self.oauth = oauth
        }
    }

    /// A client of the OAuth server and how it may prove who it is.
    public struct OAuthClient: Sendable {
        /// A way to authenticate at the token endpoint, by its registered name (RFC 7591 §2).
        public enum AuthMethod: String, Sendable, CaseIterable {
            case body = "client_secret_post"
            case basic = "client_secret_basic"
            case assertion = "private_key_jwt"
        }

        /// The `client_id`.
        public var id: String
        /// The secret for `body` and `basic`.
        public var secret: String?
        /// The exact assertion that `assertion` expects.
        public var assertion: String?
        /// The type that goes with the assertion.
        public var assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        /// The ways that are open to it.
        public var methods: Set<AuthMethod>

        /// A client with these credentials.
        public init(id: String, secret: String? = nil, assertion: String? = nil, methods: Set<AuthMethod> = [.body]) {
            self.id = id
            self.secret = secret
            self.assertion = assertion
            self.methods = methods
        }

        /// The client of the quick-start cluster, which that server takes by body only.
        public static let quickStart = OAuthClient(
            id: "openchoreo-workload-publisher-client", secret: "openchoreo-workload-publisher-secret")
    }
}
