import CustomerService
import EventSourcing

/// Writes Prometheus' text exposition format 0.0.4.
struct PrometheusText {
    private(set) var text = ""

    mutating func write(_ metrics: RequestMetrics) {
        let snapshot = metrics.snapshot()
        header("patron_http_requests_total", "counter", "Answered requests by method, route and status.")
        for (label, counts) in zip(metrics.labels, snapshot) {
            for (status, count) in counts.byStatus.sorted(by: { $0.key < $1.key }) {
                let labels = "method=\"\(label.method)\",route=\"\(label.path)\",status=\"\(status)\""
                text += "patron_http_requests_total{\(labels)} \(count)\n"
            }
        }
        header("patron_http_request_duration_seconds", "histogram", "Time from the head of a request to its answer.")
        for (label, counts) in zip(metrics.labels, snapshot) where !counts.byStatus.isEmpty {
            histogram("method=\"\(label.method)\",route=\"\(label.path)\"", counts)
        }
        gauge("patron_http_requests_in_flight", "Requests being worked on.", metrics.inFlightCount)
    }

    mutating func write(_ status: OrganizationStatus) {
        gauge("patron_log_appended_sequence", "The last event taken.", status.head.appended.value)
        gauge("patron_log_durable_sequence", "The last event that survives a power failure.", status.head.durable.value)
        gauge("patron_log_segments", "Segment files.", status.segmentCount)
        gauge("patron_log_stored_bytes", "Bytes of the log on disk.", status.storedByteCount)
        gauge("patron_log_raw_bytes", "Bytes of the log before compression.", status.rawByteCount)
        header("patron_log_syncs_total", "counter", "How often the log was made durable since it was opened.")
        text += "patron_log_syncs_total \(status.syncCount)\n"
        gauge(
            "patron_log_takes_commands",
            "1 while commands are taken; 0 when the disk is full, a write failed, or the log is read-only.",
            status.refusal == nil ? 1 : 0
        )
        gauge(
            "patron_clock_lag_seconds",
            "How far the clock is behind the last event; events bear that one's time meanwhile.",
            status.clockLag / 1_000_000
        )
        gauge("patron_log_recovery_actions", "What opening the log had to do.", status.recoveryLines.count)
        gauge(
            "patron_log_damage_findings",
            "Damaged places; when there are any, nothing can be written.",
            status.damageLines.count
        )
        gauge(
            "patron_log_verification_bytes",
            "Bytes that opening did not read, to be checked in the background.",
            status.verificationByteCount
        )
        gauge("patron_log_verified_bytes", "How many of them were checked.", status.verifiedByteCount)
        gauge(
            "patron_log_verification_findings",
            "Damaged places that the check in the background found; any is a reason for alarm.",
            status.alarmLines.count
        )
    }

    mutating func write(_ health: OrganizationHealth) {
        let (taken, checked) = (health.lastSnapshot?.value ?? 0, health.lastSelfCheck?.value ?? 0)
        gauge("patron_snapshot_sequence", "The last event in the newest snapshot, 0 for none.", taken)
        gauge("patron_self_check_sequence", "How far the last self-check without alarm went.", checked)
        let failures = health.lastFailure == nil ? 0 : 1
        gauge("patron_snapshot_failed", "1 when the last snapshot or self-check did not end well.", failures)
        gauge("patron_state_alarms", "States that should be equal and are not.", health.alarms.count)
    }

    mutating func write(_ requests: (open: Int, overdue: Int)) {
        gauge("patron_data_requests_open", "Requests of persons about their data that are open.", requests.open)
        gauge("patron_data_requests_overdue", "Those of them that should have been done by now.", requests.overdue)
    }

    mutating func write(_ webhooks: WebhookCounts) {
        header("patron_webhook_attempts_total", "counter", "Attempts to send a message to a webhook.")
        text += "patron_webhook_attempts_total{outcome=\"delivered\"} \(webhooks.succeeded)\n"
        text += "patron_webhook_attempts_total{outcome=\"failed\"} \(webhooks.failed)\n"
        gauge("patron_webhook_messages_pending", "Messages that wait for an attempt.", webhooks.pending)
        gauge("patron_webhooks_enabled", "Webhooks that messages are sent to.", webhooks.enabled)
        gauge("patron_webhooks_disabled", "Webhooks that are stopped.", webhooks.disabled)
    }

    private mutating func header(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func gauge(_ name: String, _ help: String, _ value: some BinaryInteger) {
        header(name, "gauge", help)
        text += "\(name) \(value)\n"
    }

    private mutating func histogram(_ labels: String, _ counts: RequestMetrics.Counts) {
        let name = "patron_http_request_duration_seconds"
        var total: Int64 = 0
        for (bound, count) in zip(RequestMetrics.bounds, counts.buckets) {
            total += count
            text += "\(name)_bucket{\(labels),le=\"\(Double(bound) / 1e6)\"} \(total)\n"
        }
        total += counts.buckets.last ?? 0
        text += "\(name)_bucket{\(labels),le=\"+Inf\"} \(total)\n"
        text += "\(name)_sum{\(labels)} \(Double(counts.microseconds) / 1e6)\n"
        text += "\(name)_count{\(labels)} \(total)\n"
    }
}
