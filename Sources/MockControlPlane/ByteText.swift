extension String {
    /// Whether both have the same bytes; `==` would call canonically equivalent texts equal.
    func isIdentical(to other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }

    /// Whether both have the same bytes but for the case of ASCII letters, as header names compare (RFC 9110 §5.1).
    func matchesIgnoringCase(_ other: String) -> Bool {
        utf8.lazy.map(\.loweredASCII).elementsEqual(other.utf8.lazy.map(\.loweredASCII))
    }

    /// What follows an authentication scheme and a space; nil where the text begins otherwise (RFC 9110 §11.4).
    func credentials(of scheme: String) -> String? {
        let start = scheme + " "
        let prefix = String(decoding: utf8.prefix(start.utf8.count), as: UTF8.self)
        guard prefix.matchesIgnoringCase(start) else { return nil }
        return String(decoding: utf8.dropFirst(start.utf8.count), as: UTF8.self)
    }

    /// The text with `%XX` decoded, and `+` as a space where it is a form's; nil where it is malformed or not UTF-8.
    init?(percentDecoding text: some Sequence<UInt8>, plusIsSpace: Bool = false) {
        var bytes: [UInt8] = []
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next()?.hexValue, let low = iterator.next()?.hexValue else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        self.init(validating: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    /// The lower case of an ASCII capital, everything else as it is.
    var loweredASCII: UInt8 {
        isCapitalLetter ? self + 0x20 : self
    }

    /// Whether it is one of `A` to `Z`.
    var isCapitalLetter: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    /// Whether it is one of `a` to `z`.
    var isSmallLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

    /// Whether it is one of `0` to `9`.
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// The value of a hexadecimal digit.
    var hexValue: UInt8? {
        switch loweredASCII {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): loweredASCII - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

extension ArraySlice<UInt8> {
    /// The same without spaces and tabs at both ends.
    var trimmed: ArraySlice<UInt8> {
        var rest = self
        while let byte = rest.first, byte == 0x20 || byte == 0x09 { rest.removeFirst() }
        while let byte = rest.last, byte == 0x20 || byte == 0x09 { rest.removeLast() }
        return rest
    }
}
