// The variables are read once, before there is another thread.
@preconcurrency import Glibc

/// What this process was given by the one that started it.
public enum ProcessEnvironment {
    /// All environment variables; of one that is there twice the first value, as `getenv` has it.
    public static var variables: [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
                let name = String(decoding: text.utf8[..<sign], as: UTF8.self)
                let value = String(decoding: text.utf8[sign...].dropFirst(), as: UTF8.self)
                if variables[name] == nil { variables[name] = value }
            }
            next += 1
        }
        return variables
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
