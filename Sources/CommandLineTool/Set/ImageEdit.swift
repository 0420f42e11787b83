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
    func apply(
        to edits: inout FieldEdits, isKustomization: Bool, isAdding: Bool
    ) throws(FieldProblem) -> [String] {
        let keys = try keys(in: edits, isKustomization: isKustomization)
        let entries = keys.reduce(edits.root as YAMLSyntax?) { $0?[$1] }?.children ?? []
        func has(_ member: String) -> Bool {
            !edits.elements(of: entries, whose: member, is: name ?? repository).isEmpty
        }
        // Without a name the entry may be meant by its new one.
        let isNew = !has("name")
        let isRenamed = isNew && name == nil && has("newName")
        let entry =
            keys.map { FieldExpression.Segment.key($0) } + [.member(isRenamed ? "newName" : "name", name ?? repository)]
        if isNew && !isRenamed {
            try edits.apply(
                FieldExpression(path: entry + [.key("name")], value: .string(name ?? repository)), isAdding: isAdding)
        }
        var dropped: [String] = []
        let newName = isRenamed ? Self.kept : name == nil ? nil : repository
        for (member, value) in [("newName", newName), ("newTag", tag), ("digest", digest)] where value != Self.kept {
            if let value {
                // As text where a number stands as well: Kustomize reads no number there.
                try edits.apply(FieldExpression(path: entry + [.key(member)], value: .string(value)), isAdding: true)
            } else if let old = try edits.remove(entry + [.key(member)]) {
                dropped.append("\(member) \(Quoted(old))")
            }
        }
        return dropped
    }

    /// The keys that lead to the images of a Kustomization: Kustomize's own, or Flux's.
    private func keys(in edits: FieldEdits, isKustomization: Bool) throws(FieldProblem) -> [String] {
        let group = edits.root["apiVersion"]?.text?.split(separator: "/").first
        let kind = edits.root["kind"]?.text
        if group == "kustomize.toolkit.fluxcd.io", kind == "Kustomization" { return ["spec", "images"] }
        // Kustomize itself does without group and kind.
        let isOfKind = kind == "Kustomization" || group != nil && kind == "Component" || isKustomization && kind == nil
        guard isOfKind, group == nil || group == "kustomize.config.k8s.io" else {
            throw edits.editor.refusal(
                edits.root,
                "this is not a Kustomization, and images are set in one alone; name the field by its path instead")
        }
        return ["images"]
    }
}
