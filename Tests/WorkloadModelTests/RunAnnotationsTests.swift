import JSON
import Testing
import WorkloadModel

@Suite struct AnnotatingARun {
    private func workload(annotationOf size: Int = 0) -> Workload {
        Workload(
            parameters: WorkloadParameters(
                image: "r.example/x:1", namespace: "n", project: "p", component: "c", workloadName: "c-workload",
                annotations: size == 0 ? [:] : ["filler": String(repeating: "x", count: size)]),
            descriptor: nil)
    }

    @Test func `annotating a run changes its own annotations and nothing else, to the digit`() throws {
        let run = try JSONValue(
            parsing: #"""
                {"apiVersion":"x","kind":"WorkflowRun","metadata":{"annotations":{"a":"1","openchoreo.dev/workload":"old"},
                "name":"r","unknown":[1.50,1e3,12345678901234567890]},"spec":{"workflow":{"parameters":{"n":0.10}}},
                "status":{"deep":{"x":null}}}
                """#)
        let annotations = RunAnnotations(of: workload(), beside: run)
        #expect(annotations.leftOut.isEmpty)
        let expected =
            #"{"apiVersion":"x","kind":"WorkflowRun","metadata":{"annotations":{"a":"1","#
            + #""openchoreo.dev/image":"r.example/x:1","#
            + #""openchoreo.dev/workload":"{\"metadata\":{\"name\":\"c-workload\",\"namespace\":\"n\"},"#
            + #"\"spec\":{\"container\":{\"image\":\"r.example/x:1\"},"#
            + #"\"owner\":{\"componentName\":\"c\",\"projectName\":\"p\"}}}","#
            + #""openchoreo.dev/workload-from-source":"false"},"name":"r","unknown":[1.50,1e3,12345678901234567890]},"#
            + #""spec":{"workflow":{"parameters":{"n":0.10}}},"status":{"deep":{"x":null}}}"#
        #expect(annotations.set(on: run).text() == expected)
    }

    @Test func `annotating a run fills the room that its other annotations leave, and not a byte more`() {
        let size = workload().payload.serialized().count
        let keys =
            "openchoreo.dev/workload".utf8.count + "openchoreo.dev/workload-from-source".utf8.count + 5
            + "openchoreo.dev/image".utf8.count + "r.example/x:1".utf8.count
        let room = KubernetesMetadata.maximumAnnotationBytes - size - keys - "other".utf8.count
        func run(_ count: Int) -> JSONValue {
            ["metadata": ["annotations": ["other": .string(String(repeating: "x", count: count))]]]
        }
        #expect(RunAnnotations(of: workload(), beside: run(room)).leftOut.isEmpty)
        let full = RunAnnotations(of: workload(), beside: run(room + 1))
        #expect(!full.hasCopy)
        let annotations = full.set(on: run(room + 1))["metadata"]?["annotations"]
        #expect(annotations?["openchoreo.dev/workload"] == nil)
        #expect(annotations?["openchoreo.dev/workload-from-source"] == "false")
    }
}
