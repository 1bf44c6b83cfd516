#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import ArgumentParser
import CustomerService
import EventSourcing
import LogStorage

/// What both imports share: the input, the organization, the report, the summary.
struct ImportOptions: ParsableArguments {
    @Flag(help: "Decide everything, and write nothing to the data directory.")
    var dryRun = false

    @Option(help: "Where rows that cannot be taken are listed. (default: INPUT.report.csv in the current directory)")
    var report: String?

    @Flag(help: "Print the summary as one JSON object.")
    var json = false

    @OptionGroup var masterKey: MasterKeyOptions

    @Argument(help: "The CSV file; - for standard input.")
    var input: String?

    /// Where the report goes.
    var reportPath: String {
        if let report { return report }
        guard let input, input != "-" else { return "import.report.csv" }
        return (input.split(separator: "/").last.map(String.init) ?? "import") + ".report.csv"
    }
}

extension ImportOptions {
    /// Opens the input for `work`.
    func withInput<Result>(_ work: (ByteSource) async throws -> Result) async throws -> Result {
        guard let input, input != "-" else { return try await work(ByteSource(fileDescriptor: 0)) }
        return try await withFile(input, O_RDONLY) { try await work(ByteSource(fileDescriptor: $0)) }
    }

    /// Opens the organization for `work`: for a dry run a copy of it that keeps nothing.
    func withOrganization<Result>(
        _ data: String,
        _ name: String,
        _ work: (Organization) async throws -> Result
    ) async throws -> Result {
        guard !dryRun else {
            return try await work(try dryRun(data, name))
        }
        let directory = try DataDirectory.open(data, program: "patronctl")
        defer { directory.close() }
        let organization = try Organization.open(name, in: directory, masterKeys: masterKey.keys())
        for line in organization.status.recoveryLines { standardError.write("patronctl: \(line)\n") }
        if let line = organization.status.damageLines.first {
            throw ToolFailure(.findings, "the log is damaged and only reads: \(line); see patronctl verify")
        }
        if case .readOnly(let reason)? = organization.status.refusal {
            throw ToolFailure(.unreadable, "the log only reads: \(reason)")
        }
        do {
            let result = try await work(organization)
            organization.close()
            return result
        } catch {
            organization.close()
            throw error
        }
    }

    /// The organization, which keeps nothing of what it does; a new one when there is none.
    private func dryRun(_ data: String, _ name: String) throws -> Organization {
        let log: SegmentedLog
        do throws(LogStorageError) {
            log = try SegmentedLog.openReadOnly(directory: DataDirectory.organizationDirectory(name, in: data))
        } catch {
            guard error.code == .notFound else { throw error }
            return try Organization(name: name, log: DryRunLog(over: InMemoryEventLog()), now: systemTime)
        }
        let keys = try PersonalReader.holder(masterKey.keys()).keys(of: name, in: data, log: log)
        return try Organization(name: name, log: DryRunLog(over: log), keys: keys, now: systemTime)
    }

    /// Opens the report for `work`, and removes it when nothing is in it.
    func withReport(_ work: (ImportReport) async throws -> ImportSummary) async throws -> ImportSummary {
        let path = reportPath
        let summary = try await withFile(path, O_WRONLY | O_CREAT | O_TRUNC) { descriptor in
            let file = OutputStream(fileDescriptor: descriptor)
            return try await work(ImportReport { try file.writeOrThrow($0) })
        }
        if summary.reportedRowCount == 0 { unlink(path) }
        return summary
    }
}

extension ImportProgress {
    /// The progress in one line.
    func line(_ seconds: Double) -> String {
        var text = "\(grouped(rowCount)) rows, \(grouped(Int(Double(eventCount) / max(seconds, 0.001)))) events/s"
        if let totalByteCount, byteCount > 0 {
            let left = seconds * Double(max(0, totalByteCount - byteCount)) / Double(byteCount)
            text += ", \(Int(left.rounded(.up))) s left"
        }
        return text
    }
}
