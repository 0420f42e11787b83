import JSON
import Testing

struct SizeTests {
    @Test(arguments: [
        "null", "true", "false", "-1.50e3", #""""#, #""plain""#, #""Grüße ☃ 😀""#,
        #""\"\\\b\t\n\f\r\u0000\u001f\u007f""#,
        "[]", "[1]", "[1, [2, 3], []]", "{}", #"{"b": {}, "a\n": [null, "x"]}"#,
    ])
    func `the size of JSON that is counted is the size that is written`(text: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(value.serializedCount == value.serialized().count)
    }
}
