import JSON
import ManifestTree
import Objects
import Testing

@Suite struct TheChangedWorkload {
    private static let head =
        "apiVersion: openchoreo.dev/v1\nkind: Workload\nmetadata:\n  name: w\nspec:\n  owner: {projectName: shop, componentName: api}\n"

    static let changes: [(before: String, container: JSONValue, after: String)] = [
        (
            "  container:\n    # pinned\n    image: 'reg/api:1'\n", ["image": "reg/api:2"],
            "  container:\n    # pinned\n    image: 'reg/api:2'\n"
        ),
        (
            "  container:\n    image: i\n    env:\n    - key: A\n      value: \"1\" # one\n    - key: B\n      value: b\n",
            ["image": "i", "env": [["key": "A", "value": "1"], ["key": "B", "value": "c"]]],
            "  container:\n    image: i\n    env:\n    - key: A\n      value: \"1\" # one\n    - key: B\n      value: c\n"
        ),
        (
            "  container:\n    image: i\n    env:\n    - key: A\n    # b\n    - key: B\n    - key: C\n",
            ["image": "i", "env": [["key": "A"], ["key": "C"]]],
            "  container:\n    image: i\n    env:\n    - key: A\n    # b\n    - key: C\n"
        ),
        (
            "  container:\n    image: i\n    env:\n    - key: A\n  other: 1\n",
            ["image": "i", "env": [["key": "A"], ["key": "B"]]],
            "  container:\n    image: i\n    env:\n    - key: A\n    - key: B\n  other: 1\n"
        ),
        (
            "  container:\n    image: i\n    env:\n    - key: A\n    args: [x]\n", ["image": "i"],
            "  container:\n    image: i\n    args: [x]\n"
        ),
        (
            "  container:\n    image: i\n    args: [x]\n    env: []\n", ["image": "i"],
            "  container:\n    image: i\n    args: [x]\n    env: []\n"
        ),
        (
            "  container:\n    image: i\n    env: []\n", ["image": "i", "env": [["key": "A", "value": "yes"]]],
            "  container:\n    image: i\n    env:\n    - key: A\n      value: \"yes\"\n"
        ),
        (
            "  container:\n    image: &i reg/api:1\n    env:\n    - key: A\n      value: *i # was\n",
            ["image": "reg/api:2", "env": [["key": "A", "value": "reg/api:1"]]],
            "  container:\n    image: &i reg/api:2\n    env:\n    - key: A\n      value: reg/api:1 # was\n"
        ),
        (
            "  container:\n    image: &i reg/api:1\n    env:\n    - key: A\n      value: *i\n",
            ["image": "reg/api:2", "env": [["key": "A", "value": "reg/api:2"]]],
            "  container:\n    image: &i reg/api:2\n    env:\n    - key: A\n      value: reg/api:2\n"
        ),
        (
            "  container: {image: i}\n", ["image": "i", "env": [["key": "A"]]],
            "  container: {image: i, env: [{key: A}]}\n"
        ),
        (
            "  container:\n    image: i\n    env:\n    - key: A\n      value: yes\n",
            ["image": "i", "env": [["key": "A", "value": "yes"]]],
            "  container:\n    image: i\n    env:\n    - key: A\n      value: \"yes\"\n"
        ),
    ]

    @Test(arguments: changes)
    func `a changed Workload in a tree has the values that differ and every other byte as it was`(
        before: String, container: JSONValue, after: String
    ) throws {
        let checkout = try TestCheckout(["w.yaml": Self.head + before])
        let spec: JSONValue = ["owner": ["projectName": "shop", "componentName": "api"], "container": container]
        let run = try checkout.publish(spec: spec)
        #expect(checkout.files["w.yaml"] == Self.head + after)
        #expect(run.line == "w.yaml \(before == after ? "unchanged" : "updated")")
        #expect(try checkout.publish(spec: spec).line == "w.yaml unchanged")
    }
}
