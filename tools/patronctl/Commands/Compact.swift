import ArgumentParser
import CustomerService

/// The command `patronctl compact`.
struct Compact: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Packs a log's segments anew, and takes the personal data of erased people out of them.",
        discussion: """
            Asks the running server, which goes on meanwhile, or does it where none runs. State, root and proofs stay as \
            they are. May be interrupted at any time: asking again goes on. Exit status: 0 done, 1 a segment is damaged \
            and stays as it is, 4 the disk is too full.

            Example: patronctl compact --data /var/lib/patron --dry-run
            """
    )

    @OptionGroup var options: MaintenanceOptions

    func run() async throws {
        try await ToolFailure.catching {
            let result = try await options.perform("compact") { organization, progress in
                try await organization.compactionResult(dryRun: options.dryRun, progress: progress)
            }
            options.show(result)
            if !options.json { showFigures(result) }
            if case .text(let failures)? = result.values["failures"] {
                throw ToolFailure(.findings, "these segments stay as they are: \(failures)")
            }
            if case .text(let stop)? = result.values["stop"] {
                throw ToolFailure(.unreadable, "not all was done (\(stop)); ask again to go on")
            }
        }
    }

    private func showFigures(_ result: ControlResult) {
        func figure(_ name: String) -> String {
            guard case .number(let number)? = result.values[name] else { return "-" }
            return grouped(number)
        }
        for (title, name, unit) in [
            ("events", "events", ""), ("husks", "husks", ""), ("stored", "storedBytes", " bytes"),
            ("raw", "rawBytes", " bytes"),
        ] {
            let padding = String(repeating: " ", count: 14 - title.count)
            print("\(title)\(padding)\(figure(name + "Before"))\(unit) before, \(figure(name + "After"))\(unit) after")
        }
    }
}
