import Checkout
import Text
import WorkloadModel

/// The descriptors that some paths name or lead to, and what else was found on the way.
struct DescriptorSelection {
    /// The descriptors in the order of the paths, none twice.
    private(set) var sources: [DescriptorSource] = []
    /// What is to be said about files and folders that are not read.
    private(set) var notes: [(path: String, report: DescriptorReport)] = []
    /// What is wrong with the paths themselves.
    private(set) var problems: [String] = []

    private let location: DescriptorLocation
    /// By their bytes, as the file system compares names: Swift takes equivalent ones for equal.
    private var known: Set<ExactText> = []

    /// How errors name an operand.
    private static let operand = "PATH"

    /// Looks up paths, files or folders; without one, the current folder, or the source dir where that is elsewhere.
    init(_ paths: [String], _ values: ParameterValues, workingDirectory: String) throws(InputError) {
        location = DescriptorLocation(values, workingDirectory: workingDirectory)
        for path in paths { add(path) }
        guard paths.isEmpty else { return }
        do throws(SourceTreeError) {
            let start = try defaultFolder(values.text(.sourceDir) ?? ".")
            let (tree, path) = try location.resolve(fileOrFolder: start)
            _ = try search(tree, path, shownBase: DescriptorSource.shownBase(of: start))
        } catch {
            throw InputError(.sourceDir, error)
        }
    }

    private func defaultFolder(_ sourceDir: String) throws(SourceTreeError) -> String {
        do throws(SourceTreeError) {
            _ = try location.resolve(fileOrFolder: ".")
            return "."
        } catch {
            guard case .outside = error else { throw error }
            return sourceDir
        }
    }

    private mutating func add(_ operand: String) {
        do throws(SourceTreeError) {
            let (tree, path) = try location.resolve(fileOrFolder: operand)
            switch try tree.kind(of: path, from: ".") {
            case nil: throw .missing(operand)
            case .folder:
                let base = DescriptorSource.shownBase(of: operand)
                if try search(tree, path, shownBase: base) == 0 {
                    problems.append(
                        "\(Self.operand): there is no \(DescriptorSource.usualName) in \(Quoted(operand)) or "
                            + "below; name a "
                            + "folder that has one")
                }
            default: add(operand, tree, path, namedBy: Self.operand)
            }
        } catch {
            problems.append("\(Self.operand): \(error)\(error.isAbsence ? "; check the path" : "")")
        }
    }

    /// Adds what is found in a folder and below, and returns how much that is.
    private mutating func search(
        _ tree: SourceTree, _ path: String, shownBase: String
    ) throws(SourceTreeError) -> Int {
        let found = try tree.searchDescriptors(below: path)
        func shown(_ path: String, below folder: String) -> String {
            let prefix = folder == "." ? 0 : folder.utf8.count + 1
            return shownBase + String(decoding: path.utf8.dropFirst(prefix), as: UTF8.self)
        }
        for descriptor in found.descriptors {
            add(shown(descriptor.path, below: path), tree, descriptor.path, namedBy: nil)
        }
        let misnamed = found.misnamed.filter { misnamed in
            (try? tree.kind(of: misnamed.name, from: misnamed.folder)) == .regular
        }
        for file in misnamed { note(shown(file.path, below: path), .misnamed) }
        for (skipped, reason) in found.skipped {
            note(shown(skipped, below: path), DescriptorReport(notSearched: reason))
        }
        return found.descriptors.count + misnamed.count + found.skipped.count
    }

    private mutating func note(_ shownPath: String, _ report: DescriptorReport) {
        // Where two paths lead to one folder, it is enough to say it by one of them.
        if known.insert(ExactText(shownPath)).inserted { notes.append((shownPath, report)) }
    }

    private mutating func add(_ shownPath: String, _ tree: SourceTree, _ path: String, namedBy: String?) {
        guard known.insert(ExactText("\(tree.path)\u{0}\(path)")).inserted else { return }
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { String(path[..<$0]) } ?? "."
        let file = slash.map { String(decoding: path.utf8[$0...].dropFirst(), as: UTF8.self) } ?? path
        sources.append(
            DescriptorSource(shownPath: shownPath, tree: tree, folder: folder, file: file, namedBy: namedBy))
    }
}
