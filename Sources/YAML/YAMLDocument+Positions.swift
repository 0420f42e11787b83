extension YAMLDocument {
    /// The values of all documents of a text, each at its position among them; throws the first thing that keeps one from
    /// being understood.
    ///
    /// Tags and keys that are no text mean nothing here and are none of that: they are good YAML.
    public static func positioned(
        in bytes: [UInt8], limits: YAMLLimits
    ) throws(YAMLProblem) -> [(position: Int, root: YAMLNode)] {
        try read(bytes, limits: limits) { reader, lines throws(YAMLProblem) in
            var composer = Composer(reader: reader, lines: lines, limits: limits)
            let roots = composer.composeDocuments()
            let problem = composer.problems.first { $0.code != .unsupportedTag && $0.code != .complexKey }
            if let problem { throw problem }
            return roots.enumerated().map { (position: $0, root: $1) }
        }
    }
}
