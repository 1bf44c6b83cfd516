import CustomerService
import Logging
import ServiceLifecycle

/// Looks once a second how the log is, and tells the operator of changes.
struct StatusWatch: Service {
    let organization: Organization
    let data: String
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var last = organization.status
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                guard !Task.isCancelled else { return }
                organization.dropIdlePastStates()
                let status = organization.status
                for message in StatusMessage.changes(from: last, to: status, data: data) { message.log(logger) }
                last = status
            }
        }
    }
}
