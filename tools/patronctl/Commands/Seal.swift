import ArgumentParser
import CustomerService

/// The command `patronctl seal`.
struct Seal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ends a log's active segment now, so that it can be packed, compacted and copied as a whole.",
        discussion: """
            Asks the running server, or does it where none runs.

            Example: patronctl seal --data /var/lib/patron
            """
    )

    @OptionGroup var options: MaintenanceOptions

    func run() async throws {
        try await ToolFailure.catching {
            let result = try await options.perform("seal") { organization, _ in
                try await organization.sealResult(dryRun: options.dryRun)
            }
            options.show(result)
        }
    }
}
