import CustomerService
import EventSourcing
import Logging

/// What an operator must hear of a change in how the log is, and what to type next.
struct StatusMessage: Hashable {
    var level: Logger.Level
    var text: String

    /// A clock that is this much behind is worth a word, in microseconds.
    static let clockLagLimit: Int64 = 1_000_000

    /// The messages for a change; of a start, when there was no status before.
    static func changes(
        from old: OrganizationStatus?,
        to new: OrganizationStatus,
        data: String
    ) -> [StatusMessage] {
        var messages: [StatusMessage] = []
        if old?.refusal != new.refusal {
            if let refusal = new.refusal {
                messages.append(message(for: refusal, new, data))
            } else if old?.refusal != nil {
                messages.append(StatusMessage(level: .notice, text: "commands are taken again"))
            }
        }
        let wasBehind = (old?.clockLag ?? 0) > clockLagLimit
        let isBehind = new.clockLag > clockLagLimit
        if isBehind, !wasBehind {
            messages.append(
                StatusMessage(
                    level: .warning,
                    text: """
                        the clock is \(new.clockLag / 1_000_000) s behind the last event; times never go back, so events bear \
                        that one's time until the clock has caught up; type: timedatectl
                        """
                )
            )
        } else if wasBehind, !isBehind {
            messages.append(StatusMessage(level: .notice, text: "the clock has caught up with the last event"))
        }
        return messages
    }

    private static func message(
        for refusal: AppendError,
        _ status: OrganizationStatus,
        _ data: String
    ) -> StatusMessage {
        switch refusal {
        case .storageFull:
            StatusMessage(
                level: .error,
                text: """
                    the disk of \(data) is full: commands get 507, reads go on; free space, and writing goes on by itself; \
                    type: df -h \(data)
                    """
            )
        case .readOnly where !status.damageLines.isEmpty:
            StatusMessage(
                level: .error,
                text: "the log only reads until it is repaired; type: patronctl verify --data \(data)"
            )
        case .readOnly(let reason):
            StatusMessage(level: .error, text: "the log only reads: \(reason)")
        case .failed(let reason):
            StatusMessage(
                level: .critical,
                text: "writing failed for good: commands get 503, reads go on: \(reason)"
            )
        default:
            StatusMessage(level: .notice, text: "no more commands are taken")
        }
    }

    func log(_ logger: Logger) { logger.log(level: level, "\(text)") }
}
