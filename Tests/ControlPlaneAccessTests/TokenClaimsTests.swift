import ControlPlaneAccess
import Redaction
import Testing

@Suite struct ClaimsOfAToken {
    private func claims(_ payload: String) -> TokenClaims? {
        TokenClaims(Secret("e30.\(payload).c2lnbmF0dXJl"), redactor: Redactor())
    }

    @Test func `the claims of a token are what a JWT says of itself`() {
        // {"iss":"https://id.example/","sub":"ci","aud":["a","b"],"azp":"ci-client","iat":5,"nbf":10,"exp":20.5}
        let claims = claims(
            "eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUvIiwic3ViIjoiY2kiLCJhdWQiOlsiYSIsImIiXSwiYXpwIjoiY2ktY2xpZW50Iiwi"
                + "aWF0Ijo1LCJuYmYiOjEwLCJleHAiOjIwLjV9")
        #expect(claims?.issuer == "https://id.example/")
        #expect(claims?.subject == "ci")
        #expect(claims?.audience == ["a", "b"])
        #expect(claims?.client == "ci-client")
        #expect(claims?.issuedAt == 5)
        #expect(claims?.notBefore == 10)
        #expect(claims?.expires == 20.5)
    }

    @Test func `the claims of a token may be few`() {
        // {"aud":"x?>"}, which takes a digit of Base64URL
        let claims = claims("eyJhdWQiOiJ4Pz4ifQ")
        #expect(claims?.audience == ["x?>"])
        #expect(claims?.issuer == nil)
        #expect(claims?.expires == nil)
    }

    @Test(arguments: ["opaque", "a.b", "a.b.c", "e30.W10.c2ln", "..", "e30.!!!.c2ln"])
    func `the claims of a token are none where the token is no JWT`(token: String) {
        #expect(TokenClaims(Secret(token), redactor: Redactor()) == nil)
    }
}
