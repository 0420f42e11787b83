import JSON
import ManifestTree
import Objects
import Testing

@Suite struct TheWorkloadOfATree {
    private static let owner = "  owner:\n    projectName: shop\n    componentName: api\n"
    private static let head = "apiVersion: openchoreo.dev/v1alpha1\nkind: Workload\nmetadata:\n  name: api-workload\n"
    private static let workload = head + "spec:\n" + owner + "  container:\n    image: reg/api:1 # ours\n"
    private static let component =
        "apiVersion: openchoreo.dev/v1alpha1\nkind: Component\nmetadata:\n  name: api\n  namespace: default\n"
    private static let created = """
        apiVersion: openchoreo.dev/v1alpha1
        kind: Workload
        metadata:
          name: api-workload
          namespace: default
        spec:
          container:
            image: reg/api:2
          owner:
            componentName: api
            projectName: shop

        """

    private static func updated(_ text: String) -> String { text.replacing("reg/api:1", with: "reg/api:2") }

    static let found: [(name: String, files: [String: String], at: String)] = [
        ("by its owner", ["a/b/x.yaml": workload.replacing("api-workload", with: "other")], "a/b/x.yaml"),
        (
            "in JSON",
            [
                "x.json":
                    "{\"apiVersion\": \"openchoreo.dev/v1\", \"kind\": \"Workload\", \"metadata\": {\"name\": \"w\"}, \"spec\": {\"owner\": {\"projectName\": \"shop\", \"componentName\": \"api\"}, \"container\": {\"image\": \"reg/api:1\"}}}"
            ], "x.json"
        ),
        ("as one of several documents", ["x.yml": "# a\na: 1\n---\n\(workload)---\nb: 2\n"], "x.yml"),
        (
            "inside of a List",
            [
                "x.yaml":
                    "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n- apiVersion: openchoreo.dev/v1alpha1\n  kind: Workload\n  metadata: {name: w}\n  spec:\n    owner: {projectName: shop, componentName: api}\n    container: {image: 'reg/api:1'}\n"
            ], "x.yaml"
        ),
        (
            "by its name where none has the owner",
            ["x.yaml": head + "spec:\n  container:\n    image: reg/api:1\n  # no more\n"], "x.yaml"
        ),
        (
            "apart from the patches of overlays",
            ["base/w.yaml": workload, "overlays/dev/w.yaml": head + "spec:\n  container:\n    image: reg/api:dev\n"],
            "base/w.yaml"
        ),
        (
            "apart from those of other projects, components, namespaces and kinds",
            [
                "a.yaml": workload.replacing("shop", with: "other").replacing("api-workload", with: "w"),
                "b.yaml": workload.replacing("componentName: api", with: "componentName: web").replacing(
                    "api-workload", with: "w"),
                "c.yaml": workload.replacing(
                    "  name: api-workload\n", with: "  name: api-workload\n  namespace: other\n"),
                "d.yaml": workload.replacing("kind: Workload", with: "kind: Release"),
                "e.yaml": workload.replacing("openchoreo.dev", with: "example.com"),
                "f.yaml": workload,
            ], "f.yaml"
        ),
        ("apart from folders that begin with a dot", [".occ/x.yaml": workload, "x.yaml": workload], "x.yaml"),
    ]

    @Test(arguments: found)
    func `a tree's Workload is found`(name: String, files: [String: String], at path: String) throws {
        let checkout = try TestCheckout(files)
        let dry = try checkout.publish(isDryRun: true)
        #expect(dry.line == "\(path) updated")
        #expect(checkout.files == files)
        let run = try checkout.publish()
        #expect(run.line == "\(path) updated")
        #expect(run.warnings == [])
        var expected = files
        if !files[path]!.contains("owner") {
            expected[path] = files[path]!.replacing(
                "    image: reg/api:1\n", with: "    image: reg/api:2\n" + Self.owner)
        } else {
            expected[path] = Self.updated(files[path]!)
        }
        #expect(checkout.files == expected)
        #expect(dry.changes.map(\.after) == run.changes.map(\.after))
        #expect(try checkout.publish().line == "\(path) unchanged")
        #expect(checkout.files == expected)
    }

    static let new: [(name: String, files: [String: String], path: String?, at: String)] = [
        ("beside its Component", ["apps/api/component.yaml": component], nil, "apps/api/workload.yaml"),
        ("beside its Component at the top", ["c.yaml": component], nil, "workload.yaml"),
        (
            "not beside one of another project",
            ["c.yaml": component + "spec: {owner: {projectName: other}}\n"], nil,
            "namespaces/default/projects/shop/components/api/workload.yaml"
        ),
        (
            "by namespace and project", ["README.md": "x"], nil,
            "namespaces/default/projects/shop/components/api/workload.yaml"
        ),
        ("as occ lays it out", ["projects/x.txt": ""], nil, "projects/shop/components/api/workload.yaml"),
        (
            "by namespace where there are both", ["projects/x.txt": "", "namespaces/y.txt": ""], nil,
            "namespaces/default/projects/shop/components/api/workload.yaml"
        ),
        ("in a file that is named", ["c.yaml": component], "x/api.yaml", "x/api.yaml"),
        ("in a folder that is there", ["x/y.txt": ""], "x", "x/workload.yaml"),
        ("in a folder that is made", [:], "x/", "x/workload.yaml"),
        ("in a file whose name says nothing", [:], "x", "x"),
        ("in the tree's own folder", [:], "./", "workload.yaml"),
        ("in a folder in another spelling", ["x/y.txt": ""], "./x/.", "x/workload.yaml"),
    ]

    @Test(arguments: new)
    func `a tree's Workload gets a file of its own`(
        name: String, files: [String: String], path: String?, at place: String
    ) throws {
        let checkout = try TestCheckout(files)
        let run = try checkout.publish(path: path)
        #expect(run.line == "\(place) created")
        var expected = files
        expected[place] = Self.created
        #expect(checkout.files == expected)
        #expect(try checkout.publish(path: path).line == "\(place) unchanged")
    }

    static let kustomizations: [(file: String, before: String, after: String)] = [
        (
            "kustomization.yaml", "resources:\n  # all\n  - component.yaml\n",
            "resources:\n  # all\n  - component.yaml\n  - workload.yaml\n"
        ),
        ("kustomization.yml", "resources: [component.yaml]\n", "resources: [component.yaml, workload.yaml]\n"),
        ("Kustomization", "namePrefix: x-\n", "namePrefix: x-\nresources:\n- workload.yaml\n"),
        ("kustomization.yaml", "resources: [./workload.yaml]\n", "resources: [./workload.yaml]\n"),
        (
            "kustomization.yaml", "resources: [../x/../workload.yaml, x/../workload.yaml]\n",
            "resources: [../x/../workload.yaml, x/../workload.yaml]\n"
        ),
        ("kustomization.yaml", "resources: [../k/workload.yaml]\n", "resources: [../k/workload.yaml]\n"),
    ]

    @Test(arguments: kustomizations)
    func `a tree's Workload is named in the kustomization beside it`(file: String, before: String, after: String) throws
    {
        let checkout = try TestCheckout(["k/\(file)": before, "k/component.yaml": Self.component])
        #expect(try checkout.publish().line == "k/workload.yaml created")
        #expect(checkout.files["k/\(file)"] == after)
    }

    @Test(arguments: [
        ("# nothing yet\n", "the file holds nothing"),
        ("x: &x [a.yaml]\nresources: *x\n", "they are no list"),
        ("- a\n", "this is not a mapping"),
    ])
    func `a tree's Workload is not named in a kustomization that has no list, which is said`(
        text: String, reason: String
    ) throws {
        let checkout = try TestCheckout(["k/kustomization.yaml": text, "k/component.yaml": Self.component])
        let run = try checkout.publish()
        #expect(run.line == "k/workload.yaml created")
        #expect(checkout.files["k/kustomization.yaml"] == text)
        #expect(run.warnings.count == 1)
        #expect(
            run.warnings.first?.hasPrefix("k/kustomization.yaml: workload.yaml is not added to its resources: ") == true
        )
        #expect(run.warnings.first?.hasSuffix(reason) == true)
    }

    static let refusals: [(name: String, files: [String: String], path: String?, expected: String)] = [
        (
            "two of one component", ["a.yaml": workload, "b/c.yaml": workload], nil,
            "two manifests hold the Workload api-workload: a.yaml:1 and b/c.yaml:1"
        ),
        (
            "two Components", ["a.yaml": component, "b.yaml": component], nil,
            "two manifests hold the Component api: a.yaml:1 and b.yaml:1"
        ),
        (
            "something else in the place", ["a/component.yaml": component, "a/workload.yaml": "kind: Other\n"], nil,
            "a/workload.yaml: something else stands in the place for the new object"
        ),
        (
            "something else in the named place", ["x.yaml": "kind: Other\n"], "x.yaml",
            "x.yaml: something else stands in the place for the new object"
        ),
        (
            "an alias in the way",
            ["x.yaml": "x: &x {image: 'reg/api:1'}\n" + head + "spec:\n" + owner + "  container: *x\n"], nil,
            "x.yaml:10:14: the path leads through the alias *x; change the value that it stands for, at its anchor"
        ),
        (
            "an alias elsewhere that would change as well",
            [
                "x.yaml":
                    "kind: List\nitems:\n- apiVersion: openchoreo.dev/v1\n  kind: Workload\n"
                    + "  metadata: {name: api-workload}\n"
                    + "  spec:\n    owner: {projectName: shop, componentName: api}\n    container: {image: &i 'reg/api:1'}\n"
                    + "- kind: Other\n  image: *i\n"
            ], nil,
            "x.yaml: an alias elsewhere would change with its anchor in this object; write its value in its place"
        ),
        (
            "a file that SOPS encrypts", ["x.yaml": workload + "sops:\n  mac: ENC[x]\n"], nil,
            "x.yaml: SOPS has encrypted this file, and takes it for broken after a change"
        ),
        ("a place outside", [:], "../x.yaml", "'../x.yaml' leads outside the tree; name a path inside of it"),
        (
            "a place in .git", [:], ".git/x.yaml",
            "'.git/x.yaml' leads into '.git', where nothing is written; name another path"
        ),
    ]

    @Test(arguments: refusals)
    func `a tree's Workload is not written where that cannot be right`(
        name: String, files: [String: String], path: String?, expected: String
    ) throws {
        let checkout = try TestCheckout(files)
        let problem = #expect(throws: Problem.self) { try checkout.publish(path: path) }
        #expect(problem?.description == expected)
        #expect(checkout.files == files)
    }

    @Test func `the search for a tree's Workload is confined to a path`() throws {
        let checkout = try TestCheckout(["a/w.yaml": Self.workload, "b/w.yaml": Self.workload])
        #expect(try checkout.publish(path: "b").line == "b/w.yaml updated")
        #expect(checkout.files["a/w.yaml"] == Self.workload)
        #expect(try checkout.publish(path: "a/w.yaml").line == "a/w.yaml updated")
    }

    @Test func `the search for a tree's Workload leaves alone what is no manifest, and says so`() throws {
        let checkout = try TestCheckout([
            "broken.yaml": "a: [\n", "twice.yaml": "a: 1\na: 2\n", "chart/Chart.yaml": "name: x\n",
            ".git/w.yaml": Self.workload, "chart/templates/a.yaml": "{{ if }}\n",
            "chart/templates/b.yaml": "{{ if }}\n", "values.yaml": "- 1\n",
            "tags.yaml": "a: !Ref b\n? [x]\n: 1\n", "text.md": "a: [", "x.yaml": Self.workload, "z.json": "{a: [",
        ])
        try checkout.link("outside.yaml", to: "/etc/hostname")
        try checkout.link("gone.yaml", to: "nowhere.yaml")
        try checkout.link("git.yaml", to: ".git/w.yaml")
        let run = try checkout.publish()
        #expect(run.line == "x.yaml updated")
        #expect(
            run.warnings == [
                "broken.yaml: left alone: 2:1: this is not valid YAML: did not find expected node content while parsing a "
                    + "flow node",
                "chart: a Helm chart, whose templates are no manifests, is left alone",
                "'git.yaml' leads into '.git', where nothing is written; name another path",
                "'gone.yaml' goes through a symbolic link to 'nowhere.yaml', which does not exist",
                "'outside.yaml' leads outside the tree; name a path inside of it",
                "twice.yaml: left alone: 2:1: duplicate key 'a', which line 1 has already; remove one of them",
            ])
    }

    @Test func `a tree's Workload counts once by whatever links it is reached`() throws {
        let checkout = try TestCheckout(["base/w.yaml": Self.workload])
        try checkout.link("a.yaml", to: "base/w.yaml")
        try checkout.link("z.yaml", to: "base/w.yaml")
        try checkout.link("folder", to: "base")
        #expect(try checkout.publish().line == "base/w.yaml updated")
        #expect(checkout.files["z.yaml"] == Self.updated(Self.workload))
    }

    @Test func `a tree's Workload takes the name that is asked for`() throws {
        let checkout = try TestCheckout(["w.yaml": Self.workload.replacing("name: api-workload", with: "name: old # n")]
        )
        _ = try checkout.publish()
        #expect(checkout.files["w.yaml"]?.contains("name: old # n\n") == true)
        _ = try checkout.publish(image: "reg/api:3", renames: true)
        #expect(checkout.files["w.yaml"]?.contains("name: api-workload # n\n") == true)
    }
}
