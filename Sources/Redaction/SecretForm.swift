internal import Text

/// A form in which a secret may stand in a text.
struct SecretForm: Hashable {
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
    static func all(of secret: String) -> Set<SecretForm> {
        let length = secret.unicodeScalars.count
        guard length > 0 else { return [] }
        var forms: Set = [SecretForm(bytes: Array(secret.utf8), secretLength: length)]
        guard length >= 3 else { return forms }
        // A server that complains of a token may show a part of it: the claims, or the signature.
        let parts = secret.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if parts.count == 3, parts.allSatisfy({ $0.count >= 16 }) {
            for part in parts { forms.insert(SecretForm(bytes: Array(part), secretLength: part.count)) }
        }
        // Credentials of Basic are form-encoded before they are Base64, and so is a body that a server sends back; what is
        // quoted in JSON is escaped.
        let form = FormEncoding.encode(secret)
        let isQuoted = secret.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        let quoted = isQuoted ? secret.replacingScalars { $0 == "\"" || $0 == "\\" ? "\\\($0)" : nil } : secret
        let texts: Set = [
            secret, PercentEncoding.encode(secret), form, form.replacing("%7E", with: "~"), quoted,
            FormEncoding.encode(form), PercentEncoding.encode(form),
        ]
        for text in texts { forms.formUnion(digits(of: Array(text.utf8), secretLength: length)) }
        return forms
    }

    /// The bytes in hexadecimal, and in Base64 and Base64URL behind any number of other bytes.
    private static func digits(of bytes: [UInt8], secretLength: Int) -> [SecretForm] {
        var forms: [SecretForm] = []
        for digits in [Hexadecimal.lower, Hexadecimal.upper] {
            let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
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
