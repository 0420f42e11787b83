/// The program's own name and version.
public enum Program {
    /// The executable's name.
    public static let name = "workload-publisher"
    /// The version, by semver.org.
    public static let version = "0.1.0"
    /// The commit that a released build was made of; the script that builds a release writes it here.
    static let commit = ""

    /// The repository that a released build's images are pushed to; the script that builds a release writes it here.
    static let image = ""
    /// The image that holds this very program.
    static var publisherImage: String { "\(image.isEmpty ? name : image):\(version)" }

    /// The version and, where it is known, the commit.
    static var build: String { commit.isEmpty ? version : "\(version) (\(commit))" }
}
