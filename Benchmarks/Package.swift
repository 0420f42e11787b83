// swift-tools-version: 6.2

import PackageDescription

/// The launcher, which is this executable again, is started for each measurement: without libraries of Swift to load.
let staticRuntime: BuildSettingCondition = .when(configuration: .release)

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "workload-publisher", path: "..")],
    targets: [
        .executableTarget(
            name: "publish-benchmark",
            dependencies: [.product(name: "TestServers", package: "workload-publisher")],
            swiftSettings: [.unsafeFlags(["-static-stdlib"], staticRuntime)],
            linkerSettings: [.unsafeFlags(["-static-stdlib"], staticRuntime)]),
        .testTarget(name: "PublishBenchmarkTests", dependencies: ["publish-benchmark"]),
    ],
    swiftLanguageModes: [.v6]
)
