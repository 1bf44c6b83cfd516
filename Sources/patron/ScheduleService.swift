import CustomerService
import Logging
import ServiceLifecycle

/// Does once a minute what time has come for: store credit and points expire, and what else ``Organization/doDueWork()`` says; and
/// tells the log which keys were used.
struct ScheduleService: Service {
    let organization: Organization
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown { [organization, logger] in
            while !Task.isCancelled {
                do throws(CommandError) {
                    report(try await organization.doDueWork(), logger)
                } catch {
                    logger.warning("what is due was not done: \(error); the next try is in a minute")
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

    private func report(_ work: DueWork, _ logger: Logger) {
        if work == DueWork() { return }
        logger.info(
            """
            due work: \(work.expiredCredit) lots of store credit and \(work.expiredPoints) of points expired, \
            \(work.activatedPoints) of points are pending no longer, \(work.changedTiers) tiers changed, \
            \(work.birthdays) birthdays rewarded, \(work.enteredByRules) customers given a group or a tag by rules, \
            \(work.leftByRules) deprived of one
            """
        )
    }
}
