import Checkout
import System
import Text
import WorkloadModel

/// A descriptor that was found, and the fence around the files that it names.
struct DescriptorSource {
    /// The path as messages show it.
    let shownPath: String
    let tree: SourceTree
    /// Where it is, relative to the tree's root.
    let path: String
    /// The parameter that names the file, so that its absence is the parameter's fault.
    var namedBy: String?

    private var folder: String { FileSystem.folder(of: path) }
    private var file: String { String(decoding: path.utf8.dropFirst(folder.utf8.count), as: UTF8.self) }

    /// The largest descriptor that is read, in bytes: no Workload holds more.
    static let limit = 3 << 19
    /// The name of a descriptor that no parameter names.
    static let usualName = "workload.yaml"
    /// The name that people write for it.
    static let misspeltName = "workload.yml"

    /// What was found in a descriptor, and its text; nil where it could not be read, which the report says.
    typealias Checked = (report: DescriptorReport, source: [UInt8]?)

    /// Reads and checks the descriptor and the files that it names; throws where a parameter names what cannot be read.
    func check(for parameters: WorkloadParameters? = nil) throws(InputError) -> Checked {
        do throws(SourceTreeError) {
            let source = try contents(of: file, limit: Self.limit)
            return (DescriptorReader.read(source, files: contents, parameters: parameters), source)
        } catch {
            // A descriptor that is there and too large is wrong in itself, by whatever name.
            if case .tooLarge = error { return (DescriptorReport(unreadable: error), nil) }
            guard let namedBy else { return (DescriptorReport(unreadable: error), nil) }
            // The error names the file alone.
            let said = error == .missing(file) ? SourceTreeError.missing(shownPath) : error
            let place = shownPath == file || error == .missing(file) ? "" : "\(Quoted(shownPath)): "
            throw InputError(description: "\(namedBy): \(place)\(said)\(error.isAbsence ? "; check the path" : "")")
        }
    }

    /// Reads the descriptor and rewrites its former spellings; nil where it cannot be read, which the check reports.
    func mend() -> (before: [UInt8], after: MendedDescriptor)? {
        guard let bytes = try? contents(of: file, limit: Self.limit) else { return nil }
        return (bytes, DescriptorReader.mend(bytes, files: contents))
    }

    /// The bytes of a file whose path is relative to the descriptor's folder.
    private func contents(of path: String, limit: Int) throws(SourceTreeError) -> [UInt8] {
        try tree.contents(of: path, from: folder, limit: limit)
    }

    /// Writes the descriptor's text in its place.
    func write(_ bytes: [UInt8]) throws {
        do throws(SourceTreeError) {
            try tree.write(bytes, to: path)
        } catch {
            throw OutputError(description: "\(error)")
        }
    }

    /// A path as it is, or in the working directory.
    static func absolute(_ path: String, in workingDirectory: String) -> String {
        path.utf8.first == UInt8(ascii: "/") ? path : "\(workingDirectory)/\(path)"
    }

    /// What messages write before the paths of files in a folder; nothing for the current one.
    static func shownBase(of folder: String) -> String {
        if folder == "." || folder == "./" { return "" }
        return folder.utf8.last == UInt8(ascii: "/") ? folder : folder + "/"
    }
}
