import CustomerService
import Logging
import ServiceLifecycle

/// Answers `patronctl` on the control socket while the server runs.
///
/// A server without it still serves, so a socket that cannot be made is said and no reason to stop.
struct ControlService: Service {
    let organizations: [Organization]
    let data: String
    let masterKey: MasterKeySource
    let logger: Logger

    /// What tools may ask.
    ///
    /// Each feature that changes files beside the API registers its verb here.
    private func verbs(of organization: Organization) -> ControlVerbs {
        var verbs = ControlVerbs.basic(organization)
        verbs.addCompaction(of: organization)
        verbs.addSnapshot(of: organization)
        // One master key wraps all vaults, whichever organization is named.
        verbs.addVaultRotation(of: organizations, data: data, masterKey: masterKey)
        return verbs
    }

    func run() async throws {
        do {
            let server = try ControlServer.start(
                inDirectory: data,
                organizations: Set(organizations.map(\.name)),
                verbs: .each(Dictionary(uniqueKeysWithValues: organizations.map { ($0.name, verbs(of: $0)) }))
            )
            logger.info("tools are answered at \(server.path)")
            try? await gracefulShutdown()
            await server.stop()
        } catch {
            logger.warning("patronctl cannot ask this server: \(error)")
            try? await gracefulShutdown()
        }
    }
}
