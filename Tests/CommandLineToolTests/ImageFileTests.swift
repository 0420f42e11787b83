import Testing

@testable import CommandLineTool

@Suite struct ImageFiles {
    private static let digest = "sha256:" + String(repeating: "0123456789abcdef", count: 4)
    private static let other = "sha256:" + String(repeating: "fedcba9876543210", count: 4)

    /// What render makes of these arguments in a folder with these files.
    private func render(
        _ files: [String: String], _ arguments: [String], variables: [String: String] = [:]
    ) throws -> (image: String?, run: ToolRun) {
        let folder = try ScratchFolder(files)
        let paths = arguments.map { $0.replacing("%/", with: "\(folder.path)/") }
        let variables = variables.mapValues { $0.replacing("%/", with: "\(folder.path)/") }
        let run = ToolRun(
            ["render", "--namespace=n", "--project=p", "--component=c"] + paths, environment: variables,
            workingDirectory: folder.path)
        let line = run.output.split(separator: "\n").first { $0.hasPrefix("    image: ") }
        return (line.map { String($0.dropFirst("    image: ".count)) }, run)
    }

    @Test(arguments: [
        ("ko", "registry.example.com/api-1:2026@\(digest)\n"), ("kaniko", "registry.example.com/api-1:2026@\(digest)"),
        ("a system with other line ends", "registry.example.com/api-1:2026@\(digest)\r\n"),
    ])
    func `an image file gives the reference that a build left`(build: String, text: String) throws {
        let (image, run) = try render(["ref": text], ["--image-file", "%/ref"])
        #expect(image == "registry.example.com/api-1:2026@\(Self.digest)")
        #expect(run.code == .success && run.errors.contains("there is no 'workload.yaml'"))
    }

    @Test(arguments: [
        ("buildah", "\(digest)"), ("kaniko", "\(digest)\n"),
        ("buildx", "{\n  \"buildx.build.ref\": \"x\", \"containerimage.digest\": \"\(digest)\"\n}\n"),
    ])
    func `a digest file pins the image`(build: String, text: String) throws {
        let files = ["digest": text, "ref": "r.example/api:2\n"]
        let given = try render(files, ["--image=r.example/api:2", "--image-digest-file", "%/digest"])
        #expect(given.image == "r.example/api:2@\(Self.digest)")
        let read = try render(files, ["--image-file=%/ref"], variables: ["IMAGE_DIGEST_FILE": "%/digest"])
        #expect(read.image == "r.example/api:2@\(Self.digest)")
        let pinned = try render(files, ["--image=r.example/api@\(Self.digest)", "--image-digest-file", "%/digest"])
        #expect(pinned.image == "r.example/api@\(Self.digest)")
    }

    @Test func `another digest in the reference is an error`() throws {
        let (image, run) = try render(
            ["digest": Self.digest], ["--image=r.example/api:2@\(Self.other)", "--image-digest-file=%/digest"])
        #expect(image == nil && run.code == .invalidData)
        #expect(
            run.errors == "error: --image-digest-file (IMAGE_DIGEST_FILE): the build's digest is \(Self.digest), but "
                + "--image (IMAGE) has the digest \(Self.other); give the image of this build (nothing was done)\n")
    }

    @Test func `a digest takes the place of a warning about the tag`() throws {
        let (_, run) = try render(["digest": Self.digest], ["--image=r.example/api", "--image-digest-file=%/digest"])
        #expect(!run.errors.contains("warning"))
        let unpinned = try render(["ref": "r.example/api"], ["--image-file=%/ref"])
        #expect(unpinned.run.errors.hasPrefix("warning: --image-file (IMAGE_FILE): the image has no tag"))
    }

    @Test(arguments: [
        ("", "holds nothing"), ("\n \n", "holds nothing"),
        ("r.example/a:1\nr.example/b:1\n", "holds 2 words; name a file that has one image"),
        ("r.example/A:1", "holds no image reference: 'A' at character 11: a repository is written in lowercase"),
    ])
    func `an image file without one image is refused`(text: String, problem: String) throws {
        let (_, run) = try render(["ref": text], ["--image-file", "%/ref"])
        #expect(run.code == .invalidData)
        #expect(run.output == "")
        #expect(run.lastLine.hasPrefix("error: --image-file (IMAGE_FILE): '"), "\(run.lastLine)")
        #expect(run.lastLine.hasSuffix("/ref' \(problem) (nothing was done)"), "\(run.lastLine)")
    }

    @Test(arguments: [
        "", "hunter2", "sha256:abc", "r.example/api@\(digest)", "{}", "{\"containerimage.digest\": 1}", "{",
    ])
    func `a digest file without a digest is refused and not repeated`(text: String) throws {
        let (_, run) = try render(["digest": text], ["--image=r.example/a:1", "--image-digest-file", "%/digest"])
        #expect(run.code == .invalidData)
        let problem =
            text.hasPrefix("{")
            ? "holds JSON without a digest 'containerimage.digest'; name the metadata file of buildx"
            : "holds no digest; name the file that the build wrote the image's digest to"
        #expect(run.lastLine.hasSuffix("/digest' \(problem) (nothing was done)"), "\(run.lastLine)")
    }

    @Test(arguments: ["--image-file", "--image-digest-file"])
    func `a file that is missing is named with its flag`(flag: String) throws {
        let arguments = flag == "--image-file" ? [] : ["--image=r.example/a:1"]
        let (_, run) = try render([:], arguments + [flag, "%/absent"])
        #expect(run.code == .noInput)
        #expect(run.lastLine.hasPrefix("error: \(flag) ("))
        #expect(
            run.lastLine.hasSuffix(
                "/absent' cannot be read: No such file or directory; write the path relative to the current folder "
                    + "(nothing was done)"))
    }

    @Test func `a file without an end is refused`() throws {
        let (_, run) = try render([:], ["--image-file", "/dev/zero"])
        #expect(run.code == .noInput)
        #expect(
            run.errors
                == "error: --image-file (IMAGE_FILE): '/dev/zero' has more than 16777216 bytes; name another file (nothing was "
                + "done)\n")
    }

    @Test func `an image by a flag wins over a file by a variable, and two of one kind are an error`() throws {
        let files = ["ref": "r.example/file:1"]
        #expect(
            try render(files, ["--image=r.example/a:1"], variables: ["IMAGE_FILE": "%/ref"]).image == "r.example/a:1")
        #expect(
            try render(files, ["--image-file=%/ref"], variables: ["IMAGE": "r.example/a:1"]).image == "r.example/file:1"
        )
        for (arguments, variables) in [
            (["--image=r.example/a:1", "--image-file=%/ref"], [:]),
            ([], ["IMAGE": "r.example/a:1", "IMAGE_FILE": "%/ref"]),
        ] {
            let (_, run) = try render(files, arguments, variables: variables)
            #expect(run.code == .usage)
            #expect(
                run.errors.hasPrefix(
                    "error: more than one image is given: --image (IMAGE), --image-file (IMAGE_FILE); give one of them;"
                ))
        }
    }

    @Test func `one of both is required, with a malformed word on the line or not`() throws {
        #expect(
            try render([:], []).run.errors.hasPrefix(
                "error: missing: --image (IMAGE) or --image-file (IMAGE_FILE); see"))
        let (_, run) = try render(["ref": "r.example/a:1"], ["--image-file=%/ref", "--strict=maybe"])
        #expect(!run.errors.contains("missing"))
    }
}
