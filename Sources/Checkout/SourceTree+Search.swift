internal import System
import Text

extension SourceTree {
    /// What a search for descriptors came upon, each list in the order of the bytes of its paths.
    public struct FoundDescriptors: Sendable {
        /// Every `workload.yaml`.
        public fileprivate(set) var descriptors: [String] = []
        /// Every `workload.yml` in a folder that has no `workload.yaml`.
        public fileprivate(set) var misnamed: [String] = []
        /// The folders that could not be searched, and descriptors whose path nothing can name, with the reason.
        public fileprivate(set) var skipped: [(path: String, reason: SourceTreeError)] = []
    }

    /// Every `workload.yaml` below a folder, its path starting with `folder`; and what a person should know: what was
    /// passed over, and what may have been meant.
    ///
    /// Linked folders, `.git` and `node_modules` are not entered. A link named `workload.yaml` is listed; reading it
    /// goes through the fence as ever. No checkout of source code meets the limits: folders below one another, and
    /// files and folders in all.
    public func searchDescriptors(
        below folder: String, limits: (depth: Int, entries: Int) = (128, 1_000_000)
    ) throws(SourceTreeError) -> FoundDescriptors {
        var search = DescriptorSearch(start: folder, limits: limits)
        // The paths start with the folder as it was asked for, without slashes at its end; with nothing for the root.
        var prefix = Array(folder.utf8)
        while prefix.last == UInt8(ascii: "/") { prefix.removeLast() }
        try search.list(try open(folder: folder), prefix == Array(".".utf8) ? [] : prefix, depth: 0)
        var found = search.found
        found.descriptors.sort { $0.precedes($1) }
        found.misnamed.sort { $0.precedes($1) }
        found.skipped.sort { $0.path.precedes($1.path) }
        return found
    }
}

private struct DescriptorSearch {
    private static let passed: [[UInt8]] = [Array(".git".utf8), Array("node_modules".utf8)]
    private static let wanted = Array("workload.yaml".utf8)
    private static let misnamed = Array("workload.yml".utf8)

    let start: String
    let limits: (depth: Int, entries: Int)
    var found = SourceTree.FoundDescriptors()
    private var entries = 0

    init(start: String, limits: (depth: Int, entries: Int)) {
        self.start = start
        self.limits = limits
    }

    /// Searches a folder of that path.
    mutating func list(_ folder: FileDescriptor, _ path: [UInt8], depth: Int) throws(SourceTreeError) {
        let listed: [(name: [UInt8], mayBeFolder: Bool)]
        do throws(SystemError) { listed = try folder.entries() } catch {
            throw SourceTreeError(error, path: path.isEmpty ? "." : Self.text(path))
        }
        entries += listed.count
        if entries > limits.entries { throw .tooManyFiles(start, limit: limits.entries) }
        var (descriptor, nearDescriptor): ([UInt8]?, [UInt8]?) = (nil, nil)
        for (name, mayBeFolder) in listed where !Self.passed.contains(name) {
            let inside = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
            if mayBeFolder, try enter(name, in: folder, inside, depth: depth) { continue }
            if name == Self.wanted { descriptor = inside }
            if name == Self.misnamed { nearDescriptor = inside }
        }
        guard let file = descriptor ?? nearDescriptor else { return }
        if String(validating: file, as: UTF8.self) == nil {
            found.skipped.append((Self.text(file), .invalidPath(Self.text(file), reason: "its name is not UTF-8")))
        } else if descriptor == nil {
            found.misnamed.append(Self.text(file))
        } else {
            found.descriptors.append(Self.text(file))
        }
    }

    /// Searches what is perhaps a folder; false where it is none.
    private mutating func enter(
        _ name: [UInt8], in folder: FileDescriptor, _ path: [UInt8], depth: Int
    ) throws(SourceTreeError) -> Bool {
        do throws(SourceTreeError) {
            let inner: FileDescriptor
            do throws(SystemError) {
                // Opened as a folder and not followed: what is a link by now, or a file, is not searched.
                inner = try folder.open(name, [.read, .folder])
            } catch {
                if [.notAFolder, .tooManyLinks].contains(error) { return false }
                if error == .missing { return true }
                throw SourceTreeError(error, path: Self.text(path))
            }
            guard depth < limits.depth else { throw .tooDeep(Self.text(path), limit: limits.depth) }
            try list(inner, path, depth: depth + 1)
        } catch {
            if case .tooManyFiles = error { throw error }
            found.skipped.append((Self.text(path), error))
        }
        return true
    }

    private static func text(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }
}
