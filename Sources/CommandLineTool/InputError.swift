/// A file or folder that a parameter names cannot be used.
struct InputError: Error, CustomStringConvertible {
    /// The parameter, the path and what is wrong with it.
    let description: String
}

/// Something could not be written.
struct OutputError: Error, CustomStringConvertible {
    /// The place and what is wrong with it.
    let description: String
}

/// A descriptor has errors, which have been shown, or what became of it is refused.
struct InvalidDescriptor: Error, CustomStringConvertible {
    /// What is wrong with how many, and what to do about it.
    let description: String
}
