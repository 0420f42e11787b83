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

    @Test func `a run carries the whole payload, the last byte of the limit used`() {
        let annotation = Self.workload().annotation(limit: Self.whole.utf8.count)
        #expect(annotation.text == Self.whole)
        #expect(annotation.omissions == [])
        #expect(Self.workload().payload.text() == Self.whole)
    }

    @Test(arguments: [whole.utf8.count - 1, withoutSchemas.utf8.count])
    func `a run's copy of the Workload leaves out schema contents first`(limit: Int) {
        let annotation = Self.workload().annotation(limit: limit)
        #expect(annotation.text == Self.withoutSchemas)
        #expect(annotation.omissions == [.schemaContents])
    }

    @Test(arguments: [withoutSchemas.utf8.count - 1, withoutValues.utf8.count])
    func `a run's copy of the Workload leaves out file values next`(limit: Int) {
        let annotation = Self.workload().annotation(limit: limit)
        #expect(annotation.text == Self.withoutValues)
        #expect(annotation.omissions == [.schemaContents, .fileValues])
    }

    @Test(arguments: [withoutValues.utf8.count - 1, 0])
    func `a run carries no copy where even the rest of the Workload is too large`(limit: Int) {
        let annotation = Self.workload().annotation(limit: limit)
        #expect(annotation.text == nil)
    }
}
