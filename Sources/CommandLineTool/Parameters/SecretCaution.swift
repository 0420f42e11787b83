import Text

/// Decides whether a word of the command line that fits nothing may be repeated in an error.
///
/// Where a secret with a space in it was not quoted, its parts are such words, and so is the value of a mistyped flag.
/// Anything with a digit may be one as well.
struct SecretCaution {
    /// Whether some word of the command line may belong to a secret.
    var isSecretNear = false
    /// The secrets that variables hold.
    var secrets: [String] = []

    /// The word in quotes where it can be no secret; nil where it can.
    func quoted(_ word: String) -> String? {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._/:,".utf8)
        guard !isSecretNear, (1...32).contains(word.utf8.count), word.utf8.allSatisfy(plain.contains) else {
            return nil
        }
        let isPart = secrets.contains { $0.split(whereSeparator: \.isWhitespace).contains { $0 == word } }
        return isPart ? nil : "'\(word)'"
    }
}
