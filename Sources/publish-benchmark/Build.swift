import Glibc
import Loopback

/// The programs that are measured, built beside this one.
enum Build {
    /// Builds the publisher and the floor in release mode, and says where they are.
    static func complete(_ options: inout Options) throws(BenchmarkError) {
        guard let own = ownPath() else { throw BenchmarkError("/proc is needed to find the package") }
        let products = folder(of: own)
        if options.program.isEmpty {
            try build("workload-publisher", beside: products)
            options.program = "\(products)/workload-publisher"
        }
        try build("publish-floor", beside: products)
        options.floor = "\(products)/publish-floor"
        for program in [options.program, options.floor] + [options.staticProgram].compactMap({ $0 })
        where access(program, X_OK) != 0 {
            throw BenchmarkError("\(program): \(SystemCallError("access"))")
        }
    }

    private static func build(_ product: String, beside products: String) throws(BenchmarkError) {
        guard let package = package(around: products) else {
            throw BenchmarkError("no Package.swift above \(products): run this by 'swift run' in the package's folder")
        }
        Console.progress("building \(product)")
        var environment: [String: String] = [:]
        for name in ["PATH", "HOME"] {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        // Its scratch folder, as in .build/x86_64-unknown-linux-gnu/release.
        let scratch = folder(of: folder(of: products))
        let call = CommandLineCall(
            program: "/usr/bin/env",
            arguments: [
                "swift", "build", "-c", "release", "--package-path", package, "--scratch-path", scratch, "--product",
                product,
            ],
            environment: environment)
        let status: Int32
        do {
            status = try ChildProcess(call, output: .descriptor(2), errors: .descriptor(2)).wait().status
        } catch {
            throw BenchmarkError("\(error)")
        }
        guard status == 0 else { throw BenchmarkError("\(product) cannot be built") }
    }

    /// Where this executable is, by a path that holds in other processes too.
    static func ownPath() -> String? {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }

    private static func package(around start: String) -> String? {
        var folder = start
        while access("\(folder)/Package.swift", R_OK) != 0 {
            guard !folder.isEmpty else {
                let isHere = access("Package.swift", R_OK) == 0
                return isHere ? "." : nil
            }
            folder = self.folder(of: folder)
        }
        return folder
    }

    private static func folder(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
    }
}
