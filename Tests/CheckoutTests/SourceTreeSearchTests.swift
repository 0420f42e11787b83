import Checkout
import Foundation
import Glibc
import Testing

@Suite struct SourceTreeSearch {
    @Test
    func
        `the search for descriptors finds descriptors in the order of their bytes and nothing in folders that are not source`()
        throws
    {
        let fixture = try SourceTreeFixture()
        for folder in ["svc/app", "svc-b", "svc/node_modules/x", ".git", "workload.yaml", ".github", "Z"] {
            try fixture.makeFolder("source/\(folder)")
            try fixture.write("", to: "source/\(folder)/workload.yaml")
            try fixture.write("", to: "source/\(folder)/workload.yml")
        }
        try fixture.link("source/svc/linked", to: "app")
        try fixture.makeFolder("source/links")
        try fixture.link("source/links/workload.yaml", to: "../a.txt")
        let tree = try fixture.tree()
        let expected = [
            ".github/workload.yaml", "Z/workload.yaml", "links/workload.yaml", "svc-b/workload.yaml",
            "svc/app/workload.yaml", "workload.yaml/workload.yaml",
        ]
        #expect(try tree.workloadDescriptors(below: "") == expected)
        #expect(try tree.workloadDescriptors(below: "./") == expected)
        #expect(try tree.workloadDescriptors(below: "svc/") == ["svc/app/workload.yaml"])
        #expect(try tree.workloadDescriptors(below: "svc/linked") == ["svc/linked/workload.yaml"])
        #expect(try tree.workloadDescriptors(below: "workload.yaml") == ["workload.yaml/workload.yaml"])
    }

    @Test func `the search for descriptors is fenced and bounded`() throws {
        let fixture = try SourceTreeFixture()
        try fixture.link("source/out", to: "../outside")
        let tree = try fixture.tree()
        #expect(throws: SourceTreeError.outside("out")) { try tree.workloadDescriptors(below: "out") }
        #expect(throws: SourceTreeError.missing("none")) { try tree.workloadDescriptors(below: "none") }
        #expect(throws: SourceTreeError.tooDeep("svc/app", limit: 1)) {
            try tree.workloadDescriptors(below: ".", limits: (1, 100))
        }
        #expect(throws: SourceTreeError.tooManyFiles(".", limit: 4)) {
            try tree.workloadDescriptors(below: ".", limits: (10, 4))
        }
        #expect(try tree.workloadDescriptors(below: ".", limits: (2, 5)).isEmpty)
    }

    @Test func `the search for descriptors passes folders whose names are not UTF-8 and refuses a descriptor in one`()
        throws
    {
        let fixture = try SourceTreeFixture()
        let folder = Array("\(fixture.source)/".utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
        try #require(mkdir(folder, 0o700) == 0)
        #expect(try fixture.tree().workloadDescriptors(below: ".").isEmpty)
        let file = folder.dropLast() + Array("/workload.yaml".utf8CString)
        close(open(Array(file), O_CREAT | O_WRONLY, 0o600))
        #expect(
            throws: SourceTreeError.invalidPath("\u{FFFD}/workload.yaml", reason: "its name is not UTF-8")
        ) { try fixture.tree().workloadDescriptors(below: ".") }
    }

    @Test func `the search for descriptors reports the folders that it passes, and goes on`() throws {
        let fixture = try SourceTreeFixture()
        for name in ["svc/workload.yaml", "svc/workload.yml", "a.d/workload.yml"] {
            try fixture.makeFolder("source/\(name.split(separator: "/")[0])")
            try fixture.write("", to: "source/\(name)")
        }
        let found = try fixture.tree().searchDescriptors(below: "", limits: (1, 100))
        #expect(found.descriptors == ["svc/workload.yaml"])
        #expect(found.misnamed == ["a.d/workload.yml"])
        #expect(found.skipped.map(\.path) == ["svc/app"])
        #expect(found.skipped.map(\.reason) == [.tooDeep("svc/app", limit: 1)])
    }
}
