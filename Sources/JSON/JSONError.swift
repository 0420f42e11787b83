/// Why some bytes are not a JSON document, and where.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    /// What is wrong there, in lower case and without a full stop.
    public let reason: String
    /// How many bytes stand before the fault.
    public let offset: Int

    /// The reason with its place.
    public var description: String { "\(reason) at byte \(offset)" }
}
