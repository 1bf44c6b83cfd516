import ArgumentParser
import Glibc

// Parsed here and not by `@main`, because scripts rely on these exit codes: 2 for usage, 3 for a directory in use,
// 4 for one that cannot be read.
do {
    var command = try PatronCommand.parseAsRoot()
    if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
    } else {
        try command.run()
    }
} catch let failure as StartFailure {
    printError("patron: \(failure.message)")
    exit(failure.code)
} catch {
    let code = PatronCommand.exitCode(for: error)
    let text = PatronCommand.fullMessage(for: error)
    guard code != .success else {
        print(text)
        exit(0)
    }
    printError(text)
    exit(code == .validationFailure ? 2 : 1)
}
