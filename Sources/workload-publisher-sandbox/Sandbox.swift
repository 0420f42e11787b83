import CommandLineTool
import JSON
import MockControlPlane
import System

/// A control plane for one command line, and what that has to know of it.
struct Sandbox {
    let controlPlane: MockControlPlane

    /// The WorkflowRun that exists from the start, for `--run-name`.
    static let run = "sandbox-run"

    /// The namespace that the run is in.
    static let namespace = "default"

    /// What this program adds to the other; the rest is explained by that.
    static let help = """
        workload-publisher-sandbox is workload-publisher with a control plane inside: nothing else is needed to try it.

        Usage:
          workload-publisher-sandbox                    publish an example twice and show every request
          workload-publisher-sandbox serve [--port N]   keep the control plane up and print the variables that lead to
                                                        it, for a second terminal (without a port, a free one); then
                                                        a line for each request, and at the end what it holds
          workload-publisher-sandbox COMMAND …          any command line of workload-publisher; the control plane lives
                                                        as long as the command, and is used where no other is given

        The control plane has the WorkflowRun \(run) in the namespace \(namespace), and takes every component for existing.
        'workload-publisher-sandbox COMMAND --help' explains a command of workload-publisher.

        """

    /// Gives the control plane a WorkflowRun to annotate.
    init(_ controlPlane: MockControlPlane) {
        self.controlPlane = controlPlane
        let run: JSONValue = ["metadata": ["name": .string(Self.run)], "spec": ["workflow": ["name": "docker"]]]
        controlPlane.workflowRuns[Self.namespace, Self.run] = run
        controlPlane.kubernetes["workflowruns.openchoreo.dev", Self.namespace, Self.run] = run
    }

    /// The parameters that lead to the control plane.
    var variables: [(name: String, value: String)] {
        let client = MockControlPlane.OAuthClient.quickStart
        return [
            ("API_URL", controlPlane.baseURL), ("OAUTH_TOKEN_URL", controlPlane.tokenURL), ("CLIENT_ID", client.id),
            ("CLIENT_SECRET", client.secret ?? ""),
        ]
    }

    /// The process's environment with those parameters wherever neither a flag nor a variable gives them.
    func environment(for arguments: [String]) -> [String: String] {
        var environment = ProcessEnvironment.variables
        // Of a laptop or a pod: what is tried here goes to this control plane and to no real cluster.
        environment["KUBECONFIG"] = nil
        environment["KUBERNETES_SERVICE_HOST"] = nil
        let given = CommandLineTool.variablesGiven(in: environment, arguments: arguments)
        // A credential of another kind takes the secret's place.
        let hasCredential = !given.isDisjoint(with: ["CLIENT_SECRET_FILE", "CLIENT_ASSERTION_FILE", "CLIENT_ASSERTION"])
        for (name, value) in variables where !given.contains(name) && !(name == "CLIENT_SECRET" && hasCredential) {
            environment[name] = value
        }
        return environment
    }
}
