internal import Text

/// A form in which a secret may stand in a text.
struct SecretForm: Equatable {
    let bytes: [UInt8]
    /// The characters of the secret itself.
    let secretLength: Int
    /// Whether the digit of Base64 before or after the form holds bits of the secret as well.
    var hasSharedBefore = false
    var hasSharedAfter = false

    /// Whether the secret is too short to be looked for inside words.
    var isWholeWord: Bool { secretLength < 3 }
}

extension SecretForm {
    /// Fewer digits stand in many a text by chance.
    private static let fewestDigits = 6

    /// All forms of a secret but for its escapes, which are read as what they stand for wherever they are.
    static func all(of secret: String) -> [SecretForm] {
        let length = secret.unicodeScalars.count
        guard length > 0 else { return [] }
        var forms = [SecretForm(bytes: Array(secret.utf8), secretLength: length)]
        guard length >= 3 else { return forms }
        // A server that complains of a token may show a part of it: the claims, or the signature.
        let parts = secret.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if parts.count == 3, parts.allSatisfy({ $0.count >= 16 }) {
            forms += parts.map { SecretForm(bytes: Array($0), secretLength: $0.count) }
        }
        // Credentials of Basic are form-encoded before they are Base64, and so is a body that a server sends back; what is
        // quoted in JSON is escaped.
        let form = FormEncoding.encode(secret)
        let plainTilde = secret.utf8.contains(UInt8(ascii: "~")) ? form.replacing("%7E", with: "~") : form
        let isQuoted = secret.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        let quoted = isQuoted ? secret.replacingScalars { $0 == "\"" || $0 == "\\" ? "\\\($0)" : nil } : secret
        var texts: [String] = []
        for text in [
            secret, PercentEncoding.encode(secret), form, plainTilde, quoted,
            FormEncoding.encode(form), PercentEncoding.encode(form),
        ] where !texts.contains(text) { texts.append(text) }
        return forms + texts.flatMap { digits(of: Array($0.utf8), secretLength: length) }
    }

    /// The bytes in hexadecimal, and in Base64 and Base64URL behind any number of other bytes.
    private static func digits(of bytes: [UInt8], secretLength: Int) -> [SecretForm] {
        var forms: [SecretForm] = []
        for digits in [Hexadecimal.lower, Hexadecimal.upper] {
            var text: [UInt8] = []
            for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
            forms.append(SecretForm(bytes: text, secretLength: secretLength))
        }
        for skipped in 0..<3 {
            let sextets = Base64.sextets(of: Array(repeating: 0, count: skipped) + bytes)
            let first = (skipped * 8 + 5) / 6
            let last = (skipped + bytes.count) * 8 / 6
            for alphabet in [Base64.alphabet, Base64.urlAlphabet] where first < last {
                forms.append(
                    SecretForm(
                        bytes: sextets[first..<last].map { alphabet[Int($0)] }, secretLength: secretLength,
                        hasSharedBefore: skipped > 0, hasSharedAfter: last < sextets.count))
            }
        }
        return forms.filter { $0.bytes.count >= fewestDigits }
    }
}
