/// A file or folder that a parameter names cannot be used.
struct InputError: Error, CustomStringConvertible {
    /// The parameter, the path and what is wrong with it.
    let description: String
}

/// A descriptor that was found in the checkout, and not named by a parameter, cannot be read.
struct SourceFileError: Error, CustomStringConvertible {
    /// The path and what is wrong with it.
    let description: String
}

/// Something could not be written.
struct OutputError: Error, CustomStringConvertible {
    /// The place and what is wrong with it.
    let description: String
}

/// The descriptor has errors, which have been shown.
struct InvalidDescriptor: Error, CustomStringConvertible {
    /// The file and how many errors it has.
    let description: String
}
