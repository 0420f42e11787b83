/// A path relative to the root of a source tree that was found inside it; every read walks and checks it again.
public struct FencedPath: Sendable {
    /// The path as it was asked for, `.` for the root itself.
    public let path: String

    init(_ path: String) {
        self.path = path.isEmpty ? "." : path
    }

    /// The part before the last slash, `.` where there is none.
    public var folder: String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return String(path[..<slash])
    }

    /// The part after the last slash.
    public var name: String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }
}
