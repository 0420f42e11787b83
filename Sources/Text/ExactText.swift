/// A text as a key: equal to another one only by its bytes, as servers and file systems compare.
///
/// Swift's own comparison calls canonically equivalent texts equal.
public struct ExactText: Hashable, Sendable {
    private let text: String

    /// That text as a key; nothing is copied.
    public init(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        self.text = text
    }

    /// Whether both have the same bytes.
    public static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.isExactly(right.text)
    }

    /// Feeds the bytes to a hasher.
    public func hash(into hasher: inout Hasher) {
        // All bytes at once: one by one takes five times as long, and paths may be long and many.
        _ = text.utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(text.utf8.count)
    }
}
