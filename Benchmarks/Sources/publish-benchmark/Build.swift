import Glibc
import Loopback
import TestPrograms

/// The programs that are measured, built where their sources are.
enum Build {
    /// Builds the publisher in release mode and the floor by the toolchain's C compiler, and says where they are.
    ///
    /// The floor is no product of a Swift package: linked by Swift it starts two milliseconds later.
    static func complete(_ options: inout Options) throws {
        guard let own = ownPath() else { throw BenchmarkError("/proc is needed to find the package") }
        guard let package = package(around: folder(of: own)) else {
            throw BenchmarkError("no Package.swift above \(own): run this by 'swift run' in the package's folder")
        }
        let publisher = folder(of: package)
        if options.program.isEmpty {
            try run(
                "swift", ["build", "-c", "release", "--package-path", publisher, "--product", "workload-publisher"])
            options.program = "\(publisher)/.build/release/workload-publisher"
        }
        options.floor = "\(package)/.build/publish-floor"
        let libcurl = #"$(pkg-config --cflags libcurl) "$0" -o "$1" $(pkg-config --libs libcurl)"#
        try run("sh", ["-c", "clang -O2 -pthread \(libcurl)", "\(package)/publish-floor.c", options.floor])
        let given = [options.staticProgram, options.olderProgram].compactMap { $0 }
        for program in [options.program, options.floor] + given where access(program, X_OK) != 0 {
            throw BenchmarkError("\(program): \(SystemCallError("access"))")
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        Console.progress(([program] + arguments).joined(separator: " "))
        var environment: [String: String] = [:]
        for name in ["PATH", "HOME"] {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        let call = ProgramCall("/usr/bin/env", [program] + arguments, environment: environment)
        let status = try ChildProcess(call, output: .descriptor(2), errors: .descriptor(2)).wait().status
        guard status == 0 else { throw BenchmarkError("\(program) failed with status \(status)") }
    }

    /// Where this executable is, by a path that holds in other processes too.
    static func ownPath() -> String? {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }

    /// The nearest folder above that holds a package.
    private static func package(around start: String) -> String? {
        var folder = start
        while access("\(folder)/Package.swift", R_OK) != 0 {
            guard !folder.isEmpty else { return nil }
            folder = self.folder(of: folder)
        }
        return folder
    }

    private static func folder(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
    }
}
