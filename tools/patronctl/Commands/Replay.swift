import ArgumentParser
import CustomerService

/// The command `patronctl replay`.
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints events in the order in which they were recorded.",
        discussion: """
            Only reads, and works beside a running server. What was erased is not shown.

            Example: patronctl replay --data /var/lib/patron --customer C-1 --json
            """
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var reader: ReaderOptions
    @Option(help: "The first sequence number.")
    var from: UInt64 = 1
    @OptionGroup var filter: FilterOptions
    @Flag(help: "Print one JSON object a line.")
    var json = false
    @Flag(help: "Print each field before and after, too.")
    var changes = false

    func validate() throws {
        guard from >= 1 else { throw ValidationError("--from starts at 1.") }
    }

    func run() async throws {
        try await ToolFailure.catching {
            let organization = try Organization.openReadOnly(
                options.organization,
                inDirectory: options.data,
                for: reader.reader()
            )
            var lines = EventLines()
            let filter = filter.filter(from: from)
            _ = try organization.eachLine(from: from, filter: filter, isJSON: json, hasChanges: changes) { _, line in
                try lines.add(line)
            }
            try lines.flush()
        }
    }
}
