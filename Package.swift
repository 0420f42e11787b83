// swift-tools-version: 6.2

import PackageDescription

/// The shipped executables carry the Swift runtime inside them, so that a container needs nothing of Swift.
let staticRuntime: BuildSettingCondition = .when(configuration: .release)

let package = Package(
    name: "workload-publisher",
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),

        .target(name: "JSON"),
        .target(name: "Text"),
        .target(name: "YAML", dependencies: ["CYAML", "JSON", "Text"]),
        .target(name: "WorkloadModel", dependencies: ["JSON", "Text", "YAML"]),
        .target(name: "HTTP", dependencies: ["CCurl", "Text"]),
        .target(name: "MockControlPlane", dependencies: ["JSON"]),
        .target(name: "YAML", dependencies: ["CYAML", "JSON"]),
        .target(name: "WorkloadModel", dependencies: ["JSON", "YAML"]),

        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "TextTests", dependencies: ["Text"]),
        .testTarget(name: "YAMLTests", dependencies: ["JSON", "YAML"]),
        .testTarget(name: "WorkloadModelTests", dependencies: ["WorkloadModel"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP"]),
        .testTarget(name: "MockControlPlaneTests", dependencies: ["JSON", "MockControlPlane"]),
        .testTarget(
            name: "WorkloadModelTests", dependencies: ["JSON", "YAML", "WorkloadModel"], exclude: ["Fixtures"]),
    ],
    swiftLanguageModes: [.v6]
)
