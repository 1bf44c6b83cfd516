/// Which target may import what; `docs/ARCHITECTURE.md` says why.
///
/// Before adding a line here, think about the layering: a target may use only what stands above it in this list.
struct Layer: Sendable, CustomStringConvertible {
    let target: String
    var folder: String { target == "patronctl" ? "tools/patronctl" : "Sources/\(target)" }

    /// Our targets that it may import.
    let ours: Set<String>
    /// Foreign modules for which it is the one door.
    var doors: Set<String> = []
    /// Foreign modules that several targets share.
    var shared: Set<String> = []
    /// Modules of the system and of the toolchain.
    var system: Set<String> = [
        "Foundation", "FoundationEssentials", "Synchronization", "Dispatch", "Glibc", "Darwin", "Musl",
    ]

    var description: String { target }

    /// May be imported by more than one target.
    static let commons: Set<String> = ["Logging", "Metrics", "ServiceLifecycle", "UnixSignals", "Crypto"]

    static let all: [Layer] = [
        Layer(target: "EventSourcing", ours: [], system: ["Synchronization"]),
        Layer(
            target: "LogStorage",
            ours: ["EventSourcing", "CLZ4", "CISAL", "CNettle", "CChecksum"],
            doors: ["SystemPackage"],
            shared: ["Crypto"]
        ),
        // Pure: no clock, no threads, no files.
        Layer(target: "CustomerDomain", ours: ["EventSourcing"], system: []),
        Layer(target: "CustomerRecords", ours: ["CustomerDomain", "EventSourcing"]),
        Layer(
            target: "CustomerProjections",
            ours: ["CustomerDomain", "EventSourcing"],
            doors: ["Collections", "BitCollections", "DequeModule", "OrderedCollections"],
            shared: ["Crypto"]
        ),
        Layer(
            target: "CustomerService",
            ours: [
                "CustomerProjections", "CustomerRecords", "CustomerDomain", "LogStorage", "EventSourcing", "CZip",
                "CXlsx", "CMalloc",
            ],
            shared: ["Logging", "Metrics", "ServiceLifecycle", "Crypto"]
        ),
        Layer(
            target: "CustomerHTTP",
            ours: ["CustomerService", "CustomerProjections", "CustomerDomain", "EventSourcing"],
            doors: [
                "AsyncHTTPClient", "CryptoExtras", "Hummingbird", "HummingbirdCore", "HTTPTypes", "NIOCore", "NIOHTTP1",
            ],
            shared: ["Logging", "Metrics", "ServiceLifecycle", "Crypto"]
        ),
        Layer(
            target: "patron",
            ours: [
                "CustomerHTTP", "CustomerService", "CustomerProjections", "CustomerRecords", "CustomerDomain",
                "LogStorage",
                "EventSourcing",
            ],
            doors: ["ArgumentParser", "Configuration"],
            shared: ["Logging", "Metrics", "ServiceLifecycle", "UnixSignals"]
        ),
        // The same door as the server's: both are command lines.
        Layer(
            target: "patronctl",
            ours: [
                "CustomerService", "CustomerProjections", "CustomerRecords", "CustomerDomain", "LogStorage",
                "EventSourcing",
            ],
            doors: ["ArgumentParser"],
            shared: ["Logging", "Metrics"]
        ),
    ]

    /// C targets, which import nothing of ours.
    static let foundations: Set<String> = ["CLZ4", "CISAL", "CNettle", "CZip", "CXlsx", "CMalloc", "CChecksum"]

    func allows(_ module: String) -> Bool {
        ours.contains(module) || doors.contains(module) || shared.contains(module) || system.contains(module)
    }
}
