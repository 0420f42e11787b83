/// A number of bytes in the largest unit that divides it.
public struct ByteCount: CustomStringConvertible {
    private let bytes: Int

    /// So many bytes.
    public init(bytes: Int) {
        self.bytes = bytes
    }

    /// The number with its unit: `1 MiB`, `1025 bytes`.
    public var description: String {
        if bytes > 0, bytes.isMultiple(of: 1 << 20) { return "\(bytes >> 20) MiB" }
        if bytes > 0, bytes.isMultiple(of: 1 << 10) { return "\(bytes >> 10) KiB" }
        return bytes == 1 ? "1 byte" : "\(bytes) bytes"
    }
}
