extension String {
    /// Whether both have the same bytes; Swift's own comparison calls canonically equivalent texts equal.
    public func isExactly(_ other: String) -> Bool {
        utf8.count == other.utf8.count && compare(other) { $0.elementsEqual($1) }
    }

    /// Whether this one comes first in the order of bytes, which is that of code points.
    public func precedes(_ other: String) -> Bool {
        compare(other) { $0.lexicographicallyPrecedes($1) }
    }

    /// Compares the bytes where they lie, which is faster than one by one through views.
    private func compare(
        _ other: String, by body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        var (left, right) = (self, other)
        return left.withUTF8 { left in right.withUTF8 { right in body(left, right) } }
    }
}
