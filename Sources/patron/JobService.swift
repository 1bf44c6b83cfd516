import CustomerService
import Logging
import ServiceLifecycle

/// Works on jobs: what is open is taken up, what had its time is forgotten.
struct JobService: Service {
    let organization: Organization
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown { [organization, logger] in
            await organization.serveJobs { logger.warning("jobs: \($0)") }
        }
    }
}
