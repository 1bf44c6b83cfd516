import CustomerService
import Logging
import ServiceLifecycle

/// Takes an organization's snapshots, and lets it check itself, until the server stops.
struct SnapshotService: Service {
    let organization: Organization
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown { [organization, logger] in
            await organization.keepSnapshots { line, isAlarm in
                if isAlarm { logger.error("alarm: \(line)") } else { logger.info("snapshots: \(line)") }
            }
        }
    }
}
