import Foundation

/// The ways in which a server, a library or a log may write a text.
enum Dress: String, CaseIterable {
    case plain
    case percent
    case percentLowercase
    case percentEverything
    case form
    case json
    case jsonASCII
    case jsonInJSON
    case html
    case htmlNumbers
    case base64
    case base64Shifted
    case base64ShiftedTwice
    case base64URL
    case base64OfForm
    case hexadecimal
    case hexadecimalCapitals
    case percentOfJSON
    case jsonOfPercent
    case htmlOfJSONOfForm
    case hexadecimalOfForm
    case percentEverythingOfPercent

    func put(on text: String) -> String {
        switch self {
        case .plain: return text
        case .percent: return Self.percent(text)
        case .percentLowercase: return Self.percent(text).replacing(/%../) { $0.output.lowercased() }
        case .percentEverything: return text.utf8.map { Self.percent($0) }.joined()
        case .form: return Self.percent(text).replacing("%20", with: "+")
        case .json: return Self.json(text) { "\\\"".unicodeScalars.contains($0) ? "\\\($0)" : nil }
        case .jsonASCII:
            return Self.json(text) { scalar in
                let isPlain = scalar.isASCII && scalar.properties.isAlphabetic
                return isPlain ? nil : scalar.utf16.map { "\\u" + Self.hexadecimal($0, width: 4) }.joined()
            }
        case .jsonInJSON: return Dress.json.put(on: Dress.json.put(on: text))
        case .html:
            return text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
        case .htmlNumbers: return Self.json(text) { $0.properties.isAlphabetic && $0.isASCII ? nil : "&#\($0.value);" }
        case .base64: return Data(text.utf8).base64EncodedString()
        case .base64Shifted: return Data("x\(text)".utf8).base64EncodedString()
        case .base64ShiftedTwice: return Data("xy\(text)z".utf8).base64EncodedString()
        case .base64URL:
            return Dress.base64.put(on: text).replacing("+", with: "-").replacing("/", with: "_").replacing(
                "=", with: "")
        case .base64OfForm: return Dress.base64.put(on: "client:\(Dress.form.put(on: text))")
        case .hexadecimal: return text.utf8.map { Self.hexadecimal(UInt16($0), width: 2) }.joined()
        case .percentOfJSON: return Dress.percent.put(on: Dress.jsonASCII.put(on: text))
        case .jsonOfPercent: return Dress.json.put(on: Dress.percent.put(on: text))
        case .htmlOfJSONOfForm: return Dress.htmlNumbers.put(on: Dress.json.put(on: Dress.form.put(on: text)))
        case .hexadecimalOfForm: return Dress.hexadecimal.put(on: Dress.form.put(on: text))
        case .percentEverythingOfPercent: return Dress.percentEverything.put(on: Dress.percent.put(on: text))
        case .hexadecimalCapitals: return Dress.hexadecimal.put(on: text).uppercased()
        }
    }

    private static func percent(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                Character(Unicode.Scalar(byte)).isLetter && byte < 0x80 || "0123456789-._~".utf8.contains(byte)
            return isPlain ? String(Unicode.Scalar(byte)) : percent(byte)
        }.joined()
    }

    private static func percent(_ byte: UInt8) -> String { "%" + hexadecimal(UInt16(byte), width: 2).uppercased() }

    private static func json(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
        text.unicodeScalars.map { escape($0) ?? String($0) }.joined()
    }

    private static func hexadecimal(_ value: UInt16, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: width - digits.count) + digits
    }
}
