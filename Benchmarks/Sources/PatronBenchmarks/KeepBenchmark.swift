import ArgumentParser
import EventSourcing
import Foundation
import LogStorage
import Synchronization

/// What is done to a log besides appending: opening, verifying, packing, compacting, and how commits fare meanwhile.
struct KeepBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keep",
        abstract: "Opening, verifying, packing and compacting a log, against what disk and SHA-256 allow."
    )

    @Option(help: "Where to write; a directory of its own is made there.")
    var directory = "/tmp"

    @Option(help: "How many events the log has.")
    var events = 20_000_000

    @Option(help: "Seconds for each measurement of commits.")
    var duration = 5.0

    func run() async throws {
        let root = "\(directory)/patron-keep-\(getpid())"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let organization = root + "/organization"
        let writeRate = try DiskLimit.writeRate(in: root)
        row("what", "measured", "limit in the same run", "ratio")
        row("---", "---", "---", "---")
        try await fill(organization)
        try await measureOpening(organization)
        try measureVerification(organization)
        try await measureCommits(organization, writeRate)
    }

    private var unpacked: LogOptions {
        var options = LogOptions()
        options.packsSealedSegments = false
        return options
    }

    private func paths(_ organization: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: organization + "/log").sorted()
            .map { organization + "/log/" + $0 }
    }

    /// A body as events have them: mostly numbers, a little text.
    private func body(_ index: Int, _ random: inout SystemRandomNumberGenerator) -> [UInt8] {
        let number = UInt32.random(in: 0..<1_000_000, using: &random)
        let text = index % 4 == 0 ? "customer-\(number)@example.com" : "SKU-\(number % 5_000)"
        return [0x10, 0x80, 0x18, 0x05, 0x2A, 0x04] + withUnsafeBytes(of: number, Array.init)
            + withUnsafeBytes(of: UInt16.random(in: 0...9_999, using: &random), Array.init) + Array(text.utf8)
    }

    private func fill(_ organization: String) async throws {
        let log = try SegmentedLog.open(directory: organization, options: unpacked)
        defer { log.close() }
        var random = SystemRandomNumberGenerator()
        var head = SequenceNumber.none
        let clock = ContinuousClock()
        let start = clock.now
        while head.value < UInt64(events) {
            var batch = RecordBatch(recordedAt: Timestamp(microseconds: Int64(head.value)))
            for index in 0..<10_000 { batch.appendRecord { $0 += body(index, &random) } }
            head = try await append(batch, head, to: log)
        }
        try await log.waitUntilDurable(head)
        try await log.seal()
        let statistics = log.statistics
        print(
            """
            <!-- \(statistics.events) events, \(statistics.storedBytes) bytes stored, \(statistics.rawBytes) raw, \
            \(statistics.segments) segments, filled in \(rounded(inSeconds(clock.now - start))) s -->
            """
        )
    }

    private func append(
        _ batch: RecordBatch,
        _ head: SequenceNumber,
        to log: SegmentedLog
    ) async throws -> SequenceNumber {
        while true {
            do {
                return try log.append(batch, expectedHead: head)
            } catch {
                guard error == .overloaded else { throw error }
                try await log.waitUntilDurable(head)
                try await Task.sleep(for: .microseconds(200))
            }
        }
    }

    // MARK: Opening and verifying

    private func measureOpening(_ organization: String) async throws {
        for isCold in [false, true] {
            var times: [Double] = []
            for _ in 0..<5 {
                if isCold { DiskLimit.dropFromCache(try paths(organization)) }
                var log: SegmentedLog?
                times.append(try seconds { log = try SegmentedLog.open(directory: organization, options: unpacked) })
                log?.close()
            }
            row("open, \(isCold ? "cold" : "cached")", "\(rounded(median(times) * 1_000, 2)) ms", "–", "–")
        }
    }

    private func measureVerification(_ organization: String) throws {
        let paths = try paths(organization)
        let size = try paths.reduce(0.0) { total, path in
            total + Double(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0)
        }
        let limit = try DiskLimit.readAndHashRate(of: paths)
        var report: VerificationReport?
        let time = try seconds { report = try LogVerifier.verify(directory: organization) }
        guard let report, report.isClean else { throw MeasureError(text: "the log is not clean") }
        row(
            "verify, stored bytes",
            "\(rounded(size / time / 1e6)) MB/s, \(rounded(time, 2)) s",
            "read and SHA-256: \(rounded(limit.readAndHash / 1e6)) MB/s; read alone: \(rounded(limit.read / 1e6))",
            rounded(size / time / limit.readAndHash, 2)
        )
        row(
            "verify, bytes hashed (stored and raw)",
            "\(rounded((size + Double(report.statistics.rawBytes)) / time / 1e6)) MB/s",
            "read and SHA-256: \(rounded(limit.readAndHash / 1e6)) MB/s",
            rounded((size + Double(report.statistics.rawBytes)) / time / limit.readAndHash, 2)
        )
    }

    // MARK: Packing beside commits

    private func measureCommits(_ organization: String, _ writeRate: Double) async throws {
        let log = try SegmentedLog.open(directory: organization, options: unpacked)
        defer { log.close() }
        let clock = ContinuousClock()
        let opened = clock.now
        while !log.verification.isFinished { try await Task.sleep(for: .milliseconds(5)) }
        row(
            "the check in the background, quiet machine",
            "\(rounded(Double(log.verification.progress.totalByteCount) / inSeconds(clock.now - opened) / 1e6)) MB/s",
            "–",
            "–"
        )
        let quiet = try await commits(log) { false }
        let before = log.statistics
        let isDone = Atomic(false)
        let begun = clock.now
        let packing = Task {
            defer { isDone.store(true, ordering: .relaxed) }
            return try await log.compact()
        }
        let busy = try await commits(log) { !isDone.load(ordering: .relaxed) }
        let packed = try await packing.value
        let busyTime = inSeconds(clock.now - begun)
        report("commits of one caller, nothing else", quiet, nil)
        report("commits of one caller, beside packing", busy, quiet)
        row(
            "packing beside commits, bytes read",
            "\(rounded(Double(packed.before.storedByteCount) / busyTime / 1e6)) MB/s",
            "sequential write: \(rounded(writeRate / 1e6)) MB/s",
            rounded(Double(packed.before.storedByteCount) / busyTime / writeRate, 3)
        )
        row(
            "packed size",
            "\(packed.after.storedByteCount) bytes",
            "\(packed.before.storedByteCount) before (\(before.rawBytes) raw)",
            rounded(Double(packed.after.storedByteCount) / Double(packed.before.storedByteCount), 3)
        )
        try await measureRedaction(log, writeRate)
    }

    /// Records become husks on a quiet machine: first few, as when a customer is erased, then some in every block.
    private func measureRedaction(_ log: SegmentedLog, _ writeRate: Double) async throws {
        let clock = ContinuousClock()
        for (distance, place) in [(100_000 as UInt64, "few blocks"), (1_000, "every block")] {
            let begun = clock.now
            let report = try await log.compact { sequence, body in
                guard sequence.value % distance == 0, RecordLeaf.huskHash(body) == nil else { return nil }
                return [0x08, 0x01, 0x72, 0x20] + RecordLeaf.hash(body).bytes
            }
            let time = inSeconds(clock.now - begun)
            row(
                "compacting with husks in \(place), quiet, bytes read",
                "\(rounded(Double(report.before.storedByteCount) / time / 1e6)) MB/s, \(report.redactedCount) husks",
                "sequential write: \(rounded(writeRate / 1e6)) MB/s",
                rounded(Double(report.before.storedByteCount) / time / writeRate, 3)
            )
        }
        let scanned = clock.now
        _ = try await log.compact { _, _ in nil }
        row(
            "looking for something redactable, records",
            "\(rounded(Double(log.statistics.events) / inSeconds(clock.now - scanned) / 1e6)) M/s",
            "–",
            "–"
        )
    }

    private func report(_ what: String, _ latencies: [Double], _ quiet: [Double]?) {
        func milliseconds(_ share: Double) -> String { rounded(percentile(latencies, share) * 1_000, 2) }
        row(
            what,
            "p50 \(milliseconds(0.5)), p99 \(milliseconds(0.99)), p99.9 \(milliseconds(0.999)), most \(milliseconds(1)) ms",
            "\(latencies.count) commits",
            quiet.map { rounded(percentile(latencies, 0.999) / percentile($0, 0.999), 2) } ?? "–"
        )
    }

    /// How long each commit took of one caller that waits for each, for a while and as long as `goesOn` says.
    private func commits(_ log: SegmentedLog, while goesOn: () -> Bool) async throws -> [Double] {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(duration)
        var latencies: [Double] = []
        var random = SystemRandomNumberGenerator()
        var head = log.head.appended
        while clock.now < end || goesOn() {
            var batch = RecordBatch(recordedAt: Timestamp(microseconds: Int64(events)))
            batch.appendRecord { $0 += body(latencies.count, &random) }
            let begun = clock.now
            head = try await append(batch, head, to: log)
            try await log.waitUntilDurable(head)
            latencies.append(inSeconds(clock.now - begun))
        }
        return latencies
    }
}
