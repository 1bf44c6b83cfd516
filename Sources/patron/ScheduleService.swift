import CustomerService
import Logging
import ServiceLifecycle

/// Once a minute does what time has come for: store credit and points expire, and what else ``Organization/doDueWork()`` says.
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
            \(work.birthdays) birthdays rewarded
            """
        )
    }
}
