/// The hexadecimal digits of bytes.
public enum Hexadecimal {
    /// The digits in capitals.
    public static let upper = Array("0123456789ABCDEF".utf8)
    /// The digits in small letters.
    public static let lower = Array("0123456789abcdef".utf8)

    /// The value of each byte as a digit, 255 where it is none.
    public static let values = (UInt8.min...UInt8.max).map { value($0) ?? .max }

    /// The value of a digit, nil where it is none.
    public static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The number that so many digits at the position of a text stand for; nil where there are fewer.
    public static func number(in text: [UInt8], at position: Int, count: Int) -> UInt32? {
        guard position + count <= text.count else { return nil }
        var number: UInt32 = 0
        for byte in text[position..<position + count] {
            guard let digit = value(byte) else { return nil }
            number = number << 4 | UInt32(digit)
        }
        return number
    }
}
