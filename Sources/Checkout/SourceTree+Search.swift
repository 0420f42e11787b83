internal import System

extension SourceTree {
    /// How far a search for descriptors goes before it gives up with an error.
    public struct SearchLimits: Sendable {
        /// The folders below one another.
        public var depth: Int
        /// The files and folders looked at in all.
        public var entries: Int

        /// Limits that no checkout of source code meets.
        public static let standard = SearchLimits(depth: SourceTreeWalk.maximumDepth, entries: 1_000_000)

        /// Sets both limits.
        public init(depth: Int, entries: Int) {
            self.depth = depth
            self.entries = entries
        }
    }

    /// Every `workload.yaml` below a folder, in the order of the bytes of their paths, each starting with `folder`; and
    /// what a person should know: what was passed over, and what may have been meant.
    ///
    /// Linked folders, `.git` and `node_modules` are not entered. A link named `workload.yaml` is listed; reading it
    /// goes through the fence as ever.
    public func searchDescriptors(
        below folder: String, limits: SearchLimits = .standard
    ) throws(SourceTreeError) -> FoundDescriptors {
        var search = DescriptorSearch(limits: limits, start: folder)
        return try search.run(from: try open(folder: folder))
    }

    /// What a search for descriptors came upon, each list in the order of the bytes of its paths.
    public struct FoundDescriptors: Sendable {
        /// Every `workload.yaml`.
        public let descriptors: [FencedPath]
        /// Every `workload.yml` in a folder that has no `workload.yaml`.
        public let misnamed: [FencedPath]
        /// The folders that could not be searched, and descriptors whose path nothing can name, with the reason.
        public let skipped: [(path: String, reason: SourceTreeError)]
    }
}

private struct DescriptorSearch {
    /// A folder still to be searched; its parent is open, so that it is reached by one name.
    private struct Pending {
        let parent: FileDescriptor
        let name: [UInt8]
        let path: [UInt8]
        let depth: Int
    }

    private static let passed: [[UInt8]] = [Array(".git".utf8), Array("node_modules".utf8)]
    private static let wanted = Array("workload.yaml".utf8)
    private static let misnamed = Array("workload.yml".utf8)

    private let limits: SourceTree.SearchLimits
    private let start: String
    private var pending: [Pending] = []
    private var found: [[UInt8]] = []
    private var nearlyFound: [[UInt8]] = []
    private var skipped: [(path: [UInt8], reason: SourceTreeError)] = []
    private var entries = 0

    init(limits: SourceTree.SearchLimits, start: String) {
        self.limits = limits
        self.start = start
    }

    mutating func run(from folder: FileDescriptor) throws(SourceTreeError) -> SourceTree.FoundDescriptors {
        try list(folder, path: prefix, depth: 0)
        while let next = pending.popLast() {
            // Opened as a folder and not followed: what is a link by now, or a file, is not searched.
            let folder: FileDescriptor
            do throws(SystemError) {
                folder = try next.parent.open(next.name, [.read, .folder])
            } catch {
                switch error {
                case .missing: continue
                case .notAFolder, .tooManyLinks:
                    if next.name == Self.wanted { add(next.path, to: \.found) }
                    continue
                default:
                    skip(next.path, SourceTreeError(error, path: String(decoding: next.path, as: UTF8.self)))
                    continue
                }
            }
            do throws(SourceTreeError) {
                try list(folder, path: next.path, depth: next.depth)
            } catch {
                if case .tooManyFiles = error { throw error }
                skip(next.path, error)
            }
        }
        return SourceTree.FoundDescriptors(
            descriptors: sorted(found), misnamed: sorted(nearlyFound),
            skipped: skipped.sorted { $0.path.lexicographicallyPrecedes($1.path) }
                .map { (String(decoding: $0.path, as: UTF8.self), $0.reason) })
    }

    private mutating func skip(_ path: [UInt8], _ reason: SourceTreeError) {
        // A reason for each of a million folders would be of no use.
        if skipped.count < Self.maximumSkipped { skipped.append((path, reason)) }
    }

    private static let maximumSkipped = 1_000

    /// What the paths start with: the folder as it was asked for, without slashes at its end; nothing for the root.
    private var prefix: [UInt8] {
        var bytes = Array(start.utf8)
        while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        return bytes == [UInt8(ascii: ".")] ? [] : bytes
    }

    private mutating func list(_ folder: FileDescriptor, path: [UInt8], depth: Int) throws(SourceTreeError) {
        let listed: [(name: [UInt8], mayBeFolder: Bool)]
        do throws(SystemError) {
            listed = try folder.entries()
        } catch {
            throw SourceTreeError(error, path: path.isEmpty ? "." : String(decoding: path, as: UTF8.self))
        }
        entries += listed.count
        if entries > limits.entries { throw .tooManyFiles(start, limit: limits.entries) }
        var hasDescriptor = false
        var nearDescriptor: [UInt8]?
        for entry in listed where !Self.passed.contains(entry.name) {
            let inside = path.isEmpty ? entry.name : path + [UInt8(ascii: "/")] + entry.name
            if entry.mayBeFolder {
                guard depth < limits.depth else {
                    skip(inside, .tooDeep(String(decoding: inside, as: UTF8.self), limit: limits.depth))
                    continue
                }
                pending.append(Pending(parent: folder, name: entry.name, path: inside, depth: depth + 1))
            } else if entry.name == Self.wanted {
                hasDescriptor = true
                add(inside, to: \.found)
            } else if entry.name == Self.misnamed {
                nearDescriptor = inside
            }
        }
        if let nearDescriptor, !hasDescriptor { add(nearDescriptor, to: \.nearlyFound) }
    }

    private mutating func add(_ path: [UInt8], to list: WritableKeyPath<Self, [[UInt8]]>) {
        if String(validating: path, as: UTF8.self) != nil {
            self[keyPath: list].append(path)
        } else {
            skip(path, .invalidPath(String(decoding: path, as: UTF8.self), reason: "its name is not UTF-8"))
        }
    }

    private func sorted(_ paths: [[UInt8]]) -> [FencedPath] {
        paths.sorted { $0.lexicographicallyPrecedes($1) }.map { FencedPath(String(decoding: $0, as: UTF8.self)) }
    }
}
