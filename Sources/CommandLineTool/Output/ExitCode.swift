import HTTP
import JSON
import Objects

/// How the program ends, by the numbers of sysexits.h.
public enum ExitCode: Int32, Sendable, CaseIterable {
    /// Done, also a dry run.
    case success = 0
    /// Unknown flag or command; a parameter is missing or malformed.
    case usage = 64
    /// The descriptor or a file that it names is invalid, or the API calls the Workload invalid.
    case invalidData = 65
    /// A file or folder that a parameter names is missing or unreadable.
    case noInput = 66
    /// The API refused for another reason.
    case unavailable = 69
    /// A bug in this program.
    case software = 70
    /// An output file could not be written.
    case cannotCreate = 73
    /// The network, the time or a temporary status, after all retries.
    case temporaryFailure = 75
    /// A response that is not what the API promises.
    case protocolError = 76
    /// The OAuth server refused the client, or the API responded with 401 or 403.
    case noPermission = 77
    /// The connection's configuration: certificates, the CA file, a kubeconfig.
    case tls = 78
    /// Stopped by SIGINT.
    case interrupted = 130
    /// Stopped by SIGTERM.
    case terminated = 143

    /// What the number means.
    var meaning: String {
        switch self {
        case .success: "done (also a dry run)"
        case .usage: "usage: unknown flag or command, missing or malformed parameter"
        case .invalidData:
            "the descriptor, or a file it names, is invalid or missing; or the API called the Workload invalid "
                + "(400, 413, 422)"
        case .noInput: "a file or folder that a parameter names is missing or unreadable"
        case .unavailable: "the API refused for another reason (404, 405, a 409 that stays)"
        case .software: "a bug in this program"
        case .cannotCreate: "an output file could not be written"
        case .temporaryFailure: "network, timeout, 408, 429, 500, 502, 503 or 504, after all retries"
        case .protocolError:
            "a response that is not what the API promises (HTML, broken JSON, a redirect, no token in it)"
        case .noPermission: "the OAuth server refused the client, or the API responded with 401 or 403"
        case .tls:
            "the connection's configuration: the server's certificate does not verify, the CA file or the kubeconfig "
                + "is unusable"
        case .interrupted: "stopped by SIGINT, on purpose"
        case .terminated: "stopped by SIGTERM, on purpose"
        }
    }
}

extension ExitCode {
    /// The one mapping from errors to numbers.
    init(for error: any Error) {
        switch error {
        case is UsageError: self = .usage
        case is InvalidDescriptor: self = .invalidData
        case is InputError: self = .noInput
        case is OutputError: self = .cannotCreate
        case let error as HTTPError: self.init(for: error)
        case let failure as Failure: self = failure.code
        case let problem as Problem: self.init(for: problem.kind)
        default: self = .software
        }
    }

    init(for kind: Problem.Kind) {
        switch kind {
        case .invalid: self = .invalidData
        case .denied: self = .noPermission
        case .absent, .conflict, .refused: self = .unavailable
        case .temporary: self = .temporaryFailure
        case .protocolViolation: self = .protocolError
        case .configuration: self = .tls
        case .unreadableInput: self = .noInput
        case .unwritableOutput: self = .cannotCreate
        case .program: self = .software
        }
    }

    private init(for error: HTTPError) {
        switch error.reason {
        case .network, .status, .deadlinePassed: self = .temporaryFailure
        case .tls, .unusableAuthorities: self = .tls
        case .tooLarge, .notHTTP: self = .protocolError
        case .libcurl: self = .software
        }
    }

    /// The number for programs.
    var json: JSONValue { JSONValue(Int(rawValue)) }
}
