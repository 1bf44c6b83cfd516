import ArgumentParser
import CustomerProjections
import CustomerService
import EventSourcing
import Glibc
import LogStorage

/// Opening with a snapshot of the log's end, against reading the snapshot's file alone; elapsed time.
struct OpenBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Opening an organization with a snapshot, against reading the snapshot's file."
    )

    @Argument(help: "Data directories, as `patronctl generate` makes them; each gets a snapshot.")
    var directories: [String]

    @Option(help: "How often each is measured; the median counts.")
    var runs = 5

    func run() throws {
        row(
            "customers",
            "file, MB",
            "read, s",
            "read and checked, s",
            "open, s",
            "open ÷ read",
            "open ÷ checked",
            "bar"
        )
        row("---", "---", "---", "---", "---", "---", "---", "---")
        for directory in directories { try measure(directory) }
    }

    private func measure(_ path: String) throws {
        let data = try DataDirectory.open(path, program: "benchmark")
        defer { data.close() }
        let snapshot = try Organization.takeSnapshot(in: data)
        var reads: [Double] = []
        var checks: [Double] = []
        var opens: [Double] = []
        var customers = 0
        for _ in 0..<runs {
            reads.append(try seconds { try read(snapshot.path) })
            checks.append(try check(snapshot.sequence, path))
            let clock = ContinuousClock()
            let start = clock.now
            let organization = try Organization.open(in: data)
            opens.append(inSeconds(clock.now - start))
            precondition(organization.opening.snapshot == snapshot.sequence)
            customers = organization.peek { state, _ in state.customerCount }
            organization.close()
        }
        row(
            String(customers),
            rounded(Double(try byteCount(snapshot.path)) / 1e6),
            rounded(median(reads), 3),
            rounded(median(checks), 3),
            rounded(median(opens), 3),
            rounded(median(opens) / median(reads)),
            rounded(median(opens) / median(checks)),
            "≤ 2, ≤ 2 s at 1,000,000"
        )
    }

    /// Reads the file as any program would.
    private func read(_ path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw ValidationError("\(path) cannot be read") }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while buffer.withUnsafeMutableBytes({ Glibc.read(file, $0.baseAddress, $0.count) }) > 0 {}
    }

    /// Reads, checks and decompresses the content.
    private func check(_ sequence: SequenceNumber, _ path: String) throws -> Double {
        let directory = DataDirectory.organizationDirectory(Organization.defaultName, in: path)
        guard let store = try SegmentedLog.openReadOnly(directory: directory).snapshots else {
            throw ValidationError("\(path) has no snapshots")
        }
        return try seconds {
            let reader = try store.open(sequence)
            while try !reader.next().isEmpty {}
        }
    }

    private func byteCount(_ path: String) throws -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { throw ValidationError("\(path) cannot be read") }
        return Int(status.st_size)
    }
}
