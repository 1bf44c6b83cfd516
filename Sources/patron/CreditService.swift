import CustomerService
import Logging
import ServiceLifecycle

/// Once a minute lets store credit expire whose time has come.
struct CreditService: Service {
    let organization: Organization
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown { [organization, logger] in
            while !Task.isCancelled {
                do throws(CommandError) {
                    let count = try await organization.expireDueCredit()
                    if count > 0 { logger.info("store credit: \(count) lots expired") }
                } catch {
                    logger.warning("store credit that is due did not expire: \(error); the next try is in a minute")
                }
                try? await Task.sleep(for: .seconds(60))
            }
        }
    }
}
