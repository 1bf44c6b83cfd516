import ArgumentParser
import CustomerService
import LogStorage

/// Which log a command is about.
struct DataOptions: ParsableArguments {
    @Option(help: "The data directory.")
    var data: String

    @Option(help: "The organization.")
    var organization = "default"

    func validate() throws {
        try checkOrganizationName(organization)
    }

    /// The organization's directory.
    var directory: String { DataDirectory.organizationDirectory(organization, in: data) }
}

extension DataOptions {
    /// Asks the running server to do what changes files, or what only it knows.
    ///
    /// - Throws: ``ToolFailure`` with ``ExitStatus/noServer`` when none runs.
    func askServer(
        _ request: ControlRequest,
        progress: (ControlProgress) -> Void = { _ in }
    ) throws -> ControlResult {
        do {
            return try ControlClient(directory: data).ask(request, progress: progress)
        } catch {
            guard error.code == .notConnected else { throw error }
            let holder = try DataDirectory.holder(of: data)
            throw ToolFailure(
                .noServer,
                holder.map { "\(error); the directory is in use by process \($0)" }
                    ?? "no server runs on \(data): start it with patron serve --data \(data)"
            )
        }
    }
}

/// Lets only names pass that can be a directory's.
func checkOrganizationName(_ name: String) throws {
    guard OpenOrganizations.isName(name) else {
        throw ValidationError("An organization's name has letters, digits, '-', '_' and '.'; not '\(name)'.")
    }
}
