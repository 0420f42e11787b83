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
            reader.reportMissing("\(values.name(of: .image)) or \(values.name(of: .imageFile))")
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
        let words = try text(path, name).split(whereSeparator: \.isWhitespace)
        do throws(MalformedText) {
            if words.count == 1 { return try ImageReference(String(words[0])) }
        } catch {
            throw unusable(path, name, "no image reference: \(error)")
        }
        throw unusable(path, name, words.isEmpty ? "nothing" : "\(words.count) words; name a file that has one image")
    }

    private static func digest(in path: String, _ name: String) throws -> String {
        let text = try text(path, name)
        let word = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).first ?? ""
        let isJSON = word.utf8.first == UInt8(ascii: "{")
        let digest = isJSON ? (try? JSONValue(parsing: text))?["containerimage.digest"]?.string : String(word)
        if let digest, (try? ImageReference("image@\(digest)")) != nil { return digest }
        throw unusable(
            path, name,
            isJSON
                ? "JSON without a digest 'containerimage.digest'; name the metadata file of buildx"
                : "no digest; name the file that the build wrote the image's digest to")
    }

    private static func text(_ path: String, _ name: String) throws -> String {
        String(decoding: try InputFile.read(path, limit: 1 << 24, namedBy: name), as: UTF8.self)
    }

    private static func unusable(_ path: String, _ name: String, _ problem: String) -> InvalidDescriptor {
        InvalidDescriptor(description: "\(name): \(Quoted(path)) holds \(problem) (nothing was done)")
    }
}
