import ArgumentParser
import CustomerService
import EventSourcing

/// The command `patronctl export`.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the events of a range as JSON lines.",
        discussion: """
            Only reads the log, and works beside a running server. The lines are those of replay --json. An export that was \
            interrupted goes on with --resume: an incomplete last line is written again, and what is there stays.

            Example: patronctl export --data /var/lib/patron --output events.jsonl --resume
            """
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var reader: ReaderOptions
    @Option(help: "The first sequence number.")
    var from: UInt64 = 1
    @Option(help: "The last sequence number.")
    var to: UInt64?
    @Option(help: "The file; standard output when it is not given.")
    var output: String?
    @Flag(help: "Go on behind the last whole line of the file.")
    var resume = false

    func validate() throws {
        guard from >= 1 else { throw ValidationError("--from starts at 1.") }
        guard output != nil || !resume else { throw ValidationError("--resume needs --output.") }
    }

    func run() async throws {
        try await ToolFailure.catching {
            let organization = try Organization.openReadOnly(
                options.organization,
                inDirectory: options.data,
                for: reader.reader()
            )
            guard let output else {
                _ = try write(organization, from: from, to: standardOutput)
                return
            }
            let file = try ExportFile(path: output, resumes: resume)
            defer { file.close() }
            let count = try write(organization, from: max(from, (file.lastSequence ?? 0) + 1), to: file.stream)
            try file.sync()
            standardError.write("\(grouped(count)) events written to \(output)\n")
        }
    }

    private func write(_ organization: Organization, from first: UInt64, to stream: OutputStream) throws -> Int {
        var filter = EventFilter()
        filter.first = first
        filter.last = to
        let last = min(to ?? .max, organization.head.durable.value)
        var lines = EventLines(to: stream)
        var progress = ProgressLine()
        _ = try organization.eachLine(from: first, filter: filter, isJSON: true) { sequence, line in
            try lines.add(line)
            progress.show(done: sequence.value - first + 1, total: last - first + 1, unit: "events")
        }
        try lines.flush()
        progress.clear()
        return lines.count
    }
}
