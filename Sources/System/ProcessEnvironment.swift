import Glibc

/// What this process was given by the one that started it.
public enum ProcessEnvironment {
    /// The value of an environment variable, nil where it is not set.
    public static func value(of variable: String) -> String? {
        getenv(variable).map { String(cString: $0) }
    }

    /// Ends the process now.
    ///
    /// Nothing is flushed, and libraries are not taken down while a thread of theirs may still run.
    public static func end(_ code: CInt) -> Never {
        _exit(code)
    }

    /// The current folder, as an absolute path.
    public static var workingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }
}
