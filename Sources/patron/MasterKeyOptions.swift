import ArgumentParser
import CustomerService
import Glibc

/// Where the master key comes from.
struct MasterKeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The file with the master key. (default: keys/master.key of the data)", valueName: "file")
    )
    var masterKeyFile: String?
    @Option(help: ArgumentHelp("A command that prints the master key.", valueName: "command"))
    var masterKeyCommand: String?

    /// The source; an option counts before `PATRON_MASTER_KEY`.
    func source() throws -> MasterKeySource {
        try MasterKeySource(
            file: masterKeyFile,
            command: masterKeyCommand,
            environment: getenv("PATRON_MASTER_KEY").map { String(cString: $0) }
        )
    }
}
