extension String {
    /// Whether both have the same bytes; Swift's own comparison calls canonically equivalent texts equal.
    public func isExactly(_ other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }

    /// Whether this one comes first in the order of bytes, which is that of code points.
    public func precedes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}
