// swift-tools-version: 6.3

import PackageDescription

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")

let package = Package(
    name: "patron",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "patron", targets: ["patron"]),
        .executable(name: "patronctl", targets: ["patronctl"]),
        .library(name: "EventSourcing", targets: ["EventSourcing"]),
        .library(name: "LogStorage", targets: ["LogStorage"]),
        .library(name: "CustomerDomain", targets: ["CustomerDomain"]),
        .library(name: "CustomerRecords", targets: ["CustomerRecords"]),
        .library(name: "CustomerProjections", targets: ["CustomerProjections"]),
        .library(name: "CustomerService", targets: ["CustomerService"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CXlsx", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .target(name: "CChecksum"),
        .target(name: "EventSourcing"),
        .target(
            name: "LogStorage",
            dependencies: [
                "EventSourcing", "CLZ4", "CISAL", "CNettle", "CChecksum", crypto,
            ]
        ),
        .target(name: "CustomerDomain", dependencies: ["EventSourcing"]),
        .target(name: "CustomerRecords", dependencies: ["CustomerDomain", "EventSourcing"]),
        .target(name: "CustomerProjections", dependencies: ["CustomerDomain", "EventSourcing", crypto]),
        .target(
            name: "CustomerService",
            dependencies: [
                "CustomerProjections", "CustomerRecords", "CustomerDomain", "LogStorage", "EventSourcing", "CZip",
                "CXlsx", "CMalloc", crypto, logging,
            ]
        ),
        .target(
            name: "CustomerHTTP",
            dependencies: [
                "CustomerService", "CustomerProjections", "CustomerDomain", "EventSourcing", hummingbird, httpTypes,
                crypto, cryptoExtras,
                lifecycle, logging, .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ],
            resources: [.embedInCode("SDK/patron.js")]
        ),
        .executableTarget(
            name: "patron",
            dependencies: [
                "CustomerHTTP", "CustomerService", "CustomerProjections", "LogStorage", "EventSourcing", argumentParser,
                lifecycle, logging, .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(
            name: "patronctl",
            dependencies: [
                "CustomerService", "CustomerProjections", "CustomerRecords", "CustomerDomain", "LogStorage",
                "EventSourcing", argumentParser,
            ],
            path: "tools/patronctl"
        ),

        .target(
            name: "TestSupport",
            dependencies: ["EventSourcing", "LogStorage", "CustomerDomain", "CZip"],
            path: "Tests/TestSupport"
        ),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "EventSourcingTests", dependencies: ["EventSourcing", "TestSupport"]),
        .testTarget(
            name: "LogStorageTests",
            dependencies: ["LogStorage", "EventSourcing", "CChecksum", "TestSupport", crypto],
            exclude: ["Golden"]
        ),
        .testTarget(name: "CustomerDomainTests", dependencies: ["CustomerDomain", "EventSourcing", "TestSupport"]),
        .testTarget(
            name: "CustomerRecordsTests",
            dependencies: ["CustomerRecords", "CustomerDomain", "EventSourcing", "TestSupport", crypto],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "CustomerProjectionsTests",
            dependencies: [
                "CustomerProjections", "CustomerRecords", "CustomerDomain", "EventSourcing", "TestSupport",
            ]
        ),
        .testTarget(
            name: "CustomerServiceTests",
            dependencies: [
                "CustomerService", "CustomerProjections", "CustomerRecords", "CustomerDomain", "LogStorage",
                "EventSourcing", "TestSupport",
            ]
        ),
        .testTarget(
            name: "CustomerHTTPTests",
            dependencies: [
                "CustomerHTTP", "CustomerService", "CustomerDomain", "LogStorage", "EventSourcing", "TestSupport",
                crypto, cryptoExtras, hummingbird, httpTypes,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]
        ),
        // End-to-end: runs the built executables as processes.
        .testTarget(name: "PatronTests", dependencies: ["patron", "patronctl", "TestSupport", crypto]),
    ]
)

// One set of settings for every Swift target (C targets have none).
let settings: [SwiftSetting] = [
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
let foundations = ["CLZ4", "CISAL", "CNettle", "CZip", "CXlsx", "CMalloc", "CChecksum"]
for target in package.targets where !foundations.contains(target.name) {
    target.swiftSettings = settings + (target.name == "LogStorage" ? [.strictMemorySafety()] : [])
}
