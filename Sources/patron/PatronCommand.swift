import ArgumentParser

/// The server's command line.
struct PatronCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patron",
        abstract: "A customer service in which every change is an event in a durable log.",
        subcommands: [ServeCommand.self]
    )

    /// Runs what the command line asks for.
    ///
    /// Scripts rely on the exit codes, so they are chosen here: 0 done, 1 failed, 2 usage, 3 the directory is in use,
    /// 4 it cannot be read.
    static func start() async -> Int32 {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch let failure as StartFailure {
            printError("patron: \(failure.message)")
            return failure.code
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            guard code != .success else {
                print(text)
                return 0
            }
            printError(text)
            return code == .validationFailure ? 2 : 1
        }
    }
}
