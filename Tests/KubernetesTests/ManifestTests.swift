import JSON
import Kubernetes
import Objects
import Testing

@Suite struct AManifest {
    private func read(_ text: String) throws -> [Manifest] { try Manifest.all(in: Array(text.utf8), of: "m.yaml") }

    private func problems(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch {
            return (error as? ManifestError)?.problems.map(\.description) ?? ["\(error)"]
        }
    }

    @Test func `a manifest may hold several documents and Lists`() throws {
        let text = """
            # a comment alone is no document
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: List
            items:
              - {apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: shop}}
              - {apiVersion: workspace.example.dev/v1, kind: Workspace, metadata: {name: c}}
            """
        let manifests = try read(text)
        #expect(
            manifests.map { "\($0.identity)" } == ["configmap/a", "configmap/b", "workspace.workspace.example.dev/c"])
        #expect(manifests.map(\.namespace) == [nil, "shop", nil])
        #expect(manifests.map(\.place) == ["m.yaml:3:1", "m.yaml:7:1", "m.yaml:7:1"])
    }

    @Test func `a manifest in JSON is read as JSON`() throws {
        let text =
            #"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": "\ud83d\ude42\/"}}"#
        #expect(try read(text)[0].object[path: ["data", "a"]] == "🙂/")
    }

    @Test(arguments: [
        ("0644", "420"), ("0o17", "15"), ("0x1F", "31"), ("08", "8"), ("yes", "true"), ("Off", "false"), ("y", "true"),
        ("1.10", "1.10"), (".5", "0.5"), ("5.", "5"), ("-.5e3", "-0.5e3"), ("+7", "7"), ("1e3", "1e3"), ("-0", "-0"),
        ("~", "null"), ("'yes'", "\"yes\""), ("2001-12-14", "\"2001-12-14\""), ("1_000", "1000"), ("007.5", "7.5"),
        ("n", "false"), ("0b11", "3"), ("-0B1_1", "-3"), ("0X1f", "31"), ("1_0.5", "10.5"), ("_1", "\"_1\""),
        ("0b2", "\"0b2\""), ("0b", "\"0b\""), ("1_000x", "\"1_000x\""), ("'1_000'", "\"1_000\""),
        ("TRUE", "true"), ("False", "false"), ("18446744073709551615", "18446744073709551615"),
    ])
    func `a manifest reads a scalar as Kubernetes does`(yaml: String, json: String) throws {
        let text = "{apiVersion: v1, kind: A, metadata: {name: a}, value: \(yaml)}"
        #expect(try read(text)[0].object["value"]?.text() == json)
    }

    @Test func `a manifest goes without what a server makes`() throws {
        let text = """
            apiVersion: v1
            kind: A
            metadata:
              name: a
              uid: u
              resourceVersion: "5"
              creationTimestamp: null
              managedFields: []
            status: {phase: Running}
            """
        let manifest = try read(text)[0]
        #expect(
            manifest.serverMade == ["status", "metadata.managedFields", "metadata.uid", "metadata.resourceVersion"])
        #expect(manifest.object == ["apiVersion": "v1", "kind": "A", "metadata": ["name": "a"]])
    }

    @Test(arguments: [
        ("metadata: {name: a}\napiVersion: v1", "m.yaml:1:1: the object has no kind"),
        (
            "apiVersion: openchoreo.dev/v1alpha1\nendpoints: []",
            "m.yaml:1:1: the object has no kind; a descriptor is what 'publish' takes"
        ),
        ("kind: A\nmetadata: {name: a}", "m.yaml:1:1: the object has no apiVersion"),
        ("{apiVersion: v1, kind: A}", "m.yaml:1:1: the object has no metadata"),
        ("{apiVersion: v1, kind: A, metadata: {}}", "m.yaml:1:1: the object has no metadata.name"),
        (
            #"{"apiVersion": "v1", "kind": "A", "metadata": {"name": "a"}, "l": [{"b": 1, "c": {"d": 1, "d": 2}}]}"#,
            "m.yaml: the key 'd' stands twice in one mapping; remove one of them"
        ),
        (
            "{apiVersion: v1, kind: A, metadata: {name: 5}}",
            "m.yaml:1:1: metadata.name is a number; write it in quotes"
        ),
        (
            "{apiVersion: v1, kind: A, metadata: {name: A_b}}",
            "m.yaml:1:1: 'A_b' is not a name for an object; use lower-case letters, digits, '-' and '.'"
        ),
        (
            "{apiVersion: v1, kind: A, metadata: {name: a, namespace: ../x}}",
            "m.yaml:1:1: '../x' is not a name for an object; use lower-case letters, digits, '-' and '.'"
        ),
        (
            "{apiVersion: v1, kind: A, metadata: {generateName: a-}}",
            "m.yaml:1:1: the object has a generateName and no name, and each run would make another one; give it a name"
        ),
        (
            "{apiVersion: ../v1, kind: A, metadata: {name: a}}",
            "m.yaml:1:1: '../v1' is not an apiVersion; write it like apps/v1 or v1"
        ),
        ("- 1", "m.yaml:1:1: this is an array, and an object is a mapping"),
        ("# nothing", "m.yaml: there is no object in it"),
        ("a: {{ .Values.a }}", "m.yaml:1:4: this is a Helm template; render it first, with 'helm template'"),
        ("a: .inf", "m.yaml:1:4: JSON has no number for this; write it in quotes"),
    ])
    func `a manifest says what is wrong with it`(text: String, problem: String) {
        #expect(problems(text) == [problem])
    }

    @Test func `a manifest's mistakes are all reported at once`() {
        #expect(problems("kind: A\n---\napiVersion: v1\n").count == 2)
    }

    @Test func `a manifest of a role may have any name that a path can have`() throws {
        let text = "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: 'system:A_b'}}"
        #expect(try read(text)[0].name == "system:A_b")
    }
}
