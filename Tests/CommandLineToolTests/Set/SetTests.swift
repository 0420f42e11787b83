import CommandLineTool
import Foundation
import Testing

/// A file, a command line of set, and what comes of both.
struct SetCase: Sendable, CustomStringConvertible {
    var file = "f.yaml"
    let before: String
    let arguments: [String]
    let after: String
    var warnings = ""

    var description: String { "\(arguments) in \(before.debugDescription)" }

    init(_ before: String, _ arguments: [String], _ after: String) {
        (self.before, self.arguments, self.after) = (before, arguments, after)
    }

    init(image before: String, _ arguments: [String], _ after: String, warning: String = "") {
        (file, self.before, self.arguments, self.after) = ("kustomization.yaml", before, arguments, after)
        warnings = warning.isEmpty ? "" : "warning: kustomization.yaml: \(warning) is taken out\n"
    }
}

@Suite struct TheCommandSet {
    static let fields: [SetCase] = [
        SetCase(
            "spec:\n  # renovate: datasource=docker depName=reg/chart\n  version: 0.13.0\n", ["spec.version=0.3.1"],
            "spec:\n  # renovate: datasource=docker depName=reg/chart\n  version: 0.3.1\n"),
        SetCase(
            "spec:\n  source:\n    repoURL: https://x/y  # TODO: yours\n",
            ["spec.source.repoURL=https://git.example.com/a.git"],
            "spec:\n  source:\n    repoURL: https://git.example.com/a.git  # TODO: yours\n"),
        SetCase(
            "replicas: 2\non: true\nname: x\n", ["replicas=3", "on=false", "name=4"],
            "replicas: 3\non: false\nname: \"4\"\n"),
        SetCase("mode: 0644\n", ["mode=0755"], "mode: 0755\n"),
        SetCase("v: 11\nw: 0\n", ["v=012", "w=0"], "v: \"012\"\nw: 0\n"),
        SetCase("v: 1.10\n", ["v=1.11"], "v: \"1.11\"\n"),
        SetCase("v: 'a'\n", ["v:=3"], "v: 3\n"),
        SetCase("v: a\n", ["v:={\"b\": [1, \"c\"]}"], "v:\n  b:\n  - 1\n  - c\n"),
        SetCase("v: a\n", ["v=b=c:=d"], "v: b=c:=d\n"),
        SetCase("v: a\n", ["v="], "v: \"\"\n"),
        SetCase("v: a\n", ["v=a"], "v: a\n"),
        SetCase("v: null\n", ["v=a"], "v: a\n"),
        SetCase(
            "a:\n- name: x\n  v: 1\n- name: y\n  v: 2\n", ["a[name=y].v=3", "a[0].v=4"],
            "a:\n- name: x\n  v: 4\n- name: y\n  v: 3\n"),
        SetCase("a:\n- port: 80\n  v: 1\n", ["a[port=80].v=3"], "a:\n- port: 80\n  v: 3\n"),
        SetCase("a:\n- name: x.y]\n  v: 1\n", ["a[name=\"x.y]\"].v=3"], "a:\n- name: x.y]\n  v: 3\n"),
        SetCase(
            "metadata:\n  annotations:\n    example.com/a: b\n", ["metadata.annotations[\"example.com/a\"]=c"],
            "metadata:\n  annotations:\n    example.com/a: c\n"),
        SetCase("a.b:\n  c: 1\n", ["[\"a.b\"].c=2"], "a.b:\n  c: 2\n"),
        SetCase("a.b:\n  c: 1\n", [".[\"a.b\"].c=2"], "a.b:\n  c: 2\n"),
        SetCase("a: 1\n", [".a=2"], "a: 2\n"),
        SetCase("[[1], [2, 3]]\n", ["[1][0]=4"], "[[1], [4, 3]]\n"),
        SetCase("a: &x 1\nb: *x\n", ["a=2"], "a: &x 2\nb: *x\n"),
        SetCase("a: 1\n", ["b=2", "--add"], "a: 1\nb: \"2\"\n"),
        SetCase("a: 1\n", ["b.c.d=x", "--add"], "a: 1\nb:\n  c:\n    d: x\n"),
        SetCase(
            "a:\nb: {}\nc: []\n", ["a.x=1", "b.x=1", "c.x=z", "--add"], "a:\n  x: \"1\"\nb:\n  x: \"1\"\nc:\n  x: z\n"),
        SetCase("a:\n- name: x\n", ["a[name=z].v=1", "--add"], "a:\n- name: x\n- name: z\n  v: \"1\"\n"),
        SetCase("a: 1\n", ["l[name=z].v=1", "--add"], "a: 1\nl:\n- name: z\n  v: \"1\"\n"),
        SetCase("x: &x\n  b: 1\na:\n  <<: *x\n", ["a.b=2", "--add"], "x: &x\n  b: 1\na:\n  <<: *x\n  b: \"2\"\n"),
        SetCase(
            "kind: A\nmetadata: {name: x}\nv: 1\n---\nkind: B\nmetadata:\n  name: y\nv: 1\n",
            ["v=2", "--document", "B/y"],
            "kind: A\nmetadata: {name: x}\nv: 1\n---\nkind: B\nmetadata:\n  name: y\nv: 2\n"),
        SetCase("---\na: 1\n---\n", ["a=2"], "---\na: 2\n---\n"),
        SetCase("{\"a\": {\"b\": 1}}", ["a.b=2"], "{\"a\": {\"b\": 2}}"),
        SetCase(
            "a: plain\nb: ENC[AES256_GCM,data:x]\nsops:\n  mac: ENC[y]\n  mac_only_encrypted: true\n", ["a=other"],
            "a: other\nb: ENC[AES256_GCM,data:x]\nsops:\n  mac: ENC[y]\n  mac_only_encrypted: true\n"),
        SetCase("sops: 1\na: 1\n", ["a=2"], "sops: 1\na: 2\n"),
        SetCase(
            "n: &n api\nm:\n- name: *n\n  v: a\n", ["m[name=api].v=b", "--add"],
            "n: &n api\nm:\n- name: *n\n  v: b\n"),
    ]

    private static let kind = "kind: Kustomization\n"
    static let images: [SetCase] = [
        SetCase(
            image: kind + "images:\n  - name: quay.io/minio/minio\n    newTag: RELEASE.2024-10-02T17-50-41Z\n",
            ["--image", "quay.io/minio/minio:RELEASE.2025-01-01T00-00-00Z"],
            kind + "images:\n  - name: quay.io/minio/minio\n    newTag: RELEASE.2025-01-01T00-00-00Z\n"),
        SetCase(
            image: kind + "images:\n- name: db\n  newTag: \"15.4\"\n", ["--image", "db:16.0"],
            kind + "images:\n- name: db\n  newTag: \"16.0\"\n"),
        SetCase(
            image: kind + "images:\n- name: db\n  newTag: v1\n", ["--image", "db:16.0"],
            kind + "images:\n- name: db\n  newTag: \"16.0\"\n"),
        SetCase(
            image: kind + "images:\n- name: api\n  newName: reg/old\n  newTag: v1 # deployed\n",
            ["--image", "api=reg:5000/new/api:v2"],
            kind + "images:\n- name: api\n  newName: reg:5000/new/api\n  newTag: v2 # deployed\n"),
        SetCase(
            image: kind + "images:\n- name: api\n  newName: reg/api\n  newTag: v1\n", ["--image", "reg/api:v2"],
            kind + "images:\n- name: api\n  newName: reg/api\n  newTag: v2\n"),
        SetCase(
            image: kind + "images:\n- name: api\n  newName: reg/api\n  newTag: v1\n", ["--image", "api:v2"],
            kind + "images:\n- name: api\n  newTag: v2\n", warning: "newName 'reg/api'"),
        SetCase(
            image: kind + "images:\n- name: api\n  newName: reg/api\n  newTag: v1\n", ["--image", "api=*:v2"],
            kind + "images:\n- name: api\n  newName: reg/api\n  newTag: v2\n"),
        SetCase(
            image: kind + "images:\n- name: api\n  newTag: v1\n", ["--image", "api@sha256:\(digest)"],
            kind + "images:\n- name: api\n  digest: sha256:\(digest)\n", warning: "newTag 'v1'"),
        SetCase(
            image: kind + "images:\n- name: api\n  newTag: v1\n", ["--image", "api:v2@sha256:\(digest)"],
            kind + "images:\n- name: api\n  newTag: v2\n  digest: sha256:\(digest)\n"),
        SetCase(
            image: kind + "images:\n- name: api\n  digest: sha256:\(digest)\n", ["--image", "api:v2"],
            kind + "images:\n- name: api\n  newTag: v2\n", warning: "digest 'sha256:\(digest)'"),
        SetCase(
            image: kind + "images:\n- name: api\n  newTag: v1\n", ["--image", "api=reg/api:*"],
            kind + "images:\n- name: api\n  newTag: v1\n  newName: reg/api\n"),
        SetCase(
            image: "resources: [a.yaml]\n", ["--image", "api=reg/api:v1", "--add"],
            "resources: [a.yaml]\nimages:\n- name: api\n  newName: reg/api\n  newTag: v1\n"),
        SetCase(
            image: kind + "images:\n  - name: a\n    newTag: x\n", ["--image", "api:v1", "--image", "b:v3", "--add"],
            kind + "images:\n  - name: a\n    newTag: x\n  - name: api\n    newTag: v1\n  - name: b\n    newTag: v3\n"),
        SetCase(
            image:
                "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec:\n  images:\n  - name: api\n    newTag: v1\n",
            ["--image", "api:v2"],
            "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec:\n  images:\n  - name: api\n    newTag: v2\n"
        ),
        SetCase(
            image: kind + "images:\n- newTag: v1\n  name: api\n", ["--image", "api:v1"],
            kind + "images:\n- newTag: v1\n  name: api\n"),
        SetCase(
            image: kind + "images:\n- name: api\n  newTag: 3 # a number\n", ["--image", "api:0123"],
            kind + "images:\n- name: api\n  newTag: \"0123\" # a number\n"),
        SetCase(
            image: "apiVersion: kustomize.config.k8s.io/v1beta1\nimages:\n- name: api\n", ["--image", "api:v1"],
            "apiVersion: kustomize.config.k8s.io/v1beta1\nimages:\n- name: api\n  newTag: v1\n"),
    ]

    static let digest = String(repeating: "ab", count: 32)

    @Test(arguments: fields + images)
    func `changes what it is asked to and nothing else`(test: SetCase) throws {
        let folder = try ScratchFolder([test.file: test.before])
        let run = ToolRun(["set", test.file] + test.arguments, workingDirectory: folder.path)
        #expect(run.errors == test.warnings)
        #expect(run.output == "\(test.file) \(test.before == test.after ? "unchanged" : "updated")\n")
        #expect(run.code == .success)
        #expect(folder.read(test.file) == test.after)
        #expect(folder.names == [test.file])
        // The same once more changes nothing.
        let again = ToolRun(["set", test.file] + test.arguments, workingDirectory: folder.path)
        #expect(again.output == "\(test.file) unchanged\n")
        #expect(folder.read(test.file) == test.after)
    }

    static let refusals: [(before: String, arguments: [String], expected: String)] = [
        ("spec:\n  version: 1\n", ["spec.versoin=2"], "2:3: no key 'versoin' here; did you mean 'version'?"),
        ("spec:\n  version: 1\n", ["other=2"], "1:1: no key 'other' here; --add adds it"),
        ("a: 1\n", ["a.b=2", "--add"], "1:4: a scalar stands in the way of 'b'"),
        ("a: [1]\n", ["a[1]=2", "--add"], "1:4: this list has no element 1"),
        ("a: []\n", ["a[0]=2", "--add"], "1:4: no element of '[0]' is there to be changed"),
        ("a: []\n", ["a[0]=2"], "1:4: no element '[0]'"),
        ("a:\n", ["a.b[0]=2"], "1:3: no key 'b' here"),
        ("a: [1]\n", ["a.b=2"], "1:4: a list stands in the way of 'b'"),
        ("a: {b: 1}\n", ["a[0]=2"], "1:4: a mapping stands in the way of '[0]'"),
        (
            "a: {b: 1}\n", ["a=2"],
            "1:4: a mapping or a list stands here; write := and JSON to put something else in its place"
        ),
        ("a:\n- name: x\n- name: x\n", ["a[name=x].v=2"], "3:3: two elements match [name=x]; name one by its position"),
        ("a:\n- name: x\n", ["a[name=y].v=2"], "2:1: no element '[name=y]'; --add adds it"),
        (
            "a: &x {b: 1}\nc: *x\n", ["c.b=2", "--add"],
            "2:4: the path leads through the alias *x; change the value that it stands for, at its anchor"
        ),
        (
            "l:\n- &x {name: api}\nm:\n- *x\n", ["m[name=api].v=2", "--add"],
            "4:3: the path leads through the alias *x; change the value that it stands for, at its anchor"
        ),
        (
            "n: &n api\nm: [{name: *n}, {name: api}]\n", ["m[name=api].v=2", "--add"],
            "2:17: two elements match [name=api]; name one by its position"
        ),
        (
            "kind: Kustomization\nx: &x {name: api}\nimages: [*x]\n", ["--image", "api:v1", "--add"],
            "3:10: the path leads through the alias *x; change the value that it stands for, at its anchor"
        ),
        (
            "a: 1\n---\nkind: B\n", ["a=2"],
            "1:1: the file holds several documents (?/?, B/?); name one by --document KIND/NAME, or keep one that has no kind or "
                + "no metadata.name in a file of its own"
        ),
        ("a: 1\n", ["a=2", "--document", "B/x"], "1:1: no document is 'B/x'; the file holds ?/?"),
        ("", ["a=2", "--add"], "1:1: the file holds nothing"),
        ("a: 1\na: 2\n", ["a=2"], "2:1: duplicate key 'a'"),
        (
            "a: [\n", ["a=2"],
            "2:1: this is not valid YAML: did not find expected node content while parsing a flow node"
        ),
        (
            "a: 1\nsops:\n  mac: x\n", ["a=2"],
            "1:4: SOPS has encrypted this file, and takes it for broken after such a change; change it with 'sops edit', or "
                + "encrypt with mac_only_encrypted and change plain values alone"
        ),
        (
            "a: ENC[x]\nsops:\n  mac: x\n  mac_only_encrypted: true\n", ["a=2"],
            "1:4: SOPS has encrypted this file, and takes it for broken after such a change; change it with 'sops edit', or "
                + "encrypt with mac_only_encrypted and change plain values alone"
        ),
        (
            "kind: Kustomization\nimages: []\n", ["--image", "api:v1"],
            "2:9: no element '[name=api]'; --add adds it"
        ),
        (
            "kind: Kustomization\nimages:\n- name: a\n- name: a\n", ["--image", "a:v1"],
            "4:3: two elements match [name=a]; name one by its position"
        ),
        (
            "kind: Deployment\n", ["--image", "a:v1"],
            "1:1: this is not a Kustomization, and images are set in one alone; name the field by its path instead"
        ),
    ]

    @Test(arguments: refusals)
    func `changes nothing where it cannot do all of it`(
        before: String, arguments: [String], expected: String
    ) throws {
        let folder = try ScratchFolder(["f.yaml": before])
        let run = ToolRun(["set", "f.yaml"] + arguments, workingDirectory: folder.path)
        #expect(run.errors == "error: f.yaml:\(expected) (nothing was written)\n")
        #expect(run.output == "")
        #expect(run.code == .invalidData)
        #expect(folder.read("f.yaml") == before)
    }

    @Test(arguments: [
        (
            [],
            "no file is named; write FILE, and then what to change in it; see 'workload-publisher set --help' (nothing was done)"
        ),
        (
            ["f.yaml"],
            "nothing is to be changed; write PATH=VALUE, or --image [NAME=]REF; see 'workload-publisher set --help' (nothing was done)"
        ),
        (
            ["f.yaml", "a"],
            "'a' is not the beginning of PATH=VALUE or PATH:=JSON; write it like spec.version=1.2 or containers[name=api].image=…; see 'workload-publisher set --help' (nothing was done)"
        ),
        (
            ["f.yaml", "a[x]=1"],
            "'a[x]' is not the beginning of PATH=VALUE or PATH:=JSON; write it like spec.version=1.2 or containers[name=api].image=…; see 'workload-publisher set --help' (nothing was done)"
        ),
        (
            ["f.yaml", "a:={"],
            "behind the := of 'a' stands no JSON: expected a member's name in quotes at byte 1; write a text behind = alone; see 'workload-publisher set --help' (nothing was done)"
        ),
        (
            ["f.yaml", "--image", "api"],
            "--image: 'api' has neither tag nor digest, and no NAME= of which it would be the new name; see 'workload-publisher set --help' (nothing was done)"
        ),
        (
            ["f.yaml", "--image", "api=Reg/x:v1"],
            "--image: 'R' at character 1: a repository is written in lowercase; see 'workload-publisher set --help' (nothing was done)"
        ),
        (
            ["f.yaml", "--image", "*:v1"],
            "--image: no image is named; write NAME=REFERENCE or REFERENCE; see 'workload-publisher set --help' (nothing was done)"
        ),
    ])
    func `says what is wrong with its words`(arguments: [String], expected: String) throws {
        let folder = try ScratchFolder(["f.yaml": "a: 1\n"])
        let run = ToolRun(["set"] + arguments, workingDirectory: folder.path)
        #expect(run.errors == "error: \(expected)\n")
        #expect(run.code == .usage)
    }

    @Test(arguments: [
        (["none.yaml", "a=2"], "'none.yaml' does not exist; write the path relative to the current folder"),
        (
            ["../f.yaml", "a=2"],
            "'../f.yaml' leads outside the tree; name a path inside of it, or another tree by --tree"
        ),
        (
            ["link.yaml", "a=2"],
            "'link.yaml' leads outside the tree; name a path inside of it, or another tree by --tree"
        ),
        (
            ["f.yaml", "a=2", "--tree", "sub"],
            "'f.yaml' does not exist; write the path relative to the current folder"
        ),
        (
            ["f.yaml", "a=2", "--tree", "none"],
            "'none' does not exist; write the path relative to the current folder"
        ),
        (["sub", "a=2"], "'sub' is a folder, not a file"),
        (
            [".git/config.yaml", "a=2"],
            "'.git/config.yaml' leads into '.git', where nothing is written; name another path"
        ),
    ])
    func `stays inside of its tree`(arguments: [String], expected: String) throws {
        let folder = try ScratchFolder([
            "f.yaml": "a: 1\n", "in/f.yaml": "a: 1\n", "in/sub/g.yaml": "a: 1\n", "in/.git/config.yaml": "a: 1\n",
        ])
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/in/link.yaml", withDestinationPath: "../f.yaml")
        let run = ToolRun(["set"] + arguments, workingDirectory: "\(folder.path)/in")
        #expect(run.errors == "error: \(expected)\n")
        #expect(run.code == .noInput)
        for name in ["f.yaml", "in/f.yaml", "in/.git/config.yaml"] { #expect(folder.read(name) == "a: 1\n") }
    }

    @Test(arguments: [
        ["in/f.yaml", "a=2", "--tree", "in"], ["f.yaml", "a=2", "--tree", "in"],
        ["BASE/in/f.yaml", "a=2", "--tree", "BASE/in"],
    ])
    func `takes a path from the current folder or from the tree`(arguments: [String]) throws {
        let folder = try ScratchFolder(["in/f.yaml": "a: 1\n"])
        let arguments = arguments.map { $0.replacing("BASE", with: folder.path) }
        let run = ToolRun(["set"] + arguments, workingDirectory: folder.path)
        #expect(run.output == "\(arguments[0]) updated\n")
        #expect(folder.read("in/f.yaml") == "a: 2\n")
    }

    @Test func `shows what it would do and writes nothing`() throws {
        let folder = try ScratchFolder(["f.yaml": "a: 1\nb: 2\n"])
        let run = ToolRun(["set", "f.yaml", "b=3", "--dry-run"], workingDirectory: folder.path)
        #expect(
            run.output == "--- f.yaml\n+++ f.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\nf.yaml updated (dry run)\n")
        #expect(folder.read("f.yaml") == "a: 1\nb: 2\n")
    }

    @Test func `takes nothing from the variables of a pipeline`() throws {
        let folder = try ScratchFolder(["kustomization.yaml": "images:\n- name: api\n  newTag: v1\n"])
        let run = ToolRun(
            ["set", "kustomization.yaml", "images[0].newTag=v2"],
            environment: ["IMAGE": "api:v9", "PUBLISH_TREE": "/none", "DRY_RUN": "true"], workingDirectory: folder.path)
        #expect(run.output == "kustomization.yaml updated\n")
        #expect(folder.read("kustomization.yaml") == "images:\n- name: api\n  newTag: v2\n")
    }
}

/// What kubectl makes of a Kustomization after set has changed it.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/kubectl")))
struct KubectlOfWhatSetWrote {
    @Test(arguments: [
        (["--image", "api=reg.example.com/shop/api:1.10"], "reg.example.com/shop/api:1.10"),
        (["--image", "api:1.2"], "api:1.2"),
        (["--image", "api=*:007"], "old/api:007"),
        (["--image", "api@sha256:\(TheCommandSet.digest)"], "api@sha256:\(TheCommandSet.digest)"),
        (["--image", "api=x/y:1e3@sha256:\(TheCommandSet.digest)"], "x/y:1e3@sha256:\(TheCommandSet.digest)"),
        (["--image", "old/api:2024-01-02"], "old/api:2024-01-02"),
    ])
    func `builds the image that was asked for`(arguments: [String], expected: String) throws {
        let folder = try ScratchFolder([
            "kustomization.yaml":
                "resources: [pod.yaml]\nimages: # ours\n  - {name: api, newName: old/api, newTag: v1}\n",
            "pod.yaml":
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: 'api:v0'}]}\n",
        ])
        #expect(ToolRun(["set", "kustomization.yaml"] + arguments, workingDirectory: folder.path).code == .success)
        let kubectl = Process()
        kubectl.executableURL = URL(filePath: "/usr/bin/kubectl")
        kubectl.arguments = ["kustomize", folder.path]
        let pipe = Pipe()
        kubectl.standardOutput = pipe
        try kubectl.run()
        let built = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        kubectl.waitUntilExit()
        #expect(built.contains("- image: \(expected)\n"), "\(built)")
    }
}
