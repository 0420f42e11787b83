import JSON
import Testing

@testable import Kubernetes

@Suite struct AStatusCondition {
    private func object(_ status: String, generation: Int = 2) throws -> JSONValue {
        try JSONValue(parsing: #"{"metadata": {"generation": \#(generation)}, "status": \#(status)}"#)
    }

    @Test(arguments: [
        ("condition=Ready", #"{"conditions": [{"type": "Ready", "status": "True"}]}"#, true),
        ("condition=ready=true", #"{"conditions": [{"type": "Ready", "status": "True"}]}"#, true),
        ("condition=Ready", #"{"conditions": [{"type": "Ready", "status": "False"}]}"#, false),
        ("condition=Ready=False", #"{"conditions": [{"type": "Ready", "status": "False"}]}"#, true),
        ("condition=Ready", "{}", false),
        ("condition=Ready", #"{"conditions": [{"type": "Ready", "status": "True", "observedGeneration": 1}]}"#, false),
        ("condition=Ready", #"{"conditions": [{"type": "Ready", "status": "True", "observedGeneration": 2}]}"#, true),
        ("condition=Ready", #"{"observedGeneration": 1, "conditions": [{"type": "Ready", "status": "True"}]}"#, false),
        (".status.phase=Running", #"{"phase": "Running"}"#, true),
        ("jsonpath='{.status.phase}'=Running", #"{"phase": "Running"}"#, true),
        ("jsonpath={.status.phase}=Running", #"{"phase": "Running"}"#, true),
        (".status.phase=Running", #"{"phase": "Running", "observedGeneration": 1}"#, false),
        (
            ".status.phase=Running",
            #"{"phase": "Running", "conditions": [{"type": "Ready", "status": "True", "observedGeneration": 1}]}"#,
            false
        ),
        (".status.replicas=3", #"{"replicas": 3}"#, true),
        (".status.url=https://a?b=c", #"{"url": "https://a?b=c"}"#, true),
    ])
    func `a status condition holds or does not`(text: String, status: String, holds: Bool) throws {
        #expect(try StatusCondition(text).holds(for: object(status)) == holds)
    }

    @Test(arguments: [
        "Ready", "condition=", "condition=Ready=", "status.phase=A", ".=A", ".a..b=A", ".status.phase=", "",
        ".status.phase!=A", ".status.conditions[0].status=True", "jsonpath={.status.phase=A",
        "jsonpath='{.status.conditions[?(@.type==\"Ready\")].status}'=True",
    ])
    func `a status condition has to be well formed`(text: String) {
        #expect(throws: StatusCondition.MalformedCondition.self) { try StatusCondition(text) }
    }

    @Test func `a condition that does not hold is described with the reasons that the object gives`() throws {
        let status = try object(
            #"{"phase": "Failed", "message": "bad quantity", "remediationHint": "write 512Mi", "podName": "p","#
                + #""conditions": [{"type": "Ready", "status": "False", "reason": "Invalid", "message": "memory"}]}"#)
        #expect(
            try StatusCondition("condition=Ready").story(of: status)
                == "condition Ready is False; Invalid; memory; phase: Failed; message: bad quantity; remediationHint: write 512Mi"
        )
        #expect(
            try StatusCondition(".status.phase=Running").story(of: status)
                == ".status.phase is Failed; Ready: Invalid: memory; message: bad quantity; "
                + "remediationHint: write 512Mi")
        #expect(try StatusCondition("condition=Ready").story(of: object("{}")) == "condition Ready is not there")
    }
}
