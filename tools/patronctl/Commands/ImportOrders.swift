import ArgumentParser
import CustomerService

/// The command `patronctl import orders`.
struct ImportOrders: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders",
        abstract: "Brings in a CSV file of order lines, by a mapping.",
        discussion: """
            The mapping says which column is what; docs/IMPORT.md describes it, tools/mappings/online-retail.json is an \
            example. Rows that cannot be taken are listed in a report with line, column and reason; the rest is imported. \
            A second run of the same file adds nothing.

            Example: patronctl import orders --data /var/lib/patron --mapping tools/mappings/online-retail.json orders.csv
            """
    )

    @OptionGroup var options: DataOptions
    @Option(help: "The mapping file.")
    var mapping: String
    @Flag(
        inversion: .prefixedNo,
        help: "Make up names and e-mail addresses where the file has none, as the mapping says."
    )
    var syntheticProfiles: Bool?
    @OptionGroup var importOptions: ImportOptions

    func validate() throws {
        if importOptions.input == nil { throw ValidationError("Missing the CSV file; - stands for standard input.") }
    }

    func run() async throws {
        try await ToolFailure.catching {
            var mapping = try OrderMapping(json: try await readFile(mapping))
            if let syntheticProfiles { mapping.customers.syntheticProfiles = syntheticProfiles }
            let scope = Scope.local(tool: "patronctl", organization: options.organization)
            var reasons: [(reason: ImportReason, count: Int)] = []
            var line = ProgressLine()
            let summary = try await importOptions.withInput { source in
                try await importOptions.withOrganization(options.data, options.organization) { organization in
                    try await importOptions.withReport { report in
                        var work = OrderImport(
                            source,
                            mapping: mapping,
                            into: organization,
                            scope: scope,
                            report: report
                        )
                        let summary = try await work.run { progress in line.show { progress.line($0) } }
                        reasons = work.report.countsByReason
                        return summary
                    }
                }
            }
            line.clear()
            standardError.write(summary.text(reasons, seconds: line.elapsedSeconds, options: importOptions) + "\n")
            if importOptions.json { print(summary.json(reasons, options: importOptions)) }
        }
    }
}
