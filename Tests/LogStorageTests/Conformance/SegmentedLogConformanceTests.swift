import LogStorage
import TestSupport
import Testing

/// The log on files keeps the port's promises, on a simulated disk and on a real one, threads and all.
@Suite(.timeLimit(.minutes(5)))
struct SegmentedLogConformanceTests {
    private static let onSimulatedFiles = EventLogConformance { body in
        let disk = SimulatedFileSystem()
        try disk.createDirectory("/data")
        let log = try SegmentedLog.open(directory: "/data/shop", options: LogOptions(), fileSystem: disk)
        defer { log.close() }
        try await body(log)
    }

    /// Small segments, so that appends and reads meet their ends.
    private static let onSmallSegments = EventLogConformance { body in
        let disk = SimulatedFileSystem()
        try disk.createDirectory("/data")
        var options = LogOptions()
        options.segmentByteCount = 2 << 20
        options.zeroStepByteCount = 256 << 10
        options.linkRestartInterval = 32 << 10
        options.idleMarkDelay = .milliseconds(1)
        let log = try SegmentedLog.open(directory: "/data/shop", options: options, fileSystem: disk)
        defer { log.close() }
        try await body(log)
    }

    private static let onRealFiles = EventLogConformance { body in
        try await withTemporaryDirectory { directory in
            let log = try SegmentedLog.open(directory: directory + "/shop")
            defer { log.close() }
            try await body(log)
        }
    }

    @Test(arguments: EventLogConformance.checks)
    func `the log on simulated files keeps the promise`(_ check: EventLogConformance.Check) async throws {
        try await Self.onSimulatedFiles.run(check)
    }

    @Test(arguments: EventLogConformance.checks)
    func `the log in small segments keeps the promise`(_ check: EventLogConformance.Check) async throws {
        try await Self.onSmallSegments.run(check)
    }

    @Test(arguments: EventLogConformance.checks)
    func `the log on real files keeps the promise`(_ check: EventLogConformance.Check) async throws {
        try await Self.onRealFiles.run(check)
    }
}
