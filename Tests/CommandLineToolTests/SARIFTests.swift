import CommandLineTool
import JSON
import Testing
import WorkloadModel

/// Holds the log against what the SARIF 2.1.0 schema requires of the parts that are used.
@Suite struct SARIFLogs {
    private func log(_ files: [String: String], _ arguments: String...) throws -> JSONValue {
        let folder = try ScratchFolder(files)
        let run = ToolRun(["validate", "--format=sarif"] + arguments, workingDirectory: folder.path)
        #expect(run.output.utf8.count { $0 == 0x0A } == 1)
        return try JSONValue(parsing: run.output)
    }

    private func names(_ value: JSONValue?) -> Set<String> {
        Set(value?.object?.members.map(\.name) ?? [])
    }

    /// The run of a log that has one, after all that holds of every log.
    private func checkedRun(of log: JSONValue) throws -> JSONValue {
        #expect(names(log) == ["$schema", "version", "runs"])
        #expect(log["version"] == "2.1.0")
        #expect(log["runs"]?.array?.count == 1)
        let run = try #require(log["runs"]?.array?.first)
        #expect(names(run) == ["tool", "columnKind", "results", "properties"])
        #expect(run["columnKind"] == "unicodeCodePoints")
        let driver = run["tool"]?["driver"]
        #expect(names(driver) == ["name", "version", "semanticVersion", "rules"])
        #expect(driver?["name"] == "workload-publisher")
        let rules = try #require(driver?["rules"]?.array)
        #expect(rules.map { $0["id"]?.string } == DiagnosticRule.all.map(\.code))
        for rule in rules {
            #expect(names(rule) == ["id", "shortDescription", "defaultConfiguration"])
            #expect(rule["shortDescription"]?["text"]?.string?.isEmpty == false)
            #expect(["error", "warning"].contains(rule["defaultConfiguration"]?["level"]?.string))
        }
        for result in try #require(run["results"]?.array) {
            #expect(
                names(result).subtracting(["properties"]) == ["ruleId", "ruleIndex", "level", "message", "locations"])
            let index = try #require(result["ruleIndex"]?.integer)
            #expect(rules[index]["id"] == result["ruleId"])
            #expect(["error", "warning"].contains(result["level"]?.string))
            #expect(result["message"]?["text"]?.string?.isEmpty == false)
            let location = result["locations"]?.array?.first?["physicalLocation"]
            #expect(names(location) == ["artifactLocation", "region"])
            let uri = try #require(location?["artifactLocation"]?["uri"]?.string)
            #expect(uri.wholeMatch(of: /(file:\/\/)?([A-Za-z0-9._~\/-]|%[0-9A-F]{2})+/) != nil, "\(uri)")
            #expect((location?["region"]?["startLine"]?.integer ?? 0) >= 1)
            #expect((location?["region"]?["startColumn"]?.integer ?? 0) >= 1)
        }
        return run
    }

    @Test func `SARIF logs are valid and empty when nothing is wrong`() throws {
        let run = try checkedRun(of: log(["workload.yaml": Bench.descriptor]))
        #expect(run["results"] == [])
        #expect(run["properties"] == ["files": 1, "errors": 0, "warnings": 0])
        #expect(try checkedRun(of: log([:]))["results"] == [])
    }

    @Test func `SARIF logs hold each diagnostic with its place in code points`() throws {
        let source = "apiVersion: openchoreo.dev/v1alpha1\n{'e\u{301}😀': 1}: 2\n"
        let yaml =
            "apiVersion: openchoreo.dev/v1alpha1\nendpoints: [{name: a, displayName: e\u{301}😀, type: htp, port: 1}]\n"
        let run = try checkedRun(of: log(["é 1%/workload.yaml": yaml, "b/workload.yaml": source]))
        let results = try #require(run["results"]?.array)
        let expected: JSONValue = [
            "ruleId": "unknown-value", "ruleIndex": results.last?["ruleIndex"] ?? .null, "level": "error",
            "message": ["text": "unknown value 'htp' for 'type'; did you mean 'HTTP'?"],
            "locations": [
                [
                    "physicalLocation": [
                        "artifactLocation": ["uri": "%C3%A9%201%25/workload.yaml"],
                        "region": ["startLine": 2, "startColumn": 47],
                    ]
                ]
            ],
            "properties": ["suggestion": "HTTP"],
        ]
        #expect(results.last == expected)
    }

    @Test func `SARIF logs name files relative to the current folder where they are in it`() throws {
        let folder = try ScratchFolder(["a/workload.yaml": "endpoints: 1\n", "b/x": ""])
        func uri(_ path: String, in working: String) throws -> String? {
            let run = ToolRun(["validate", "--format=sarif", path], workingDirectory: "\(folder.path)/\(working)")
            let log = try JSONValue(parsing: run.output)
            _ = try checkedRun(of: log)
            return log["runs"]?.array?.first?["results"]?.array?.first?["locations"]?.array?.first?[
                "physicalLocation"]?[
                    "artifactLocation"]?["uri"]?.string
        }
        #expect(try uri("./", in: "a") == "workload.yaml")
        #expect(try uri("\(folder.path)/a", in: "a") == "workload.yaml")
        #expect(try uri("././a/workload.yaml", in: ".") == "a/workload.yaml")
        #expect(try uri("../a", in: "b") == "../a/workload.yaml")
        #expect(try uri("\(folder.path)/a", in: "b") == "file://\(folder.path)/a/workload.yaml")
    }
}
