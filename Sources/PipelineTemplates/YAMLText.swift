import Text
import YAML

/// A piece of a YAML document as it is written: a value that is filled in is quoted where it has to be, so that it stays
/// the text that it is.
struct YAMLText: ExpressibleByStringInterpolation {
    /// The piece, on one line or several.
    let text: String

    init(stringLiteral text: String) {
        self.text = text
    }

    init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
    }

    /// The lines of comments, nothing in which can end a line.
    init(comment: String) {
        text = comment.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.isEmpty ? "#" : "# " + Printable.line(String(Substring(line)), limit: .max)
        }.joined(separator: "\n")
    }

    /// The lines of a text, shown as lines where YAML can do that without changing any; a newline ends the last one.
    init(lines text: String) {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let isSafe = lines.allSatisfy { !$0.isEmpty && $0.allSatisfy { 0x20..<0x7F ~= $0 } }
        self.text =
            isSafe && text.utf8.first != UInt8(ascii: " ")
            ? "|\n  " + lines.map { String(Substring($0)) }.joined(separator: "\n  ") : "\(text)\n".yamlScalar
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        /// Fills in a value.
        mutating func appendInterpolation(_ value: String) {
            text += value.yamlScalar
        }

        /// Fills in other pieces, whose lines stand as deep as this one; where there are none, it is left out.
        mutating func appendInterpolation(_ pieces: [YAMLText]) {
            let line = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).last ?? []
            let indentation = String(decoding: line.prefix { $0 == UInt8(ascii: " ") }, as: UTF8.self)
            text += pieces.flatMap { $0.text.split(separator: "\n") }.joined(separator: "\n\(indentation)")
        }

        mutating func appendInterpolation(_ piece: YAMLText?) {
            appendInterpolation([piece].compactMap(\.self))
        }

        /// Fills in a list of values on one line.
        mutating func appendInterpolation(list values: [String]) {
            text += "[\(values.map(\.yamlScalar).joined(separator: ", "))]"
        }
    }
}

extension YAMLText {
    /// The document, ended by a newline, without the lines in which nothing was filled in.
    var document: String {
        text.split(separator: "\n").filter { !$0.allSatisfy { $0 == " " } }.map { "\($0)\n" }.joined()
    }
}
