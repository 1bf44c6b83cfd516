import ArgumentParser
import CustomerRecords
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl restore`.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes logs anew from backups, whole or up to some record or time.",
        discussion: """
            The organizations must not be there yet. Keys are not in a backup: put them back from where you keep them. \
            Exit status: 0 done, 1 the backup is damaged, 2 wrong usage, 3 the data directory is in use, 4 cannot read \
            or write.

            Example: patronctl restore --data /var/lib/patron-new /mnt/backups --to-time 2026-03-01T08:00:00Z
            """
    )

    @Option(help: "The data directory to restore into.")
    var data: String
    @Option(help: "Which backup, by its number; otherwise the newest.")
    var backup: Int?
    @Option(help: "The last record to restore.")
    var toSequence: UInt64?
    @Option(help: "Restore up to the last record of this time or before, such as 2026-01-01T00:00:00Z.")
    var toTime: String?
    @OptionGroup var options: BackupOptions

    func validate() throws {
        guard toSequence == nil || toTime == nil else {
            throw ValidationError("Give --to-sequence or --to-time, not both.")
        }
        if let toTime, Timestamp(rfc3339: toTime) == nil {
            throw ValidationError("--to-time must be a time such as 2026-01-01T00:00:00Z.")
        }
    }

    func run() async throws {
        try await ToolFailure.catching {
            let names = try options.organizationsInTarget()
            guard names.count == 1 || (toSequence == nil && backup == nil) else {
                throw ToolFailure(.usage, "there are several organizations in \(options.target); give --organization")
            }
            let held = options.dryRun ? nil : try DataDirectory.open(data, program: "patronctl")
            defer { held?.close() }
            var texts: [String] = []
            for name in names {
                let report = try restore(name)
                texts.append(options.json ? report.json(options.dryRun) : report.text(options.dryRun))
            }
            options.show(texts)
        }
    }

    private var point: RestorePoint {
        if let toSequence { return .sequence(SequenceNumber(toSequence)) }
        return toTime.flatMap { Timestamp(rfc3339: $0) }.map { .time($0) } ?? .end
    }

    private func restore(_ name: String) throws -> RestoreReport {
        let codec = RecordCodec(keys: WithheldKeys())
        let directory = DataDirectory.organizationDirectory(name, in: data)
        let report = try ToolFailure.judgingDamage {
            try LogRestore(target: options.target + "/" + name, directory: directory)
                .run(to: point, number: backup, dryRun: options.dryRun) { body in
                    try? codec.envelope(body, sequence: SequenceNumber(1)).recordedAt
                }
        }
        if !options.dryRun { try LogParity(directory: directory).update() }
        return report
    }
}
