import ArgumentParser

/// The command `patronctl manual`.
struct Manual: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the page for man(1): of the tool, or of one verb.",
        discussion: """
            The pages are made from what --help knows.

            Example: patronctl manual backup > /usr/local/share/man/man1/patronctl-backup.1
            """
    )

    @Argument(help: "The verb, such as verify or import orders; the whole tool when it is not given.")
    var verb: [String] = []

    func run() async throws {
        try await ToolFailure.catching {
            var help = try CommandHelp.tool()
            for name in verb {
                guard let next = help.verbs.first(where: { $0.commandName == name }) else {
                    throw ToolFailure(
                        .usage,
                        "there is no verb \(name); there are \(help.verbs.map(\.commandName).joined(separator: ", "))"
                    )
                }
                help = next
            }
            standardOutput.write(ManualPage(path: ["patronctl"] + verb, help: help).text)
        }
    }
}
