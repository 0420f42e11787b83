extension String {
    /// The text with each of these characters replaced by the text beside it, as the escapes of a format want it.
    public func replacingScalars(_ replacement: (Unicode.Scalar) -> String?) -> String {
        unicodeScalars.map { replacement($0) ?? String($0) }.joined()
    }
}
