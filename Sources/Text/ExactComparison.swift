import Glibc

extension String {
    /// Whether both have the same bytes; Swift's own comparison calls canonically equivalent texts equal.
    public func isExactly(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isSame = utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { others in
                guard let start = bytes.baseAddress, let otherStart = others.baseAddress else { return true }
                return memcmp(start, otherStart, bytes.count) == 0
            }
        }
        // A text that has no storage to look at is compared byte by byte; there is none on Linux.
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }

    /// Whether this one comes first in the order of bytes, which is that of code points.
    public func precedes(_ other: String) -> Bool {
        let isFirst = utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { others in
                guard let start = bytes.baseAddress, let otherStart = others.baseAddress else {
                    return bytes.count < others.count
                }
                let order = memcmp(start, otherStart, min(bytes.count, others.count))
                return order == 0 ? bytes.count < others.count : order < 0
            }
        }
        return (isFirst ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
    }
}
