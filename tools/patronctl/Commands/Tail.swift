import ArgumentParser
import CustomerService

/// The command `patronctl tail`.
struct Tail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints events as a running server records them.",
        discussion: """
            Shows what is durable, and nothing else. Without --from it begins with the next event. Ends with Ctrl-C, \
            when nothing more can come (--to, --until), or with the server, and then with status 5.

            Example: patronctl tail --data /var/lib/patron --type OrderPlaced --json
            """
    )

    @OptionGroup var options: DataOptions
    @Option(help: "The first sequence number.")
    var from: UInt64?
    @OptionGroup var filter: FilterOptions
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func validate() throws {
        guard from ?? 1 >= 1 else { throw ValidationError("--from starts at 1.") }
    }

    func run() async throws {
        try await ToolFailure.catching {
            var request = ControlRequest("tail", organization: options.organization)
            request.arguments = filter.filter(from: 1).arguments
            request.arguments["first"] = from.map { String($0) }
            request.arguments["json"] = json ? "true" : "false"
            _ = try options.askServer(request) { progress in
                if let line = progress.line { standardOutput.write(line + "\n") }
            }
        }
    }
}
