// swift-tools-version: 6.2

import PackageDescription

/// The shipped executables carry the Swift runtime inside them, so that a container needs nothing of Swift.
let staticRuntime: BuildSettingCondition = .when(configuration: .release)

/// Nothing in them is looked up by others: without a table of all their symbols, and with their relocations packed (glibc
/// 2.36 and later, older than any libcurl that will do), they start sooner and take less memory.
///
/// The C++ runtime that Swift's stands on is inside as well, by the linker's script in Sources/Linking.
let shippedLinking =
    [
        "-static-stdlib", "-use-ld=lld", "-L\(Context.packageDirectory)/Sources/Linking", "-Xclang-linker",
        "-static-libgcc",
    ]
    + ["-s", "--no-export-dynamic", "-z", "pack-relative-relocs"].flatMap { ["-Xlinker", $0] }

let package = Package(
    name: "workload-publisher",
    products: [
        // For the package of the benchmark alone.
        .library(name: "TestServers", targets: ["JSON", "Loopback", "MockControlPlane", "TestPrograms"])
    ],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),

        .target(name: "JSON", dependencies: ["Text"]),
        .target(name: "Text"),
        .target(name: "YAML", dependencies: ["CYAML", "JSON", "Text"]),
        .target(name: "Redaction", dependencies: ["Text"]),
        .target(name: "System"),
        .target(name: "HTTP", dependencies: ["CCurl", "Redaction", "System", "Text"]),
        .target(name: "Checkout", dependencies: ["System", "Text"]),
        .target(name: "WorkloadModel", dependencies: ["Checkout", "JSON", "Text", "YAML"]),
        .target(name: "Objects", dependencies: ["JSON", "Text"]),
        .target(name: "ControlPlaneAccess", dependencies: ["HTTP", "JSON", "Objects", "Redaction", "System", "Text"]),
        .target(
            name: "OpenChoreo",
            dependencies: ["ControlPlaneAccess", "HTTP", "JSON", "Objects", "Redaction", "System", "Text"]),
        .target(
            name: "Kubernetes",
            dependencies: [
                "ControlPlaneAccess", "HTTP", "JSON", "Objects", "Redaction", "System", "Text", "WorkloadModel", "YAML",
            ]),
        .target(name: "ManifestTree", dependencies: ["Checkout", "JSON", "Objects", "System", "Text", "YAML"]),
        .target(name: "PipelineTemplates", dependencies: ["Text", "YAML"]),
        .target(
            name: "CommandLineTool",
            dependencies: [
                "Checkout", "ControlPlaneAccess", "HTTP", "JSON", "Kubernetes", "ManifestTree", "Objects", "OpenChoreo",
                "PipelineTemplates", "Redaction", "System", "Text", "WorkloadModel", "YAML",
            ]),
        .target(name: "Loopback"),
        .target(name: "TestPrograms", dependencies: ["Loopback"]),
        .target(name: "MockControlPlane", dependencies: ["JSON", "Loopback"]),

        .executableTarget(
            name: "workload-publisher", dependencies: ["CommandLineTool"],
            swiftSettings: [.unsafeFlags(["-static-stdlib"], staticRuntime)],
            linkerSettings: [.unsafeFlags(shippedLinking, staticRuntime)]),
        .executableTarget(
            name: "workload-publisher-sandbox",
            dependencies: ["CommandLineTool", "JSON", "Kubernetes", "MockControlPlane", "System", "YAML"]),

        .target(name: "TestDocuments", dependencies: ["JSON", "YAML"], path: "Tests/TestDocuments"),

        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "TextTests", dependencies: ["Text"]),
        .testTarget(name: "YAMLTests", dependencies: ["JSON", "TestDocuments", "YAML"]),
        .testTarget(name: "RedactionTests", dependencies: ["HTTP", "Redaction"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP", "Loopback", "Redaction", "TestPrograms"]),
        .testTarget(name: "CheckoutTests", dependencies: ["Checkout", "System", "WorkloadModel"]),
        .testTarget(
            name: "WorkloadModelTests", dependencies: ["Checkout", "JSON", "TestDocuments", "WorkloadModel", "YAML"],
            exclude: ["Fixtures"]),
        .testTarget(name: "ManifestTreeTests", dependencies: ["Checkout", "JSON", "ManifestTree", "Objects"]),
        .testTarget(name: "OpenChoreoTests", dependencies: ["JSON", "OpenChoreo", "System"]),
        .testTarget(name: "ObjectsTests", dependencies: ["JSON", "Objects"]),
        .testTarget(
            name: "ControlPlaneAccessTests",
            dependencies: ["ControlPlaneAccess", "HTTP", "MockControlPlane", "Redaction"]),
        .testTarget(
            name: "KubernetesTests",
            dependencies: [
                "ControlPlaneAccess", "HTTP", "JSON", "Kubernetes", "MockControlPlane", "Objects", "Redaction",
                "TestPrograms", "Text",
            ]),
        .testTarget(
            name: "PipelineTemplatesTests", dependencies: ["JSON", "PipelineTemplates", "TestDocuments", "YAML"],
            exclude: ["Fixtures"]),
        .testTarget(name: "MockControlPlaneTests", dependencies: ["JSON", "MockControlPlane"]),
        .testTarget(
            name: "CommandLineToolTests",
            dependencies: [
                "CommandLineTool", "HTTP", "JSON", "MockControlPlane", "PipelineTemplates", "Redaction",
                "TestDocuments", "Text",
            ], exclude: ["Fixtures"]),
        .testTarget(
            name: "FuzzingTests", dependencies: ["Checkout", "CommandLineTool", "JSON", "WorkloadModel", "YAML"],
            path: "Tests/Fuzzing", exclude: ["Corpus", "LibFuzzer.swift", "descriptor.dict"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "JSON", "MockControlPlane", "PipelineTemplates", "TestDocuments", "TestPrograms", "YAML",
                "workload-publisher", "workload-publisher-sandbox",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
