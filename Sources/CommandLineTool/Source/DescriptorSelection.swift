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
        for path in paths {
            do throws(SourceTreeError) {
                if try !add(path) {
                    problems.append(
                        "\(Self.operand): there is no \(DescriptorSource.usualName) in \(Quoted(path)) or below; name a "
                            + "folder that has one")
                }
            } catch {
                problems.append("\(Self.operand): \(error)\(error.isAbsence ? "; check the path" : "")")
            }
        }
        guard paths.isEmpty else { return }
        do throws(SourceTreeError) {
            do throws(SourceTreeError) {
                _ = try add(".")
            } catch .outside {
                _ = try add(values.text(.sourceDir) ?? ".")
            }
        } catch {
            throw InputError(.sourceDir, error)
        }
    }

    /// Adds a file, or what is found in a folder and below; whether there is anything.
    private mutating func add(_ operand: String) throws(SourceTreeError) -> Bool {
        let (tree, path) = try location.resolve(operand)
        guard let kind = try tree.kind(of: path, from: ".") else { throw .missing(operand) }
        guard kind == .folder else {
            add(DescriptorSource(shownPath: operand, tree: tree, path: path, namedBy: Self.operand))
            return true
        }
        let found = try tree.searchDescriptors(below: path)
        let base = DescriptorSource.shownBase(of: operand)
        func shown(_ inside: String) -> String {
            base + String(decoding: inside.utf8.dropFirst(path == "." ? 0 : path.utf8.count + 1), as: UTF8.self)
        }
        for file in found.descriptors {
            add(DescriptorSource(shownPath: shown(file), tree: tree, path: file))
        }
        let misnamed = found.misnamed.filter { (try? tree.kind(of: $0, from: ".")) == .regular }
        for file in misnamed { note(shown(file), .misnamed) }
        for (skipped, reason) in found.skipped { note(shown(skipped), DescriptorReport(notSearched: reason)) }
        return !(found.descriptors.isEmpty && misnamed.isEmpty && found.skipped.isEmpty)
    }

    private mutating func note(_ shownPath: String, _ report: DescriptorReport) {
        // Where two paths lead to one folder, it is enough to say it by one of them.
        if known.insert(ExactText(shownPath)).inserted { notes.append((shownPath, report)) }
    }

    private mutating func add(_ source: DescriptorSource) {
        let key = ExactText("\(source.tree.path)\u{0}\(source.path)")
        if known.insert(key).inserted { sources.append(source) }
    }
}
