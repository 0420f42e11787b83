/// The hexadecimal digits of bytes.
public enum Hexadecimal {
    /// The digits in capitals.
    public static let upper = Array("0123456789ABCDEF".utf8)
    /// The digits in small letters.
    public static let lower = Array("0123456789abcdef".utf8)

    /// The value of a digit, nil where it is none.
    public static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
