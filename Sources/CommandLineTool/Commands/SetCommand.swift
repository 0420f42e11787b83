import Checkout
import Text
import YAML

extension Command {
    static let set = Command(
        name: "set",
        summary: "change fields of YAML files in place: the image in a kustomization, a version",
        discussion:
            "Changes fields of FILE and leaves every other byte of it as it is, or changes nothing. An EXPRESSION is "
            + "PATH=VALUE or PATH:=JSON: = writes text, or a whole number or a boolean where one stands; := writes what "
            + "JSON says. PATH is written like spec.version, images[name=api].newTag, containers[0].image or "
            + "metadata.annotations[\"example.com/a\"]. --image changes the images of a Kustomization, as kustomize edit "
            + "set image does.",
        operands: "FILE EXPRESSION…",
        example: "set apps/api/kustomization.yaml --image api=registry.example.com/shop/api:1.4.0",
        groups: { ParameterGroup.all(Parameter.setting) },
        run: { context, values in try SetRun(context: context, values: values).run() })
}

extension Parameter {
    static let setImage = Parameter(
        "--image", .repeated("[NAME=]REF"),
        "The new name, tag or digest of an image of a Kustomization; * keeps a part as it is")

    static let add = Parameter("--add", .toggle, "Add what is not there, at the end of its place")

    static let document = Parameter(
        "--document", .value("KIND/NAME"), default: .note("the only one"), "The document of the file that is meant")

    static let setTree = Parameter(
        "--tree", .value("DIR"), default: ".", "The checkout, outside of which nothing is read or written")

    static let setDryRun = Parameter("--dry-run", .toggle, "Print what would change, and write nothing")

    /// What set changes, and where.
    static let setting: [Parameter] = [setImage, add, document, setTree, setDryRun]
}

/// One run of set, from its file to the line that says what became of it.
private struct SetRun {
    let context: CommandContext
    let values: ParameterValues

    func run() throws {
        var reader = ParameterReader(values)
        let images = reader.all(.setImage) { text throws(MalformedValue) in try ImageEdit(text) }
        var expressions: [FieldExpression] = []
        for operand in values.operands.dropFirst() {
            do throws(MalformedValue) { expressions.append(try FieldExpression(operand)) } catch {
                reader.report("\(error)")
            }
        }
        if values.operands.isEmpty { reader.report("no file is named; write FILE, and then what to change in it") }
        if expressions.isEmpty && images.isEmpty && reader.error.isEmpty {
            reader.report("nothing is to be changed; write PATH=VALUE, or \(Parameter.setImage.usage)")
        }
        try reader.finish()
        let file = values.operands[0]
        let (tree, path): (SourceTree, String)
        let before: [UInt8]
        do throws(SourceTreeError) {
            (tree, path) = try locate(file)
            before = try tree.file(path, limit: YAMLLimits.manifest.bytes).bytes
        } catch {
            throw inputError(error)
        }
        let after: [UInt8]
        do throws(FieldProblem) {
            after = try edit(before, expressions, images, file: file)
        } catch {
            throw InvalidDescriptor(description: "\(Printable.line(file)):\(error) (nothing was written)")
        }
        try deliver(before, after, file, to: path, in: tree)
    }

    private func locate(_ file: String) throws(SourceTreeError) -> (SourceTree, String) {
        let root = values.text(.setTree) ?? "."
        let location = DescriptorLocation(
            workingDirectory: context.workingDirectory, sourceDir: root, sourceDirWasGiven: true)
        do throws(SourceTreeError) {
            return try location.resolve(file)
        } catch .outside where file.utf8.first != UInt8(ascii: "/") {
            // A path may be meant from the tree on as well.
            let place = DescriptorSource.absolute(root, in: context.workingDirectory)
            return (try SourceTree(root: place, as: root), file)
        }
    }

    private func inputError(_ error: SourceTreeError) -> InputError {
        if case .outside(let path) = error {
            return InputError(
                description: "\(Quoted(path)) leads outside the tree; name a path inside of it, or another tree by "
                    + Parameter.setTree.flag)
        }
        let advice = error.isAbsence ? "; write the path relative to the current folder" : ""
        return InputError(description: "\(error)\(advice)")
    }

    private func edit(
        _ bytes: [UInt8], _ expressions: [FieldExpression], _ images: [ImageEdit], file: String
    ) throws(FieldProblem) -> [UInt8] {
        var edits = try FieldEdits(bytes, document: values.text(.document))
        let isAdding = values.isOn(.add)
        for expression in expressions { try edits.apply(expression, isAdding: isAdding) }
        let name = file.split(separator: "/").last
        let isKustomization = ["kustomization.yaml", "kustomization.yml", "Kustomization"].contains { $0 == name }
        for image in images {
            for dropped in try image.apply(
                to: &edits, isKustomization: isKustomization, isAdding: isAdding)
            {
                context.console.log(.warning, "dropped", "\(Printable.line(file)): \(dropped) is taken out")
            }
        }
        return edits.editor.bytes
    }

    private func deliver(
        _ before: [UInt8], _ after: [UInt8], _ file: String, to path: String, in tree: SourceTree
    ) throws {
        let shown = Printable.line(file)
        let action = before == after ? "unchanged" : "updated"
        guard !values.isOn(.setDryRun) else {
            let diff = context.outputStyle.diff(UnifiedDiff(of: file, from: before, to: after).text)
            return try context.console.print(redacting: .text("\(diff)\(shown) \(action) (dry run)\n"))
        }
        if before != after {
            do throws(SourceTreeError) { try tree.write(after, to: path) } catch {
                if case .unwritable = error { throw OutputError(description: "\(error)") }
                throw inputError(error)
            }
        }
        try context.console.print("\(shown) \(action)\n")
    }
}
