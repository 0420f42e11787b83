/// Defaults for a kind of cluster.
struct StepPreset {
    /// Values by flag.
    var values: [String: String]
    /// Whether the step takes the client's secret as an input.
    let takesSecretAsInput: Bool

    /// The preset of that name; any other is the one for production.
    static func named(_ name: String?) -> StepPreset {
        name == "k3d" ? k3d : production
    }

    private static let production = StepPreset(values: [:], takesSecretAsInput: false)

    /// OpenChoreo's quick-start cluster: one gateway, two hosts behind it, a client that everybody knows.
    private static let k3d = StepPreset(
        values: [
            Parameter.apiServerURL.flag: "http://host.k3d.internal:8080",
            Parameter.apiServerHostHeader.flag: "api.openchoreo.localhost",
            Parameter.oauthTokenURL.flag: "http://host.k3d.internal:8080/oauth2/token",
            Parameter.oauthHostHeader.flag: "thunder.openchoreo.localhost",
            Parameter.oauthClientID.flag: "openchoreo-workload-publisher-client",
            Parameter.oauthClientSecret.flag: "openchoreo-workload-publisher-secret",
        ], takesSecretAsInput: true)
}
