import Text
import WorkloadModel
import YAML

/// A change of one entry of a Kustomization's `images`, as `kustomize edit set image` makes it.
struct ImageEdit {
    /// The image that the manifests name; nil where the reference's repository is meant.
    private let name: String?
    private let repository: String
    /// The new values of the entry's members; `*` keeps what stands there, nil leaves none.
    private let tag: String?
    private let digest: String?

    private static let kept = "*"

    /// Reads `[NAME=]REF`, in which an asterisk stands for a part that stays as it is.
    init(_ text: String) throws(MalformedValue) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let reference = parts.last ?? ""
        let atSign = reference.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let path = atSign[0].split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let tag = path.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first
        name = parts.count == 2 ? String(parts[0]) : nil
        repository = String(atSign[0].dropLast(tag.map { $0.count + 1 } ?? 0))
        self.tag = tag.map { String($0) }
        digest = atSign.count == 2 ? String(atSign[1]) : nil
        guard name?.isEmpty != true, name != nil || repository != Self.kept else {
            throw MalformedValue("no image is named; write NAME=REFERENCE or REFERENCE")
        }
        guard name != nil || self.tag != nil || digest != nil else {
            throw MalformedValue(
                "\(Quoted(text)) has neither tag nor digest, and no NAME= of which it would be the new name")
        }
        // What stands for something else is left out of the check.
        var checked = repository == Self.kept ? "kept" : repository
        if let tag = self.tag, tag != Self.kept { checked += ":\(tag)" }
        if let digest, digest != Self.kept { checked += "@\(digest)" }
        do throws(MalformedText) { _ = try ImageReference(checked) } catch {
            throw MalformedValue("\(error)")
        }
    }

    /// Makes the change in a Kustomization; returns what stood there and is gone.
    func apply(to edits: inout FieldEdits, isKustomization: Bool) throws(FieldProblem) -> [String] {
        let keys = try keys(in: edits, isKustomization: isKustomization)
        let list = keys.reduce(edits.root as YAMLSyntax?) { $0?[$1] }
        let (position, hasNewName) = try entry(in: list, of: edits)
        var values = [("newTag", tag), ("digest", digest)]
        if !hasNewName { values.insert(("newName", name == nil ? nil : repository), at: 0) }
        let path = keys.map { FieldExpression.Segment.key($0) }
        let entry = path + (position.map { [.index($0)] } ?? [.member("name", name ?? repository)])
        guard let position else {
            guard edits.isAdding else {
                throw FieldProblem(
                    edits.editor.mark(of: list ?? edits.root),
                    "no entry of images is named \(Quoted(name ?? repository)); \(Parameter.add.flag) adds one")
            }
            for (member, value) in [("name", name ?? repository)] + values {
                guard let value, value != Self.kept else { continue }
                try edits.apply(FieldExpression(entry + [.key(member)], .text(value)))
            }
            return []
        }
        var dropped: [String] = []
        for (member, value) in values where value != Self.kept {
            let old = list?.children?[position][member]
            if let value {
                // As text where a number stands as well: Kustomize reads no number there.
                try edits.apply(FieldExpression(entry + [.key(member)], .json(.string(value))), isAdding: true)
            } else if let old {
                let steps = keys.map { YAMLEditor.Step.key($0) }
                try edits.change(old, at: steps + [.index(position), .key(member)], .remove)
                dropped.append("\(member) \(Quoted(old.text ?? ""))")
            }
        }
        return dropped
    }

    /// The keys that lead to the images of a Kustomization: Kustomize's own, or Flux's.
    private func keys(in edits: FieldEdits, isKustomization: Bool) throws(FieldProblem) -> [String] {
        let group = edits.root["apiVersion"]?.text?.split(separator: "/").first
        switch (group, edits.root["kind"]?.text) {
        case ("kustomize.toolkit.fluxcd.io"?, "Kustomization"?): return ["spec", "images"]
        case ("kustomize.config.k8s.io"?, "Kustomization"?), ("kustomize.config.k8s.io"?, "Component"?),
            (nil, "Kustomization"?):
            return ["images"]
        // Kustomize itself does without both.
        case (nil, nil) where isKustomization, ("kustomize.config.k8s.io"?, nil) where isKustomization:
            return ["images"]
        default:
            throw FieldProblem(
                edits.editor.mark(of: edits.root),
                "this is not a Kustomization, and images are set in one alone; name the field by its path instead")
        }
    }

    /// The entry that is meant, and whether it is meant by its new name.
    private func entry(in list: YAMLSyntax?, of edits: FieldEdits) throws(FieldProblem) -> (Int?, Bool) {
        let entries = list?.children ?? []
        for (member, wanted) in [("name", name ?? repository), ("newName", name == nil ? repository : nil)] {
            let found = wanted.map { edits.elements(of: entries, whose: member, is: $0) } ?? []
            guard found.count < 2 else {
                throw FieldProblem(
                    edits.editor.mark(of: entries[found[1]]),
                    "two entries of images have the \(member) \(Quoted(wanted ?? "")); remove one, or name the other by NAME="
                )
            }
            if let position = found.first { return (position, member == "newName") }
        }
        return (nil, false)
    }
}
