import Glibc

/// A system call that failed, with the reason at that moment.
public struct SystemCallError: Error, Equatable, CustomStringConvertible {
    /// The name of the system call.
    public let call: String
    /// Its `errno`.
    public let code: Int32

    /// The call that has just failed, or failed with that code.
    public init(_ call: String, code: Int32 = errno) {
        self.call = call
        self.code = code
    }

    /// The call and the system's words for its code.
    public var description: String { "\(call): \(String(cString: strerror(code)))" }
}
