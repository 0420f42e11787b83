import Checkout

/// A file or folder that a parameter names cannot be used.
struct InputError: Error, CustomStringConvertible {
    /// The parameter, the path and what is wrong with it.
    let description: String
}

extension InputError {
    /// What is wrong with the path that a parameter names; where nothing is there, with what it is relative to.
    init(_ parameter: Parameter, _ error: SourceTreeError) {
        let start = parameter.flag == Parameter.appPath.flag ? "source dir" : "current folder"
        let advice = error.isAbsence ? "; write the path relative to the \(start)" : ""
        description = "\(parameter.name): \(error)\(advice)"
    }
}

/// Something could not be written.
struct OutputError: Error, CustomStringConvertible {
    /// The place and what is wrong with it.
    let description: String
    /// Whether nothing reads any more what is written.
    var isClosedPipe = false

    /// The same, where a parameter named the place.
    func named(by parameter: Parameter) -> OutputError {
        OutputError(description: "\(parameter.name): \(description)")
    }
}

/// A descriptor has errors, which have been shown, or what became of it is refused.
struct InvalidDescriptor: Error, CustomStringConvertible {
    /// What is wrong with how many, and what to do about it.
    let description: String
}
