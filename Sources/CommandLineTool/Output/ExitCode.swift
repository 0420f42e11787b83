import HTTP
import Publishing
import WorkloadModel

/// How the program ends, by the numbers of sysexits.h.
public enum ExitCode: Int32, Sendable {
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
    /// An answer that is not what the API promises.
    case protocolError = 76
    /// The OAuth server refused the client, or the API answered 401 or 403.
    case noPermission = 77
    /// The server's certificate does not verify, or the CA file is unusable.
    case tls = 78
    /// Stopped by SIGINT.
    case interrupted = 130
    /// Stopped by SIGTERM.
    case terminated = 143

    /// What the number means, and whether another try may help, in the order of the numbers.
    static let meanings: [(code: ExitCode, meaning: String, tryAgain: String)] = [
        (.success, "done (also a dry run)", ""),
        (.usage, "usage: unknown flag or command, missing or malformed parameter", "no"),
        (
            .invalidData,
            "the descriptor, or a file it names, is invalid or missing; or the API called the Workload invalid "
                + "(400, 413, 422)", "no"
        ),
        (.noInput, "a file or folder that a parameter names is missing or unreadable", "no"),
        (.unavailable, "the API refused for another reason (404, 405, a 409 that stays)", "no"),
        (.software, "a bug in this program", "no"),
        (.cannotCreate, "an output file could not be written", "no"),
        (.temporaryFailure, "network, timeout, 408, 429, 500, 502, 503 or 504, after all retries", "yes"),
        (
            .protocolError,
            "an answer that is not what the API promises (HTML, broken JSON, a redirect, no token in it)",
            "no"
        ),
        (.noPermission, "the OAuth server refused the client, or the API answered 401 or 403", "no"),
        (.tls, "TLS: the server's certificate does not verify, or the CA file is unusable", "no"),
        (.interrupted, "stopped by SIGINT: somebody meant it", "no"),
        (.terminated, "stopped by SIGTERM: somebody meant it", "no"),
    ]
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
        case let error as PublishingError: self.init(for: error)
        default: self = .software
        }
    }

    private init(for error: PublishingError) {
        switch error {
        case .http(let error, _), .replacementFailed(let error, _): self.init(for: error)
        case .refused(let answer): self.init(status: answer.status)
        case .notReadable, .tokenRefused: self = .noPermission
        case .unexpectedAnswer: self = .protocolError
        case .unusableCredentials: self = .noInput
        case .neverSettled: self = .unavailable
        case .foreignOwner: self = .invalidData
        }
    }

    private init(for error: HTTPError) {
        switch error.cause {
        case .network, .status, .deadlinePassed: self = .temporaryFailure
        case .tls, .unusableCAFile: self = .tls
        case .tooLarge, .notHTTP: self = .protocolError
        case .libcurl, .gaveUp: self = .software
        }
    }

    private init(status: Int) {
        switch status {
        case 300..<400: self = .protocolError
        case 400, 413, 422: self = .invalidData
        case 401, 403: self = .noPermission
        default: self = .unavailable
        }
    }
}
