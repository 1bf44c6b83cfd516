import ArgumentParser

/// The server's command line.
struct PatronCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patron",
        abstract: "A customer service in which every change is an event in a durable log.",
        subcommands: [ServeCommand.self]
    )
}
