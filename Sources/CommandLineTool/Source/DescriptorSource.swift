import WorkloadModel

/// A descriptor that was found, and the fence around the files that it names.
struct DescriptorSource {
    /// The path as messages show it.
    let shownPath: String
    let tree: SourceTree
    /// The descriptor's folder, relative to the tree's root.
    let folder: String
    let file: String
    /// Whether a parameter named the file, so that its absence is the parameter's fault.
    let isNamed: Bool

    /// The largest descriptor that is read, in bytes.
    static let limit = 1 << 20

    /// Finds the descriptor that the parameters name, or the one in the app path; nil where there is none.
    static func find(in values: ParameterValues, workingDirectory: String) throws -> DescriptorSource? {
        let sourceDir = values.text(.sourceDir) ?? "."
        if let descriptor = values.text(.descriptor) {
            do {
                let place = try DescriptorLocation.resolve(
                    descriptor: descriptor, workingDirectory: workingDirectory, sourceDir: sourceDir,
                    sourceDirWasGiven: values.origin(of: .sourceDir) != nil)
                return DescriptorSource(
                    shownPath: descriptor, tree: place.tree, folder: place.folder, file: place.file, isNamed: true)
            } catch {
                throw InputError(description: "\(Parameter.descriptor.name): \(error)")
            }
        }
        let tree: SourceTree
        do {
            tree = try SourceTree(root: absolute(sourceDir, in: workingDirectory))
        } catch {
            throw InputError(description: "\(Parameter.sourceDir.name): \(error)")
        }
        let folder = relative(values.text(.appPath) ?? "")
        do {
            _ = try tree.folder(folder)
        } catch {
            throw InputError(description: "\(Parameter.appPath.name): \(error)")
        }
        return try find(in: tree, folder: folder, shownBase: shown(sourceDir))
    }

    /// Whether a file stands there that was probably meant to be the descriptor.
    static func misnamedDescriptor(in values: ParameterValues, workingDirectory: String) -> String? {
        guard values.text(.descriptor) == nil,
            let tree = try? SourceTree(root: absolute(values.text(.sourceDir) ?? ".", in: workingDirectory)),
            let kind = try? tree.kind(of: "workload.yml", from: relative(values.text(.appPath) ?? "")), kind == .regular
        else { return nil }
        return "workload.yml"
    }

    private static func find(in tree: SourceTree, folder: String, shownBase: String) throws -> DescriptorSource? {
        let file = "workload.yaml"
        let shownPath = shownBase + (folder.isEmpty ? "" : folder + "/") + file
        do {
            guard try tree.kind(of: file, from: folder) != nil else { return nil }
        } catch {
            throw SourceFileError(description: "\(shownPath): \(error)")
        }
        return DescriptorSource(shownPath: shownPath, tree: tree, folder: folder, file: file, isNamed: false)
    }

    /// The files that the descriptor names.
    var files: FencedFiles { FencedFiles(tree: tree, folder: folder) }

    /// The descriptor's bytes.
    func contents() throws -> [UInt8] {
        do {
            return try tree.contents(of: file, from: folder, limit: Self.limit)
        } catch {
            if isNamed { throw InputError(description: "\(Parameter.descriptor.name) \(shownPath): \(error)") }
            throw SourceFileError(description: "\(shownPath): \(error)")
        }
    }

    /// A leading `/` or `./` of the app path means nothing.
    private static func relative(_ path: String) -> String {
        var rest = path.utf8[...]
        while true {
            if rest.first == UInt8(ascii: "/") {
                rest = rest.dropFirst()
            } else if rest.starts(with: "./".utf8) {
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        while rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
        return rest.elementsEqual(".".utf8) ? "" : String(decoding: rest, as: UTF8.self)
    }

    private static func shown(_ sourceDir: String) -> String {
        if sourceDir == "." || sourceDir == "./" { return "" }
        return sourceDir.utf8.last == UInt8(ascii: "/") ? sourceDir : sourceDir + "/"
    }

    private static func absolute(_ path: String, in workingDirectory: String) -> String {
        path.utf8.first == UInt8(ascii: "/") ? path : "\(workingDirectory)/\(path)"
    }
}
