import Text

/// Text from outside between single quotes, safe to print: no control, format or line-breaking character survives.
struct Quoted: CustomStringConvertible {
    /// The characters beyond which the text is cut short, so that one hostile name cannot fill a log.
    static let maximumLength = 400

    let text: String

    init(_ text: String) {
        self.text = text
    }

    init(_ scalar: Unicode.Scalar) {
        text = String(scalar)
    }

    var description: String { "'\(Printable.line(text, limit: Self.maximumLength))'" }
}

/// A number of bytes in the largest unit that divides it.
struct ByteCount: CustomStringConvertible {
    let bytes: Int

    var description: String {
        if bytes > 0, bytes.isMultiple(of: 1 << 20) { return "\(bytes >> 20) MiB" }
        if bytes > 0, bytes.isMultiple(of: 1 << 10) { return "\(bytes >> 10) KiB" }
        return bytes == 1 ? "1 byte" : "\(bytes) bytes"
    }
}
