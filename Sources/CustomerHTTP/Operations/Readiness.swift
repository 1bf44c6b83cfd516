import CustomerService
import EventSourcing

/// Whether an organization takes commands, and why not.
struct Readiness: Hashable, Sendable {
    var name: String
    var isReady: Bool { status == "ready" }
    var status: String
    var reason: String?
}

extension ServiceContext {
    /// How each organization is, those that could not be opened last.
    var readiness: [Readiness] {
        organizations.map(\.readiness)
            + unavailable.map {
                Readiness(
                    name: $0,
                    status: "unavailable",
                    reason: "It could not be opened: an operator must look at the server's log of its start."
                )
            }
    }
}

extension Organization {
    fileprivate var readiness: Readiness {
        let status = status
        return switch status.refusal {
        case nil where !status.alarmLines.isEmpty: of("damaged", Self.damageReason)
        case nil:
            if let alarm = health.alarms.first {
                of("alarm", "\(alarm). Restart: the log makes the state anew.")
            } else {
                of("ready", nil)
            }
        case .readOnly?: of("read-only", Problem.readOnlyDetail)
        case .failed?: of("failed", Problem.failedDetail)
        case .storageFull?: of("storage-full", "The disk is full; free space, and writing goes on by itself.")
        default: of("stopping", "The server is stopping.")
        }
    }

    private func of(_ status: String, _ reason: String?) -> Readiness {
        Readiness(name: name, status: status, reason: reason)
    }

    private static let damageReason = """
        Commands are taken, but the check in the background found damage in the log: an operator must run patronctl verify.
        """
}
