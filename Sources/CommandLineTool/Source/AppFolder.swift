import Checkout
import WorkloadModel

/// The component's folder: the app path in the source dir.
struct AppFolder {
    private let tree: SourceTree
    /// Relative to the tree's root; nothing for the root itself.
    private let folder: String
    private let shownBase: String

    /// Finds the folder that the parameters name.
    init(_ values: ParameterValues, workingDirectory: String) throws(InputError) {
        let sourceDir = values.text(.sourceDir) ?? "."
        do {
            tree = try SourceTree(root: DescriptorSource.absolute(sourceDir, in: workingDirectory))
        } catch {
            throw InputError(.sourceDir, error)
        }
        folder = Self.relative(values.text(.appPath) ?? "")
        do {
            _ = try tree.folder(folder)
        } catch {
            throw InputError(.appPath, error)
        }
        shownBase = DescriptorSource.shownBase(of: sourceDir) + (folder.isEmpty ? "" : folder + "/")
    }

    /// The descriptor in the folder; nil where nothing has its name.
    var descriptor: DescriptorSource? {
        let source = source(DescriptorSource.usualName)
        do {
            return try tree.kind(of: source.file, from: folder) == nil ? nil : source
        } catch {
            // What cannot even be looked at is there: reading it will say what is wrong with it.
            return source
        }
    }

    /// Where a descriptor is looked for, as messages show it.
    var usualPath: String { shownBase + DescriptorSource.usualName }

    /// The path of a file that was probably meant to be the descriptor, as messages show it.
    var misnamedDescriptor: String? {
        let source = source(DescriptorSource.misspeltName)
        guard let kind = try? tree.kind(of: source.file, from: folder), kind == .regular else { return nil }
        return source.shownPath
    }

    private func source(_ name: String) -> DescriptorSource {
        DescriptorSource(shownPath: shownBase + name, tree: tree, folder: folder, file: name)
    }

    /// A leading `/` or `./` of the app path means nothing.
    private static func relative(_ path: String) -> String {
        let parts = path.utf8.split(separator: UInt8(ascii: "/")).drop { $0.elementsEqual(".".utf8) }
        return parts.map { String(Substring($0)) }.joined(separator: "/")
    }
}
