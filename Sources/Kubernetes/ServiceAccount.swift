import ControlPlaneAccess
public import Objects
import System

extension ClusterAccess {
    /// Where a pod finds the credentials of its service account.
    public static let serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"

    /// The cluster that the pod runs in, by its service account; nil where the environment is no pod's.
    public init?(
        podEnvironment environment: [String: String], folder: String = serviceAccountFolder,
        without fields: Set<Field> = []
    ) throws(Problem) {
        guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty else { return nil }
        let port = environment["KUBERNETES_SERVICE_PORT"].flatMap { $0.isEmpty ? nil : $0 } ?? "443"
        self.init(
            server: host.utf8.contains(UInt8(ascii: ":")) ? "https://[\(host)]:\(port)" : "https://\(host):\(port)")
        if !fields.contains(.authorities) { authorities = ("\(folder)/ca.crt", try Self.read("\(folder)/ca.crt")) }
        namespace = String(decoding: try Self.read("\(folder)/namespace"), as: UTF8.self).split(separator: "\n").first
            .map(String.init)
        // Read whenever it is needed: the kubelet renews it.
        if !fields.contains(.token) { token = .file(CredentialFile(.clusterToken, path: "\(folder)/token")) }
    }

    private static func read(_ path: String) throws(Problem) -> [UInt8] {
        do throws(SystemError) {
            return try FileSystem.bytes(of: path, upTo: fileLimit)
        } catch {
            throw Problem(
                .configuration, at: path, "the pod's service account cannot be read: \(error.text)",
                cause: KubeconfigProblem.noServiceAccount)
        }
    }
}
