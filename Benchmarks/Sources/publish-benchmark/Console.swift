import Glibc

/// What is said while the benchmark runs; the tables alone go to standard output.
enum Console {
    /// Says how far it is.
    static func progress(_ text: String) {
        let line = Array("\(text)\n".utf8)
        _ = write(2, line, line.count)
    }
}
