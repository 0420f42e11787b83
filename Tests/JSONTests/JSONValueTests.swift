import Foundation
import JSON
import Testing

@Suite struct JSONParsing {
    @Test(arguments: [
        (
            #"{"b": [1, -0.50, 1E+2, 12345678901234567890.10], "a": {"x": null}}"#,
            #"{"a":{"x":null},"b":[1,-0.50,1E+2,12345678901234567890.10]}"#
        ),
        (#" [ true , false , "" ] "#, #"[true,false,""]"#),
        (#""\u0041\ud83d\ude00\n\/\u0000\u007f""#, "\"A😀\\n/\\u0000\\u007f\""),
        ("\u{FEFF}{}", "{}"),
        ("{\"\u{E9}\":1,\"e\u{301}\":2}", "{\"e\u{301}\":2,\"\u{E9}\":1}"),
    ])
    func `a JSON document keeps what it holds, digits included, its names sorted by code points`(
        source: String, expected: String
    ) throws {
        #expect(try JSONValue(parsing: source).text() == expected)
    }

    @Test(arguments: [
        ("", "the document ends where a value was expected at byte 0"),
        ("{", "expected a member's name in quotes at byte 1"),
        (#"{"a" 1}"#, "expected a colon after a member's name at byte 5"),
        (#"{"a":1,}"#, "expected a member's name in quotes at byte 7"),
        ("[1 2]", "expected a comma or the end of the array at byte 3"),
        (#"{"a":1 "b":2}"#, "expected a comma or the end of the object at byte 7"),
        (#""a\"#, "a string that does not end at byte 3"),
        (#""\ud800\u0041""#, "half of a surrogate pair at byte 1"),
        ("01", "unexpected text after the document at byte 1"),
        ("1.", "expected a digit at byte 2"),
        ("-", "expected a digit at byte 1"),
        ("1e+", "expected a digit at byte 3"),
        ("nul", "unexpected word at byte 0"),
        ("<html>", "unexpected character at byte 0"),
        ("\"a", "a string that does not end at byte 0"),
        ("\"a\nb\"", "a control character in a string at byte 2"),
        (#""\x""#, "an unknown escape at byte 1"),
        (#""\ud800x""#, "half of a surrogate pair at byte 1"),
        (#""\udc00""#, "half of a surrogate pair at byte 1"),
        (#""\u12g4""#, "expected four hexadecimal digits at byte 5"),
        ("{} {}", "unexpected text after the document at byte 3"),
    ])
    func `parsing JSON says what is wrong and where`(source: String, expected: String) {
        #expect { try JSONValue(parsing: source) } throws: { "\($0)" == expected }
    }

    @Test func `parsing JSON refuses strings that are not UTF-8`() {
        #expect { try JSONValue(parsing: [0x22, 0xFF, 0x22]) } throws: {
            "\($0)" == "a string that is not UTF-8 at byte 0"
        }
    }

    @Test func `parsing JSON refuses nesting that would exhaust the stack`() throws {
        let deepest = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(try JSONValue(parsing: deepest).text() == deepest)
        #expect { try JSONValue(parsing: String(repeating: "[", count: 1_000_000)) } throws: {
            "\($0)" == "nested deeper than 200 levels at byte 200"
        }
    }

    @Test func `parsing JSON agrees with Foundation on a document with everything in it`() throws {
        let source = #"{"s":"a\"\\\u00e9\t😀","n":[0,-1,2.5,1e3],"o":{"t":true,"f":false,"z":null},"e":[[],{}]}"#
        let ours = try JSONValue(parsing: source).serialized(.pretty)
        let theirs = try JSONSerialization.jsonObject(with: Data(source.utf8)) as? NSDictionary
        #expect(try JSONSerialization.jsonObject(with: Data(ours)) as? NSDictionary == theirs)
    }
}

@Suite struct JSONValues {
    @Test func `JSON values are equal regardless of the order of members but not of canonical equivalence`() throws {
        #expect(try JSONValue(parsing: #"{"a":1,"b":2}"#) == JSONValue(parsing: #"{"b":2,"a":1}"#))
        #expect(JSONValue.string("\u{E9}") != JSONValue.string("e\u{301}"))
        #expect(JSONValue.array([1, 2]) != JSONValue.array([2, 1]))
    }

    @Test func `JSON values are laid out with two spaces when pretty`() {
        let value: JSONValue = ["list": [1, []], "empty": [:], "text": "x"]
        let expected = """
            {
              "empty": {},
              "list": [
                1,
                []
              ],
              "text": "x"
            }
            """
        #expect(value.text(.pretty) == expected)
    }

    @Test func `JSON objects change and lose members by name`() {
        var object = JSONObject()
        object["a"] = 1
        object["b"] = "x"
        object["a"] = true
        object["b"] = nil
        #expect(JSONValue.object(object) == ["a": true])
    }
}
