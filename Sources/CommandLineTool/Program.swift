/// The program's own name and version.
public enum Program {
    /// The executable's name.
    public static let name = "workload-publisher"
    /// The version, by semver.org.
    public static let version = "0.1.0"
}
