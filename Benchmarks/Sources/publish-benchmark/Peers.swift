import TestPrograms

/// The program under test.
struct Publisher: Sendable {
    let program: String
    let trust: Authority.Trust

    /// A publish from that folder; nil leaves the way to update at its default.
    func call(_ action: Action, _ endpoints: Servers.Endpoints, folder: String, update: String?) -> ProgramCall {
        var arguments = ["--image", "registry.example.com/shop/api:2.0.0", "--component", "api"]
        if let update { arguments += ["--update", update] }
        if action == .annotate { arguments += ["--run-name", "run"] }
        return call(arguments, endpoints, folder: folder)
    }

    /// A publish from that folder with more arguments.
    func call(_ more: [String], _ endpoints: Servers.Endpoints, folder: String) -> ProgramCall {
        var arguments = [
            "publish", "--namespace", "default", "--project", "shop", "--source-dir", folder, "--api-server-url",
            endpoints.apiURL, "--oauth-token-url", endpoints.tokenURL, "--oauth-client-id", "publisher",
            "--max-retries", "0",
        ]
        arguments += more
        if case .file(let path) = trust, endpoints.apiURL.hasPrefix("https") { arguments += ["--ca-file", path] }
        return ProgramCall(program, arguments, environment: ["CLIENT_SECRET": "secret"])
    }

    /// Prints the Workload of a descriptor.
    func render(folder: String) -> ProgramCall {
        ProgramCall(
            program,
            [
                "render", "--image", "registry.example.com/shop/api:2.0.0", "--namespace", "default", "--project",
                "shop", "--component", "api", "--source-dir", folder,
            ])
    }
}

/// A program that takes part, and how it is called.
struct Peer {
    /// What it asks of the API.
    enum Kind {
        /// Only what it needs to write.
        case shell
        /// What a publish needs that replaces what is there.
        case replacing
        /// What a publish needs that reads first what is there.
        case merging
        /// Whatever an older publisher asked for.
        case older
    }

    let name: String
    var kind = Kind.replacing
    let call: (Scenario, Servers.Endpoints, Fixture) -> ProgramCall

    static let publisher = "publisher"
    static let merging = "publisher, merge"
    static let staticPublisher = "static publisher"
    static let older = "older publisher"
    static let shell = "shell step"
    static let floor = "floor"
    static let overlappingFloor = "floor, overlapping"

    /// All who can do a scenario.
    static func all(for scenario: Scenario, _ options: Options, trust: Authority.Trust) -> [Peer] {
        var peers = [publisher(publisher, options.program, trust, update: "replace")]
        if scenario.action != .create {
            var merging = publisher(merging, options.program, trust, update: nil)
            merging.kind = .merging
            peers.append(merging)
        }
        if let program = options.staticProgram {
            peers.append(publisher(staticPublisher, program, trust, update: "replace"))
        }
        if let program = options.olderProgram {
            var older = publisher(older, program, trust, update: "replace")
            older.kind = .older
            peers.append(older)
        }
        peers.append(Peer(name: shell, kind: .shell) { ShellStep.call($0, $1, $2, trust) })
        peers.append(floor(floor, options.floor, [], trust))
        peers.append(floor(overlappingFloor, options.floor, ["--overlap"], trust))
        return peers
    }

    private static func publisher(
        _ name: String, _ program: String, _ trust: Authority.Trust, update: String?
    ) -> Peer {
        let publisher = Publisher(program: program, trust: trust)
        return Peer(name: name) { publisher.call($0.action, $1, folder: $2.folder, update: update) }
    }

    private static func floor(
        _ name: String, _ program: String, _ options: [String], _ trust: Authority.Trust
    ) -> Peer {
        Peer(name: name) { scenario, endpoints, fixture in
            var arguments = options
            if case .file(let path) = trust { arguments += ["--ca-file", path] }
            arguments += [endpoints.tokenURL, fixture.form]
            let namespace = "\(endpoints.apiURL)/api/v1/namespaces/default"
            arguments += ["POST", "\(namespace)/workloads", fixture.payload]
            if scenario.action == .create {
                arguments += ["GET", "\(namespace)/workloads?component=api&limit=100", "-"]
                arguments += ["GET", "\(namespace)/components/api", "-"]
            } else {
                arguments += ["PUT", "\(namespace)/workloads/api-workload", fixture.payload]
            }
            if scenario.action == .annotate {
                arguments += ["GET", "\(namespace)/workflowruns/run", "-"]
                arguments += ["PUT", "\(namespace)/workflowruns/run", fixture.run]
            }
            return ProgramCall(program, arguments)
        }
    }
}

/// The step as a shell script: what a platform team has in its pipeline, at its shortest.
enum ShellStep {
    /// The body and the annotations are ready made, where a real script calls other programs to build them.
    static let script = """
        set -euo pipefail
        token=$(curl -sS --fail -d grant_type=client_credentials --data-urlencode "client_id=$CLIENT_ID" \\
            --data-urlencode "client_secret=$CLIENT_SECRET" "$OAUTH_TOKEN_URL" | jq -r .access_token)
        send() {
            curl -sS -H "Authorization: Bearer $token" -H 'Content-Type: application/json' "$@"
        }
        workloads=$API_URL/api/v1/namespaces/default/workloads
        status=$(send -o /dev/null -w '%{http_code}' --data-binary "@$PAYLOAD" "$workloads")
        case $status in
            2*) ;;
            409) send --fail -o /dev/null -X PUT --data-binary "@$PAYLOAD" "$workloads/api-workload" ;;
            *) echo "the API answered $status" >&2; exit 1 ;;
        esac
        if [ -n "${RUN_NAME:-}" ]; then
            run=$API_URL/api/v1/namespaces/default/workflowruns/$RUN_NAME
            send --fail "$run" | jq -c --slurpfile set "$ANNOTATIONS" '.metadata.annotations += $set[0]' |
                send --fail -o /dev/null -X PUT --data-binary @- "$run"
        fi
        """

    static func call(
        _ scenario: Scenario, _ endpoints: Servers.Endpoints, _ fixture: Fixture, _ trust: Authority.Trust
    ) -> ProgramCall {
        var environment = [
            "API_URL": endpoints.apiURL, "OAUTH_TOKEN_URL": endpoints.tokenURL, "CLIENT_ID": "publisher",
            "CLIENT_SECRET": "secret", "PAYLOAD": fixture.payload, "ANNOTATIONS": fixture.annotations,
        ]
        environment.merge(ProgramCall.usualPath) { given, _ in given }
        if scenario.action == .annotate { environment["RUN_NAME"] = "run" }
        if case .file(let path) = trust { environment["CURL_CA_BUNDLE"] = path }
        return ProgramCall("/bin/bash", ["-c", script], environment: environment)
    }
}
