import ArgumentParser

/// The command `patronctl import`.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings CSV files in.",
        subcommands: [ImportOrders.self, ImportCustomers.self]
    )
}
