extension String {
    /// The text as a YAML scalar on one line, which no reader of YAML 1.1 or 1.2 takes for anything else, wherever it
    /// stands: plain where it can be, else in double quotes.
    public var yamlScalar: String {
        // A colon without a blank behind it is plain, but not to older readers of flow collections.
        let hasColon = utf8.contains(UInt8(ascii: ":"))
        let spelling = ScalarSpelling(text: self, kind: .text, isJSON: false)
        return spelling.inline(like: hasColon ? .doubleQuoted : .plain, isFlow: true)[0]
    }
}
