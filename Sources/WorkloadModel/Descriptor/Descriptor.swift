/// A `workload.yaml` that is well formed, with the files it names read in.
///
/// Texts are as they were written and lists are in the order in which they were written.
public struct Descriptor: Sendable {
    /// The network interfaces of the component; no name occurs twice.
    public var endpoints: [Endpoint] = []
    /// What the component uses of others.
    public var dependencies = Dependencies()
    /// The environment variables and files of its container.
    public var configurations = Configurations()

    /// A descriptor that says nothing.
    public init() {}

    /// A network interface.
    public struct Endpoint: Sendable {
        /// The name, unique in the descriptor.
        public var name: String
        /// The name for people.
        public var displayName: String?
        /// The port at which others reach it, 1 to 65535.
        public var port: Int
        /// The port at which the container listens, where it is another one.
        public var targetPort: Int?
        /// The protocol.
        public var type: EndpointType
        /// The path under which its API begins.
        public var basePath: String?
        /// The whole text of the file that describes its API.
        public var schemaContent: String?
        /// Who reaches it beyond its own project; nothing occurs twice.
        public var visibility: [EndpointVisibility]
    }

    /// What a component uses of others.
    public struct Dependencies: Sendable {
        /// Endpoints of other components, 50 at most.
        public var endpoints: [EndpointDependency] = []
        /// Resources of its project, 50 at most, no `ref` twice.
        public var resources: [ResourceDependency] = []
    }

    /// The use of another component's endpoint.
    public struct EndpointDependency: Sendable {
        /// The other component's project; nil means the same project.
        public var project: String?
        /// The other component.
        public var component: String
        /// The endpoint's name there.
        public var name: String
        /// The visibility at which it is used.
        public var visibility: DependencyVisibility
        /// The environment variables that receive the parts of its address, by part.
        public var environmentBindings: EndpointBindings
    }

    /// The environment variables that receive the parts of an endpoint's address.
    public struct EndpointBindings: Sendable {
        /// Receives the whole address.
        public var address: String?
        /// Receives the host name.
        public var host: String?
        /// Receives the port.
        public var port: String?
        /// Receives the base path.
        public var basePath: String?
    }

    /// The use of a resource.
    public struct ResourceDependency: Sendable {
        /// The resource's name.
        public var ref: String
        /// The environment variables that receive its outputs; no output twice.
        public var environmentBindings: [Binding]
        /// The paths where its outputs are mounted; no output twice.
        public var fileBindings: [Binding]
    }

    /// An output of a resource and where it goes.
    public struct Binding: Sendable {
        /// The output's name.
        public var output: String
        /// The environment variable, or the path in the container.
        public var target: String
    }

    /// The environment variables and files of a container.
    public struct Configurations: Sendable {
        /// The environment variables; no name occurs twice.
        public var environment: [EnvironmentVariable] = []
        /// The files; no name occurs twice.
        public var files: [ConfigurationFile] = []
    }

    /// An environment variable.
    public struct EnvironmentVariable: Sendable {
        /// The variable's name.
        public var name: String
        /// Where its value comes from.
        public var source: ValueSource
    }

    /// A file that is mounted into the container.
    public struct ConfigurationFile: Sendable {
        /// The file's name.
        public var name: String
        /// The folder or file in the container where it is mounted.
        public var mountPath: String
        /// Where its content comes from.
        public var source: ValueSource
    }

    /// Where a value comes from.
    public enum ValueSource: Sendable {
        /// The value itself, possibly empty; a file that was named is read in.
        case text(String)
        /// A key of a secret.
        case secret(SecretKeyReference)
    }

    /// A key of a secret.
    public struct SecretKeyReference: Sendable {
        /// The secret's name.
        public var name: String
        /// The key in it.
        public var key: String
    }
}

/// The protocols of an endpoint, under the names that the API uses.
public enum EndpointType: String, Sendable, CaseIterable {
    case http = "HTTP"
    case grpc = "gRPC"
    case graphQL = "GraphQL"
    case websocket = "Websocket"
    case tcp = "TCP"
    case udp = "UDP"

    /// The kind of document that describes such an endpoint's API, where there is a usual one.
    public var schemaType: String? {
        switch self {
        case .http: "openapi"
        case .grpc: "proto"
        case .graphQL: "graphql"
        case .websocket, .tcp, .udp: nil
        }
    }
}

/// Who reaches an endpoint.
public enum EndpointVisibility: String, Sendable, CaseIterable {
    case project
    case namespace
    case `internal`
    case external
}

/// The visibility at which an endpoint of another component is used.
public enum DependencyVisibility: String, Sendable, CaseIterable {
    case project
    case namespace
}
