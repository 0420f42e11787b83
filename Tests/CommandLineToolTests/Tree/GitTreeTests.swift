import CommandLineTool
import Foundation
import JSON
import Testing

@Suite struct PublishingIntoAGitTree {
    private static let component =
        "apiVersion: openchoreo.dev/v1alpha1\nkind: Component\nmetadata: {name: api, namespace: default}\n"
    private static let workload = """
        # The api of the shop.
        apiVersion: openchoreo.dev/v1alpha1
        kind: Workload
        metadata:
          name: old-name
          labels:
            team: shop # ours
        spec:
          owner: {projectName: shop, componentName: api}
          container:
            image: reg.example.com/api:1 # deployed
            args: [serve]
            env:
            - key: MODE
              value: 'fast'
          endpoints:
            http: {type: HTTP, port: 8080}

        """

    private func publish(
        _ arguments: [String], in folder: ScratchFolder, environment: [String: String] = [:]
    ) -> ToolRun {
        let named = [
            "publish", "--to", "git", "--tree", "tree", "--namespace", "default", "--project", "shop", "--component",
            "api",
        ]
        return ToolRun(named + arguments, environment: environment, workingDirectory: folder.path)
    }

    @Test func `changes the image alone where there is no descriptor`() throws {
        let folder = try ScratchFolder(["tree/x/w.yaml": Self.workload])
        let run = publish(["--image", "reg.example.com/api:2", "--quiet"], in: folder)
        #expect(run.output == "x/w.yaml updated\n")
        #expect(run.errors == "")
        #expect(folder.read("tree/x/w.yaml") == Self.workload.replacing("api:1", with: "api:2"))
        #expect(publish(["--image", "reg.example.com/api:2"], in: folder).output == "x/w.yaml unchanged\n")
    }

    @Test func `takes the name that is given beside the image`() throws {
        let folder = try ScratchFolder(["tree/w.yaml": Self.workload])
        let arguments = [
            "--image", "reg.example.com/api:2", "--workload-name", "new", "--outputs-dir", "\(folder.path)/out",
            "--quiet",
        ]
        #expect(publish(arguments, in: folder).output == "w.yaml updated\n")
        let expected = Self.workload.replacing("api:1", with: "api:2").replacing("old-name", with: "new")
        #expect(folder.read("tree/w.yaml") == expected)
        #expect(folder.read("out/workload-name") == "new")
    }

    @Test func `keeps the name that is there where it is to be looked up`() throws {
        let folder = try ScratchFolder(["tree/w.yaml": Self.workload])
        let image = ["--image", "reg.example.com/api:2", "--quiet"]
        #expect(publish(image + ["--workload-name", "auto"], in: folder).output == "w.yaml updated\n")
        #expect(folder.read("tree/w.yaml") == Self.workload.replacing("api:1", with: "api:2"))
        let empty = try ScratchFolder(["tree/c/component.yaml": Self.component])
        #expect(publish(image, in: empty, environment: ["WORKLOAD_NAME": "auto"]).output == "c/workload.yaml created\n")
        #expect(empty.read("tree/c/workload.yaml")?.contains("name: api-workload\n") == true)
    }

    @Test func `takes no notice of a variable that names a run, whatever it says`() throws {
        let folder = try ScratchFolder(["tree/w.yaml": Self.workload])
        let run = publish(
            ["--image", "reg.example.com/api:2", "--quiet"], in: folder,
            environment: ["RUN_NAME": "No Name", "PUBLISH_JOBS": "none"])
        #expect((run.code, run.errors, run.output) == (.success, "", "w.yaml updated\n"))
    }

    @Test(arguments: [["--wait"], ["--wait=released", "--components", "list.yaml"]])
    func `waits for nothing, and says so before it writes`(arguments: [String]) throws {
        let folder = try ScratchFolder(["tree/w.yaml": Self.workload, "list.yaml": "- component: api\n"])
        let run = ToolRun(
            ["publish", "--to", "git", "--tree", "tree", "--image", "reg.example.com/api:2"] + arguments,
            environment: ["NAMESPACE_NAME": "default", "PROJECT_NAME": "shop"], workingDirectory: folder.path)
        #expect(run.code == .usage)
        #expect(run.errors.contains("error: --wait (WAIT): only the OpenChoreo API says what becomes of a Workload"))
        #expect(folder.read("tree/w.yaml") == Self.workload)
    }

    @Test func `merges a descriptor and keeps what it cannot say`() throws {
        let folder = try ScratchFolder([
            "tree/w.yaml": Self.workload,
            "workload.yaml":
                "apiVersion: openchoreo.dev/v1alpha1\nmetadata: {name: api}\nendpoints:\n- name: http\n  port: 9090\n  type: HTTP\n"
                + "configurations:\n  env:\n  - name: MODE\n    value: fast\n  - name: LEVEL\n    value: \"3\"\n",
        ])
        let run = publish(["--image", "reg.example.com/api:2", "--quiet"], in: folder)
        #expect(run.output == "w.yaml updated\n")
        var expected = Self.workload.replacing("api:1", with: "api:2").replacing("8080", with: "9090")
        expected = expected.replacing("'fast'\n", with: "'fast'\n    - key: LEVEL\n      value: \"3\"\n")
        expected = expected.replacing(
            "team: shop # ours\n",
            with: "team: shop # ours\n    openchoreo.dev/project: shop\n    openchoreo.dev/component: api\n")
        #expect(folder.read("tree/w.yaml") == expected)
        #expect(publish(["--image", "reg.example.com/api:2"], in: folder).output == "w.yaml unchanged\n")
    }

    @Test func `hands on the path and a commit message`() throws {
        let folder = try ScratchFolder(["tree/c/component.yaml": Self.component])
        let run = publish(
            ["--image", "reg.example.com/api:1.4.0", "--outputs-dir", "\(folder.path)/out", "--quiet", "-o", "json"],
            in: folder)
        #expect(run.code == .success)
        var result = try JSONValue(parsing: Array(run.output.utf8)).object
        #expect(try #require(result?["durationMs"]?.integer) < 60_000)
        result?["durationMs"] = nil
        #expect(
            result == [
                "action": "created", "annotated": false, "attempts": 0, "fromSource": false,
                "image": "reg.example.com/api:1.4.0", "name": "api-workload", "namespace": "default",
                "path": "c/workload.yaml",
            ])
        #expect(folder.read("out/path") == "c/workload.yaml")
        #expect(folder.read("out/action") == "created")
        #expect(folder.read("out/workload-name") == "api-workload")
        #expect(
            folder.read("out/commit-message") == """
                Publish api 1.4.0

                The workload api-workload of the component shop/api in the namespace default
                runs reg.example.com/api:1.4.0.
                """)
    }

    @Test(arguments: ["--dry-run", "--dry-run=server"])
    func `shows what would change in its files`(flag: String) throws {
        let folder = try ScratchFolder(["tree/w.yaml": Self.workload])
        let run = publish(["--image", "reg.example.com/api:2", "--quiet", flag], in: folder)
        #expect(
            run.output == """
                --- w.yaml
                +++ w.yaml
                @@ -8,7 +8,7 @@
                 spec:
                   owner: {projectName: shop, componentName: api}
                   container:
                -    image: reg.example.com/api:1 # deployed
                +    image: reg.example.com/api:2 # deployed
                     args: [serve]
                     env:
                     - key: MODE
                w.yaml updated (dry run)

                """)
        #expect(folder.read("tree/w.yaml") == Self.workload)
        #expect(folder.names == ["tree", "tree/w.yaml"])
    }

    static let refusals: [(files: [String: String], arguments: [String], code: ExitCode, expected: String)] = [
        (
            ["tree/a.yaml": workload, "tree/b.yaml": workload], [], .invalidData,
            "two manifests hold the Workload old-name: a.yaml:2 and b.yaml:2; name one file or folder by --tree-path "
                + "(PUBLISH_TREE_PATH)"
        ),
        (
            ["tree/a.yaml": "kind: Other\n"], ["--tree-path", "a.yaml"], .invalidData,
            "a.yaml: something else stands in the place for the new object; name one file or folder by --tree-path "
                + "(PUBLISH_TREE_PATH)"
        ),
        (
            ["tree/a.yaml": workload + "sops: {mac: x}\n"], [], .invalidData,
            "a.yaml: SOPS has encrypted this file, and takes it for broken after a change"
        ),
        (
            ["tree/a.yaml": "x: 1\n"], ["--tree-path", "../a.yaml"], .noInput,
            "'../a.yaml' leads outside the tree; name a path inside of it"
        ),
        (
            ["tree/a.yaml": "x: 1\n"], ["--tree-path", ".git/a.yaml"], .noInput,
            "'.git/a.yaml' leads into '.git', where nothing is written; name another path"
        ),
        (
            [:], [], .noInput,
            "--tree (PUBLISH_TREE): 'tree' does not exist; write the path relative to the current folder"
        ),
        (
            ["tree": "a file"], [], .noInput,
            "--tree (PUBLISH_TREE): 'tree' is not a folder; write the path relative to the current folder"
        ),
        (
            ["tree/a.yaml": "x: 1\n"], ["--run-name", "r"], .usage,
            "--run-name (RUN_NAME): a WorkflowRun is annotated over an API, and a tree holds none; leave it out; see "
                + "'workload-publisher publish --help' (nothing was done)"
        ),
        (
            ["tree/a.yaml": "x: 1\n"], ["--wait"], .usage,
            "--wait (WAIT): only the OpenChoreo API says what becomes of a Workload; leave it out; see "
                + "'workload-publisher publish --help' (nothing was done)"
        ),
    ]

    @Test(arguments: refusals)
    func `writes nothing where that cannot be right`(
        files: [String: String], arguments: [String], code: ExitCode, expected: String
    ) throws {
        let folder = try ScratchFolder(files)
        let names = folder.names
        let run = publish(["--image", "reg.example.com/api:2"] + arguments, in: folder)
        #expect(run.lastLine == "error: \(expected)")
        #expect(run.code == code)
        #expect(run.output == "")
        #expect(folder.names == names)
        for (name, text) in files { #expect(folder.read(name) == text) }
    }

    @Test func `warns of what it leaves alone`() throws {
        let folder = try ScratchFolder(["tree/w.yaml": Self.workload, "tree/broken.yaml": "a: [\n"])
        let run = publish(["--image", "reg.example.com/api:2", "--quiet"], in: folder)
        #expect(run.output == "w.yaml updated\n")
        #expect(
            run.errors == "warning: broken.yaml: left alone: 2:1: this is not valid YAML: did not find expected node "
                + "content while parsing a flow node\n")
    }
}

@Suite struct ApplyingToAGitTree {
    private static let manifest =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {level: \"3\", list: \"a\"}\n"

    private func apply(_ arguments: [String], in folder: ScratchFolder) -> ToolRun {
        ToolRun(
            ["apply", "\(folder.path)/m.yaml", "--to", "git", "--tree", "tree"] + arguments,
            workingDirectory: folder.path)
    }

    @Test func `merges mappings and keeps what the tree has beyond the manifest`() throws {
        let live =
            "# settings\nkind: ConfigMap\napiVersion: v1\nmetadata:\n  name: settings\n  labels: {a: b}\ndata:\n  level: '2' # old\n  more: x\n"
        let folder = try ScratchFolder(["m.yaml": Self.manifest, "tree/k/c.yaml": live])
        let run = apply([], in: folder)
        #expect(run.errors == "")
        #expect(run.output == "k/c.yaml updated\n")
        #expect(folder.read("tree/k/c.yaml") == live.replacing("'2'", with: "'3'") + "  list: a\n")
        #expect(apply([], in: folder).output == "k/c.yaml unchanged\n")
        #expect(apply(["--set", "data.level=5"], in: folder).output == "k/c.yaml updated\n")
        #expect(folder.read("tree/k/c.yaml") == live.replacing("'2'", with: "'5'") + "  list: a\n")
    }

    @Test func `writes what is empty in a manifest, and takes out what is empty in a list's entry`() throws {
        let head = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n"
        let live = head + "  volumes:\n  - name: a # one\n  - name: b\n    emptyDir: {}\n"
        let manifest =
            head
            + "  volumes: [{name: a, emptyDir: {}}, {name: b, hostPath: {path: /x}}]\n  hostAliases: []\n  x: null\n"
        let folder = try ScratchFolder(["m.yaml": manifest, "tree/p.yaml": live])
        #expect(apply([], in: folder).output == "p.yaml updated\n")
        #expect(
            folder.read("tree/p.yaml") == head + "  volumes:\n  - name: a # one\n    emptyDir: {}\n  - name: b\n"
                + "    hostPath:\n      path: /x\n  hostAliases: []\n")
        #expect(apply([], in: folder).output == "p.yaml unchanged\n")
    }

    @Test func `means the namespace that is given where a manifest names none`() throws {
        let manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: new}\n"
        func tree(_ namespace: String) -> String {
            manifest.replacing("name: c", with: "name: c, namespace: \(namespace)").replacing("new", with: "old")
        }
        let folder = try ScratchFolder([
            "m.yaml": manifest, "tree/one.yaml": tree("one"), "tree/two.yaml": tree("two"),
            "ns.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: three}\n",
            "class.yaml": "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\n",
        ])
        func apply(_ file: String, _ arguments: String...) -> ToolRun {
            ToolRun(
                ["apply", "\(folder.path)/\(file)", "--to", "git", "--tree", "tree"] + arguments,
                workingDirectory: folder.path)
        }
        #expect(apply("m.yaml").code == .invalidData)
        #expect(apply("m.yaml", "-n", "two").output == "two.yaml updated\n")
        #expect(folder.read("tree/one.yaml") == tree("one"))
        #expect(folder.read("tree/two.yaml") == tree("two").replacing("old", with: "new"))
        #expect(apply("m.yaml", "-n", "three", "--tree-path", "three/m.yaml").output == "three/m.yaml created\n")
        #expect(folder.read("tree/three/m.yaml")?.contains("  namespace: three\n") == true)
        #expect(
            apply("ns.yaml", "-n", "three", "--tree-path", "three/").output == "three/namespace-three.yaml created\n")
        #expect(folder.read("tree/three/namespace-three.yaml")?.contains("namespace: three") == false)
        #expect(
            apply("class.yaml", "-n", "three", "--tree-path", "three/").output
                == "three/storageclass-fast.yaml created\n")
        #expect(folder.read("tree/three/storageclass-fast.yaml")?.contains("namespace: three") == false)
    }

    @Test func `shows neither the old nor the new values of a Secret`() throws {
        let folder = try ScratchFolder()
        let head = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: "
        try folder.write("\(head)kingfisher-old\n", to: "tree/s.yaml")
        try folder.write("\(head)kingfisher-new\n", to: "m.yaml")
        let run = apply(["--dry-run=server"], in: folder)
        #expect(run.output.hasSuffix("s.yaml updated (dry run)\n"))
        #expect(run.output.contains("\n-  password: <redacted>\n+  password: <redacted>\n"), "\(run.output)")
    }

    @Test func `needs a place for a new object`() throws {
        let folder = try ScratchFolder(["m.yaml": Self.manifest, "tree/k/kustomization.yaml": "resources: []\n"])
        let refused = apply([], in: folder)
        #expect(
            refused.errors
                == "error: the tree has no ConfigMap settings; name one file or folder by --tree-path\n")
        #expect(refused.code == .invalidData)
        #expect(apply(["--tree-path", "k"], in: folder).output == "k/configmap-settings.yaml created\n")
        #expect(folder.read("tree/k/kustomization.yaml") == "resources:\n- configmap-settings.yaml\n")
        #expect(
            folder.read("tree/k/configmap-settings.yaml")
                == "apiVersion: v1\ndata:\n  level: \"3\"\n  list: a\nkind: ConfigMap\nmetadata:\n  name: settings\n")
    }

    @Test func `goes on behind one that fails`() throws {
        let folder = try ScratchFolder([
            "m.yaml": Self.manifest + "---\n" + Self.manifest.replacing("settings", with: "other"),
            "tree/c.yaml": Self.manifest.replacing("settings", with: "other").replacing("\"3\"", with: "\"4\""),
        ])
        let run = apply([], in: folder)
        #expect(run.output == "c.yaml updated\n")
        #expect(run.code == .invalidData)
        #expect(folder.read("tree/c.yaml") == Self.manifest.replacing("settings", with: "other"))
    }
}
