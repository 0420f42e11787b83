import JSON
public import Redaction
import Text

/// What a JWT says of itself (RFC 7519 §4.1), unverified and fit to be shown; nothing of it is a secret.
public struct TokenClaims: Sendable, Equatable {
    /// `iss`.
    public let issuer: String?
    /// `sub`.
    public let subject: String?
    /// `aud`, one or more, the first few of them.
    public let audience: [String]
    /// The client: `client_id`, or what other providers call it.
    public let client: String?
    /// `iat`, in seconds since 1970.
    public let issuedAt: Double?
    /// `nbf`, in seconds since 1970.
    public let notBefore: Double?
    /// `exp`, in seconds since 1970.
    public let expires: Double?

    /// Reads a token's claims; nil where it is no JWT.
    public init?(_ token: Secret, redactor: Redactor) {
        let parts = token.revealed().utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Self.decode(parts[1]), let claims = try? JSONValue(parsing: payload),
            claims.object != nil
        else { return nil }
        func text(_ value: JSONValue?) -> String? {
            value?.string.map { redactor.excerpt(of: Array($0.utf8), limit: 200) }
        }
        func number(_ name: String) -> Double? {
            guard case .number(let number) = claims[name] else { return nil }
            return Double(number.text)
        }
        issuer = text(claims["iss"])
        subject = text(claims["sub"])
        audience = (claims["aud"]?.array ?? [claims["aud"] ?? .null]).prefix(5).compactMap(text)
        client = ["client_id", "azp", "cid", "appid"].lazy.compactMap { text(claims[$0]) }.first
        issuedAt = number("iat")
        notBefore = number("nbf")
        expires = number("exp")
    }

    /// Base64URL without padding (RFC 7515 §2).
    private static func decode(_ digits: Substring.UTF8View) -> [UInt8]? {
        let text = String(Substring(digits)).replacing("-", with: "+").replacing("_", with: "/")
        return Base64.decode(Array(text.utf8) + Array(repeating: UInt8(ascii: "="), count: -digits.count & 3))
    }
}
