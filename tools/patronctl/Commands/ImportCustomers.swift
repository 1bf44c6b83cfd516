import ArgumentParser
import CustomerService

/// The command `patronctl import customers`.
struct ImportCustomers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers",
        abstract: "Brings in a CSV file of customers.",
        discussion: """
            --template prints the header row to fill in. Customers are known by their e-mail address: who is there already \
            is left alone, or with --update gets what the file says. Rows that cannot be taken are listed in a report.

            Example: patronctl import customers --data /var/lib/patron customers.csv
            """
    )

    @Option(help: "The data directory.")
    var data: String?
    @Option(help: "The organization.")
    var organization = "default"
    @Option(help: "A mapping file, where the columns are not those of the template.")
    var mapping: String?
    @Flag(help: "Print the header row of a file to fill in, and do nothing else.")
    var template = false
    @Flag(help: "Update customers who are there already.")
    var update = false
    @OptionGroup var importOptions: ImportOptions

    func validate() throws {
        try checkOrganizationName(organization)
        guard !template else { return }
        if data == nil { throw ValidationError("Missing expected argument '--data <data>'") }
        if importOptions.input == nil { throw ValidationError("Missing the CSV file; - stands for standard input.") }
    }

    func run() async throws {
        guard !template, let data else {
            print(CustomerMapping.template, terminator: "")
            return
        }
        try await ToolFailure.catching {
            var customerMapping = CustomerMapping()
            if let mapping { customerMapping = try CustomerMapping(json: try await readFile(mapping)) }
            let scope = Scope.local(tool: "patronctl", organization: organization)
            var reasons: [(reason: ImportReason, count: Int)] = []
            var line = ProgressLine()
            let summary = try await importOptions.withInput { source in
                try await importOptions.withOrganization(data, organization) { opened in
                    try await importOptions.withReport { report in
                        var work = CustomerImport(
                            source,
                            mapping: customerMapping,
                            updatesKnown: update,
                            into: opened,
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
