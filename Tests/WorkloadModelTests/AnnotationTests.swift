import JSON
import Testing
import WorkloadModel

@Suite struct WorkloadAnnotations {
    private static func workload() -> Workload {
        let report = read(
            """
            endpoints: [{name: api, port: 80, type: HTTP, schemaFile: openapi.yaml}]
            configurations:
              env: [{name: A, value: kept}]
              files: [{name: a, mountPath: /a, valueFrom: {path: app.json}}, {name: b, mountPath: /b, value: text}]
            """)
        return Workload(parameters: parameters(component: "app"), descriptor: report.descriptor)
    }

    private static let whole =
        #"{"metadata":{"name":"app-workload","namespace":"acme"},"spec":{"container":{"#
        + #""env":[{"key":"A","value":"kept"}],"#
        + #""files":[{"key":"a","mountPath":"/a","value":"{\"a\": 1}\n"},{"key":"b","mountPath":"/b","value":"text"}],"#
        + #""image":"registry.example.com/shop/app:1.4.2"},"#
        + #""endpoints":{"api":{"port":80,"schema":{"content":"openapi: 3.0.3\n","type":"openapi"},"type":"HTTP"}},"#
        + #""owner":{"componentName":"app","projectName":"default"}}}"#
    private static let withoutSchemas = whole.replacing(#""content":"openapi: 3.0.3\n","#, with: "")
    private static let withoutValues =
        withoutSchemas
        .replacing(#","value":"{\"a\": 1}\n""#, with: "").replacing(#","value":"text""#, with: "")

    /// The copy for a run whose other annotations leave it room for so many bytes.
    private static func copy(room: Int, leavingOut more: Int = 0) -> (text: String?, leftOut: [String]) {
        let own =
            "openchoreo.dev/workload" + "openchoreo.dev/workload-from-source" + "true" + "openchoreo.dev/image"
            + "registry.example.com/shop/app:1.4.2"
        let size = KubernetesMetadata.maximumAnnotationBytes - own.utf8.count - room - 1
        let run: JSONValue = ["metadata": ["annotations": ["x": .string(String(repeating: "x", count: size))]]]
        let annotations = RunAnnotations(of: workload(), beside: run, leavingOut: more)
        let text = annotations.set(on: run)["metadata"]?["annotations"]?["openchoreo.dev/workload"]?.string
        #expect(annotations.hasCopy == (text != nil))
        return (text, annotations.leftOut)
    }

    @Test func `a run carries the whole payload, the last byte of the room used`() {
        #expect(Self.copy(room: Self.whole.utf8.count) == (Self.whole, []))
        #expect(Self.workload().payload.text() == Self.whole)
    }

    @Test(arguments: [whole.utf8.count - 1, withoutSchemas.utf8.count])
    func `a run's copy of the Workload leaves out schema contents first`(room: Int) {
        #expect(Self.copy(room: room) == (Self.withoutSchemas, ["schema contents"]))
    }

    @Test(arguments: [withoutSchemas.utf8.count - 1, withoutValues.utf8.count])
    func `a run's copy of the Workload leaves out file values next`(room: Int) {
        #expect(Self.copy(room: room) == (Self.withoutValues, ["schema contents", "file values"]))
    }

    @Test(arguments: [withoutValues.utf8.count - 1, 0])
    func `a run carries no copy where even the rest of the Workload is too large`(room: Int) {
        #expect(Self.copy(room: room) == (nil, ["everything"]))
    }

    @Test func `a run's copy of the Workload leaves out more where it is asked to`() {
        #expect(Self.copy(room: 10_000, leavingOut: 1) == (Self.withoutSchemas, ["schema contents"]))
        #expect(Self.copy(room: Self.withoutSchemas.utf8.count, leavingOut: 1).text == Self.withoutValues)
        #expect(Self.copy(room: 10_000, leavingOut: 3) == (nil, ["everything"]))
    }
}
