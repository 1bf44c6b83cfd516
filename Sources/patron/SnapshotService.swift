import CustomerService
import Logging
import ServiceLifecycle

/// Takes an organization's snapshots, and lets it check itself, until the server stops.
struct SnapshotService: Service {
    let organization: Organization
    let policy: SnapshotPolicy
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown { [organization, policy, logger] in
            await organization.keepSnapshots(policy) { line, isAlarm in
                if isAlarm {
                    logger.critical("alarm: \(line); the log is the truth: check the memory, then restart")
                } else {
                    logger.info("snapshots: \(line)")
                }
            }
        }
    }
}
