import CustomerService
import Logging
import ServiceLifecycle

/// Does once a minute what time brings: store credit expires, and the log hears which keys were used.
struct ScheduleService: Service {
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
                do throws(CommandError) {
                    try await organization.recordKeyUses()
                } catch {
                    logger.warning("the use of API keys was not recorded: \(error); the next try is in a minute")
                }
                try? await Task.sleep(for: .seconds(60))
            }
        }
    }
}
