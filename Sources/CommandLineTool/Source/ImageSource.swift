import JSON
import Text
import WorkloadModel

/// Where the image comes from: a reference that is given, or files that a build left.
struct ImageSource {
    private let reference: ImageReference?
    /// The parameter that gives the image, as errors name it.
    let name: String
    private let file: String?
    private let digestFile: (name: String, path: String)?

    /// Reads them; nil where none is given or one is malformed, which the reader has noted.
    init?(_ reader: inout ParameterReader) {
        let values = reader.values
        let parameter = reader.chosen([.image, .imageFile], "more than one image is given")
        if values.text(.image) == nil && values.text(.imageFile) == nil {
            reader.reportMissing(values.imageNames)
        }
        guard let parameter else { return nil }
        let isFile = parameter.flag == Parameter.imageFile.flag
        reference = isFile ? nil : reader.value(.image, ImageReference.init)
        if !isFile && reference == nil { return nil }
        file = isFile ? values.text(.imageFile) : nil
        name = values.name(of: parameter)
        digestFile = values.text(.imageDigestFile).map { (values.name(of: .imageDigestFile), $0) }
    }

    /// The image, pinned where a digest is given; reads the files.
    func resolve() throws -> ImageReference {
        var image = try reference ?? Self.reference(in: file ?? "", name)
        guard let digestFile else { return image }
        let digest = try Self.digest(in: digestFile.path, digestFile.name)
        if image.digest == nil { image = try ImageReference("\(image.text)@\(digest)") }
        guard image.digest == digest else {
            throw InvalidDescriptor(
                description: "\(digestFile.name): the build's digest is \(digest), but \(name) has the digest "
                    + "\(image.digest ?? ""); give the image of this build (nothing was done)")
        }
        return image
    }

    private static func reference(in path: String, _ name: String) throws -> ImageReference {
        let lines = try text(path, name, limit: 1 << 16).split(whereSeparator: \.isNewline)
        do throws(MalformedText) {
            if lines.count == 1 { return try ImageReference(String(lines[0])) }
        } catch {
            throw unusable(path, name, "no image reference: \(error)")
        }
        throw unusable(path, name, lines.isEmpty ? "nothing" : "\(lines.count) lines; name a file that has one image")
    }

    private static func digest(in path: String, _ name: String) throws -> String {
        let text = try text(path, name, limit: 1 << 24)
        var digest = String(text.prefix { !$0.isNewline })
        if text.utf8.first == UInt8(ascii: "{") {
            guard let found = (try? JSONValue(parsing: text))?["containerimage.digest"]?.string else {
                throw unusable(
                    path, name, "JSON without a text 'containerimage.digest'; name the metadata file of buildx")
            }
            digest = found
        }
        do throws(MalformedText) {
            _ = try ImageReference("image@\(digest)")
        } catch {
            throw unusable(path, name, "no digest; name the file that the build wrote the image's digest to")
        }
        return digest
    }

    private static func text(_ path: String, _ name: String, limit: Int) throws -> String {
        let bytes = try InputFile.read(path, limit: limit, namedBy: name)
        let blank = Set(" \t\r\n".utf8)
        let start = bytes.drop(while: blank.contains)
        let end = start.lastIndex { !blank.contains($0) }.map { $0 + 1 } ?? start.startIndex
        return String(decoding: start[..<end], as: UTF8.self)
    }

    private static func unusable(_ path: String, _ name: String, _ problem: String) -> InvalidDescriptor {
        InvalidDescriptor(description: "\(name): \(Quoted(path)) holds \(problem) (nothing was done)")
    }
}
