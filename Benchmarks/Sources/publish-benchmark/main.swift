import Glibc
import Loopback
import TestPrograms

/// The argument that begins the part of the benchmark that runs where its authority is trusted: the folder follows.
let trustingRole = "--trusting"

let arguments = CommandLine.arguments.dropFirst()
do {
    switch arguments.first {
    case Launcher.role: try Launcher.run(arguments.dropFirst())
    case trustingRole: try runTrusting(arguments.dropFirst())
    case "--help", "-h": print(Options.help, terminator: "")
    default: try begin(Array(arguments))
    }
} catch {
    Console.progress("publish-benchmark: \(error)")
    exit(1)
}

/// Makes an authority and goes on in a mount namespace where the system trusts it, or here where there can be none.
func begin(_ arguments: [String]) throws {
    _ = try Options(arguments)
    try Requirement.check()
    let temporary = try TemporaryFolder()
    let folder = temporary.path
    let authority = try Authority.make(in: folder)
    guard let command = authority.systemTrustCommand(), let own = Build.ownPath() else {
        return try run(try Options(arguments), authority)
    }
    // What runs in this one's place removes the folder.
    let words = command + [own, trustingRole, folder] + arguments
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    execv(words[0], &pointers)
    throw SystemCallError("execv")
}

/// Runs where the system trusts the authority in the folder.
func runTrusting(_ arguments: ArraySlice<String>) throws {
    guard let folder = arguments.first else { throw SystemCallError(trustingRole, code: EINVAL) }
    defer { TemporaryFolder.remove(folder) }
    try run(try Options(arguments.dropFirst()), Authority(files: TestAuthority(folder: folder), trust: .system))
}

func run(_ options: Options, _ authority: Authority) throws {
    var options = options
    try Build.complete(&options)
    let results = try Benchmark(options, authority, folder: authority.folder).run()
    let report = Report(results: results)
    print(report.text, terminator: "")
    if let file = options.jsonFile { try TestFile.write((report.json.text(.pretty) + "\n").utf8, to: file) }
}
