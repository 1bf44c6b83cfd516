import CustomerProjections
import CustomerService
import EventSourcing

/// One number that monitoring gets of an organization.
struct Figure: Hashable, Sendable {
    var name: String
    var help: String
    var value: Int64
    var type = "gauge"

    init(_ name: String, _ help: String, _ value: some BinaryInteger) {
        self.name = name
        self.help = help
        self.value = Int64(clamping: value)
    }
}

extension Organization {
    /// All of them, always the same in the same order.
    var figures: [Figure] {
        let requests = peek { state, time in state.dataRequestCounts(at: time) }
        return status.figures + health.figures + [
            Figure("patron_data_requests_open", "Requests of persons about their data that are open.", requests.open),
            Figure(
                "patron_data_requests_overdue",
                "Those of them that should have been done by now.",
                requests.overdue
            ),
        ] + webhookCounts.figures
    }
}

extension WebhookCounts {
    fileprivate var figures: [Figure] {
        var delivered = Figure("patron_webhook_deliveries_total", "Messages that arrived at a webhook.", succeeded)
        var failures = Figure("patron_webhook_failures_total", "Attempts to send one that failed.", failed)
        delivered.type = "counter"
        failures.type = "counter"
        return [
            delivered, failures,
            Figure("patron_webhook_messages_pending", "Messages that wait for an attempt.", pending),
            Figure("patron_webhooks_enabled", "Webhooks that messages are sent to.", enabled),
            Figure("patron_webhooks_disabled", "Webhooks that are stopped.", disabled),
        ]
    }
}

extension OrganizationStatus {
    fileprivate var figures: [Figure] {
        var syncs = Figure(
            "patron_log_syncs_total",
            "How often the log was made durable since it was opened.",
            syncCount
        )
        syncs.type = "counter"
        return [
            Figure("patron_log_appended_sequence", "The last event taken.", head.appended.value),
            Figure("patron_log_durable_sequence", "The last event that survives a power failure.", head.durable.value),
            Figure("patron_log_segments", "Segment files.", segmentCount),
            Figure("patron_log_stored_bytes", "Bytes of the log on disk.", storedByteCount),
            Figure("patron_log_raw_bytes", "Bytes of the log before compression.", rawByteCount),
            syncs,
            Figure(
                "patron_log_takes_commands",
                "1 while commands are taken; 0 when the disk is full, a write failed, or the log is read-only.",
                refusal == nil ? 1 : 0
            ),
            Figure(
                "patron_clock_lag_seconds",
                "How far the clock is behind the last event; events bear that one's time meanwhile.",
                clockLag / 1_000_000
            ),
            Figure("patron_log_recovery_actions", "What opening the log had to do.", recoveryLines.count),
            Figure(
                "patron_log_damage_findings",
                "Damaged places; when there are any, nothing can be written.",
                damageLines.count
            ),
            Figure(
                "patron_log_verification_bytes",
                "Bytes that opening did not read, to be checked in the background.",
                verificationByteCount
            ),
            Figure("patron_log_verified_bytes", "How many of them were checked.", verifiedByteCount),
            Figure(
                "patron_log_verification_findings",
                "Damaged places that the check in the background found; any is a reason for alarm.",
                alarmLines.count
            ),
        ]
    }
}

extension OrganizationHealth {
    fileprivate var figures: [Figure] {
        [
            Figure(
                "patron_snapshot_sequence",
                "The last event in the newest snapshot, 0 for none.",
                lastSnapshot?.value ?? 0
            ),
            Figure(
                "patron_self_check_sequence",
                "How far the last self-check without alarm went.",
                lastSelfCheck?.value ?? 0
            ),
            Figure(
                "patron_snapshot_failed",
                "1 when the last snapshot or self-check did not end well.",
                lastFailure == nil ? 0 : 1
            ),
            Figure("patron_state_alarms", "States that should be equal and are not.", alarms.count),
        ]
    }
}
