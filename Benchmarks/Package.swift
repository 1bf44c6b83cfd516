// swift-tools-version: 6.3

import PackageDescription

// A package of its own, so that building Patron never resolves what only measuring needs.
let package = Package(
    name: "patron-benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "patron", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        // Without its allocation counting, which needs packages that only it uses.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "PatronBenchmarks",
            dependencies: [
                .product(name: "EventSourcing", package: "patron"),
                .product(name: "LogStorage", package: "patron"),
                .product(name: "CustomerDomain", package: "patron"),
                .product(name: "CustomerRecords", package: "patron"),
                .product(name: "CustomerProjections", package: "patron"),
                .product(name: "CustomerService", package: "patron"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        // Parts, by instructions: `swift package --package-path Benchmarks benchmark`.
        .executableTarget(
            name: "Parts",
            dependencies: [
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "EventSourcing", package: "patron"),
                .product(name: "CustomerDomain", package: "patron"),
                .product(name: "CustomerRecords", package: "patron"),
                .product(name: "CustomerProjections", package: "patron"),
                .product(name: "CustomerService", package: "patron"),
            ],
            path: "Benchmarks/Parts",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
        // The limit of the HTTP cases: the same server doing nothing.
        .executableTarget(
            name: "LimitServer",
            dependencies: [.product(name: "Hummingbird", package: "hummingbird")]
        ),
    ]
)

for target in package.targets {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .treatWarning("DeprecatedDeclaration", as: .warning),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
    ]
}
