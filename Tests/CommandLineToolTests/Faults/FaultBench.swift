import CommandLineTool
import JSON
import MockControlPlane

/// One run of the whole flow with a fault in it, and what it left.
struct FaultBench {
    let cell: FaultCell
    let bench: Bench
    private let before: JSONValue?
    private let runBefore: JSONValue?

    private static let bystander: JSONValue = ["metadata": ["labels": ["hands": "off"]], "spec": ["x": 1]]
    static let oldWorkload: JSONValue = [
        "metadata": ["labels": ["team": "a"], "annotations": ["note": "by hand"]],
        "spec": [
            "owner": ["projectName": "shop", "componentName": "api"],
            "container": ["image": "registry.example.com/shop/api:0.9.0", "args": ["--old"]],
        ],
    ]

    init(_ cell: FaultCell, _ configure: (inout MockControlPlane.Configuration) -> Void = { _ in }) throws {
        self.cell = cell
        bench = try Bench(configure)
        let controlPlane = bench.controlPlane
        controlPlane.workflowRuns["default", "run-7"] = [
            "metadata": ["annotations": ["note": "by hand"], "labels": ["keep": "me"]],
            "spec": ["workflow": ["name": "docker", "parameters": ["n": .number(JSONNumber(10))]]],
        ]
        if cell.startsWithWorkload { controlPlane.workloads["default", "api-workload"] = Self.oldWorkload }
        for place in [("default", "other-workload"), ("elsewhere", "api-workload")] {
            controlPlane.workloads[place.0, place.1] = Self.bystander
        }
        for place in [("default", "run-8"), ("elsewhere", "run-7")] {
            controlPlane.workflowRuns[place.0, place.1] = Self.bystander
        }
        before = controlPlane.workloads["default", "api-workload"]
        runBefore = controlPlane.workflowRuns["default", "run-7"]
        if case .server(let fault) = cell.fault.injection {
            if cell.isStanding {
                controlPlane.always(cell.route, fault)
            } else {
                controlPlane.script(cell.route, [fault])
            }
        }
    }

    /// The base URL of the server that the cell's request goes to.
    var baseURL: String {
        if case .unresolvableHost = cell.fault.injection { return Self.unresolvable }
        return bench.controlPlane.baseURL
    }

    /// A label of 64 letters is no name, so that no resolver is asked.
    private static let unresolvable = "http://\(String(repeating: "a", count: 64)).invalid"

    /// Runs publish with the cell's fault.
    func run(_ arguments: [String] = [], variables: [String: String] = [:]) -> ToolRun {
        var environment = bench.environment
        if case .unresolvableHost = cell.fault.injection {
            if cell.route == .token {
                environment["OAUTH_URL"] = "\(baseURL)/oauth2/token"
            } else {
                environment["API_URL"] = baseURL
            }
        }
        environment.merge(variables) { _, new in new }
        let patience = cell.fault.isSlow ? ["--request-timeout=250ms", "--max-retries=1"] : []
        return ToolRun(
            ["publish", "--run-name=run-7", "--outputs-dir", "\(bench.checkout.path)/out"] + patience + arguments,
            environment: environment, workingDirectory: bench.checkout.path, clock: clock)
    }

    /// A clock that closes the port just before the cell's request, and opens it before another try that is to succeed.
    private var clock: LeapingClock {
        guard case .closedPort = cell.fault.injection else { return LeapingClock() }
        let port = ClosablePort(bench.controlPlane)
        return LeapingClock(
            onLook: { [cell, controlPlane = bench.controlPlane] in
                if controlPlane.requests.last?.route == cell.predecessor { port.close() }
            },
            onSleep: { [cell] in if !cell.isStanding { port.open() } })
    }

    /// How often each call was made.
    var counts: [MockControlPlane.Route: Int] {
        Dictionary(bench.controlPlane.requests.map { ($0.route, 1) }, uniquingKeysWith: +)
    }

    /// Whether nothing but the Workload and the run was touched.
    var isRestUntouched: Bool {
        let controlPlane = bench.controlPlane
        func isBystander(_ object: JSONValue?) -> Bool {
            object?["spec"] == Self.bystander["spec"]
                && object?["metadata"]?["labels"] == Self.bystander["metadata"]?["labels"]
        }
        let workloads = ["default/api-workload", "default/other-workload", "elsewhere/api-workload"]
        let hasWorkload = controlPlane.workloads["default", "api-workload"] != nil
        return controlPlane.workloads.paths == (hasWorkload ? workloads : Array(workloads.dropFirst()))
            && controlPlane.workflowRuns.paths == ["default/run-7", "default/run-8", "elsewhere/run-7"]
            && isBystander(controlPlane.workloads["default", "other-workload"])
            && isBystander(controlPlane.workloads["elsewhere", "api-workload"])
            && isBystander(controlPlane.workflowRuns["default", "run-8"])
            && isBystander(controlPlane.workflowRuns["elsewhere", "run-7"])
    }

    /// The Workload that the server should hold.
    func workload(_ outcome: FaultOutcome.Workload) -> JSONValue? {
        if outcome == .asBefore { return before }
        var object = (bench.workload ?? [:]).object ?? JSONObject()
        var container = JSONObject()
        container["image"] = "registry.example.com/shop/api:1.0.0"
        container["env"] = [["key": "LOG_LEVEL", "value": "info"]]
        // A descriptor cannot say it, so a merge keeps it.
        container["args"] = outcome == .merged ? before?["spec"]?["container"]?["args"] : nil
        object["spec"] = [
            "owner": ["projectName": "shop", "componentName": "api"],
            "container": .object(container),
            "endpoints": ["api": ["port": 8080, "type": "HTTP"]],
        ]
        var metadata = object["metadata"]?.object ?? JSONObject()
        for field in ["labels", "annotations"] {
            metadata[field] = outcome == .merged ? before?["metadata"]?[field] : nil
        }
        object["metadata"] = .object(metadata)
        return .object(object)
    }

    /// The run that the server should hold.
    func workflowRun(isAnnotated: Bool, hasCopy: Bool) -> JSONValue? {
        guard isAnnotated, var run = runBefore?.object, var metadata = run["metadata"]?.object else { return runBefore }
        var annotations: JSONObject = JSONObject()
        annotations["note"] = "by hand"
        annotations["openchoreo.dev/workload-from-source"] = "true"
        annotations["openchoreo.dev/image"] = "registry.example.com/shop/api:1.0.0"
        let copy = bench.controlPlane.requests(.createWorkload).first?.text ?? ""
        annotations["openchoreo.dev/workload"] = hasCopy ? .string(copy) : nil
        metadata["annotations"] = .object(annotations)
        run["metadata"] = .object(metadata)
        return .object(run)
    }
}
