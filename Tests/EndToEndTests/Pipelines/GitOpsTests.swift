import Foundation
import JSON
import TestPrograms
import Testing
import YAML

/// The pipelines that push what was written into a repository, with real git and a program that stands in for this one.
@Suite struct InAGitRepository {
    /// What either pipeline runs, one script after the other, each with its environment.
    private struct Step {
        let name: String
        let script: String
        let environment: [String: String]
    }

    /// A folder with the repository of manifests, of which the pipeline and another author have clones.
    private final class Bench {
        let root = FileManager.default.temporaryDirectory.appending(path: "workload-publisher-\(UUID().uuidString)")
            .path

        init() throws {
            try FileManager.default.createDirectory(atPath: "\(root)/bin", withIntermediateDirectories: true)
            let programs = [
                "workload-publisher": Self.program, "docker": "exec workload-publisher publish\n", "sleep": "exit 0\n",
            ]
            for (name, script) in programs {
                try "#!/bin/sh\n\(script)".write(toFile: "\(root)/bin/\(name)", atomically: false, encoding: .utf8)
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: "\(root)/bin/\(name)")
            }
            try shell(
                """
                mkdir workspace && git init --quiet --bare --initial-branch=main remote.git
                git clone --quiet remote.git other && cd other && git checkout --quiet -b main
                echo first >file && git add . && git commit --quiet --message=first && git push --quiet origin main
                """)
        }

        deinit {
            try? FileManager.default.removeItem(atPath: root)
        }

        /// Writes what publish writes: the manifest, the commit's message, and a line for each run.
        private static let program = """
            set -eu
            mkdir -p "$OUTPUTS_DIR"
            printf 'image: %s\\n' "$IMAGE" >"$PUBLISH_TREE/workload.yaml"
            printf 'Publish it\\n\\nThe rest.' >"$OUTPUTS_DIR/commit-message"
            printf updated >"$OUTPUTS_DIR/action"
            echo run

            """

        @discardableResult
        func shell(_ script: String, _ environment: [String: String] = [:]) throws -> ChildProcess.Result {
            let base = [
                "PATH": "\(root)/bin:/usr/bin:/bin", "HOME": root, "GIT_AUTHOR_NAME": "another author",
                "GIT_AUTHOR_EMAIL": "s@example.com", "GIT_COMMITTER_NAME": "another author",
                "GIT_COMMITTER_EMAIL": "s@example.com", "GIT_CONFIG_NOSYSTEM": "1",
            ]
            return try ChildProcess(
                ProgramCall("/bin/sh", ["-euc", script], environment: base.merging(environment) { $1 }, folder: root)
            ).finish()
        }

        func anotherPush() throws {
            try shell(
                "cd other && git pull --quiet && echo more >>file && git commit --quiet -am more && git push --quiet")
        }

        /// The subjects of all commits, the newest first.
        var subjects: [String] {
            get throws {
                try shell("git -C remote.git log --format=%s").output.split(separator: "\n").map(String.init)
            }
        }

        func run(_ step: Step) throws -> ChildProcess.Result {
            func placed(_ text: String) -> String { text.replacing("/workspace", with: "\(root)/workspace") }
            return try shell(placed(step.script), step.environment.mapValues(placed))
        }
    }

    private static let image = "registry.example.com/shop/api:1 'x' $(touch trap)"

    /// The containers of Argo's set, as far as their pushes, then the last.
    private func argo(_ bench: Bench) throws -> (before: [Step], push: Step) {
        let document = try PipelineBench.workflow("argo/gitops.yaml")[0]
        let template = try #require(document["spec"]?["templates"]?.named("publish"))
        let steps = try (template["containerSet"]?["containers"]?.array ?? []).map { container in
            #expect(container["command"] == ["sh", "-euc"])
            var environment: [String: String] = [:]
            for variable in container["env"]?.array ?? [] {
                environment[try #require(variable["name"]?.string)] = variable["value"]?.string ?? "secret"
            }
            environment.removeValue(forKey: "HOME")
            if environment["IMAGE"] != nil { environment["IMAGE"] = Self.image }
            if environment["REPOSITORY"] != nil { environment["REPOSITORY"] = "file://\(bench.root)/remote.git" }
            if environment["BRANCH"] != nil { environment["BRANCH"] = "main" }
            return Step(
                name: try #require(container["name"]?.string),
                script: try #require(container["args"]?.array?[0].string),
                environment: environment)
        }
        #expect(steps.map(\.name) == ["clone", "main", "push"])
        return (Array(steps.dropLast()), steps[2])
    }

    /// GitHub's last step, behind a checkout of its own.
    private func gitHub(_ bench: Bench) throws -> (before: [Step], push: Step) {
        let document = try PipelineBench.workflow("github/gitops.yml")[0]
        let step = try #require(document["jobs"]?["publish"]?["steps"]?.named("publish"))
        var environment = ["IMAGE": Self.image]
        for variable in step["env"]?.object?.members ?? [] { environment[variable.name] = variable.value.string }
        let clone = Step(
            name: "clone", script: "git clone --quiet --depth=1 file://\(bench.root)/remote.git manifests",
            environment: [:])
        return ([clone], Step(name: "publish", script: try #require(step["run"]?.string), environment: environment))
    }

    private func steps(_ system: String, _ bench: Bench) throws -> (before: [Step], push: Step) {
        try system == "argo" ? argo(bench) : gitHub(bench)
    }

    @Test(arguments: ["argo", "github"])
    func `commits and pushes what was written, and nothing where nothing changed`(system: String) throws {
        let bench = try Bench()
        let steps = try steps(system, bench)
        for step in steps.before { #expect(try bench.run(step).status == 0) }
        let pushed = try bench.run(steps.push)
        #expect(pushed.status == 0, "\(pushed.errors)")
        #expect(try bench.subjects == ["Publish it", "first"])
        #expect(try bench.shell("git -C remote.git show main:workload.yaml").output == "image: \(Self.image)\n")
        #expect(try bench.shell("git -C remote.git log -1 --format=%an").output == "workload-publisher\n")

        let again = try bench.run(steps.push)
        #expect(again.status == 0, "\(again.errors)")
        #expect(again.output.contains("nothing to commit\n"))
        #expect(try bench.subjects == ["Publish it", "first"])
        #expect(!FileManager.default.fileExists(atPath: "\(bench.root)/trap"))
    }

    @Test(arguments: ["argo", "github"])
    func `publishes again on top of what another push brought first`(system: String) throws {
        let bench = try Bench()
        let steps = try steps(system, bench)
        for step in steps.before { #expect(try bench.run(step).status == 0) }
        try bench.anotherPush()
        let pushed = try bench.run(steps.push)
        #expect(pushed.status == 0, "\(pushed.errors)")
        #expect(try bench.subjects == ["Publish it", "more", "first"])
        #expect(pushed.output.components(separatedBy: "run\n").count - 1 == (system == "argo" ? 1 : 2))
    }

    @Test(arguments: ["argo", "github"])
    func `ends where a push is refused although the branch has not moved`(system: String) throws {
        let bench = try Bench()
        let steps = try steps(system, bench)
        for step in steps.before { #expect(try bench.run(step).status == 0) }
        try bench.shell("printf '#!/bin/sh\\nexit 1\\n' >remote.git/hooks/update && chmod +x remote.git/hooks/update")
        let pushed = try bench.run(steps.push)
        #expect(pushed.status == 1)
        #expect(pushed.errors.contains("the push was refused although the branch has not moved"), "\(pushed.errors)")
        #expect(try bench.subjects == ["first"])
    }
}
