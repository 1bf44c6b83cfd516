import CustomerService
import Logging
import ServiceLifecycle

/// Answers `patronctl` on the control socket while the server runs.
///
/// A server without it still serves, so a socket that cannot be made is said and no reason to stop.
struct ControlService: Service {
    let organization: Organization
    let data: String
    let masterKey: MasterKeySource
    let logger: Logger

    /// What tools may ask.
    ///
    /// Each feature that changes files beside the API registers its verb here.
    private var verbs: ControlVerbs {
        var verbs = ControlVerbs.basic(organization)
        verbs.addCompaction(of: organization)
        verbs.addSnapshot(of: organization)
        verbs.addVaultRotation(of: organization, data: data, masterKey: masterKey)
        return verbs
    }

    func run() async throws {
        do {
            let server = try ControlServer.start(
                inDirectory: data,
                organizations: [organization.name],
                verbs: verbs
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
