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

    /// Writes the figures of organizations, which bear the organization's name where there are several.
    mutating func write(_ figures: [(name: String, figures: [Figure])], unavailable: [String]) {
        let isLabelled = figures.count + unavailable.count > 1
        for (index, figure) in (figures.first?.figures ?? []).enumerated() {
            header(figure.name, figure.type, figure.help)
            for (name, figures) in figures {
                text += "\(figure.name)\(isLabelled ? "{organization=\"\(name)\"}" : "") \(figures[index].value)\n"
            }
        }
        guard isLabelled else { return }
        header(
            "patron_organization_open",
            "gauge",
            "1 for an organization that is open, 0 for one that could not be opened."
        )
        for (name, value) in figures.map({ ($0.name, 1) }) + unavailable.map({ ($0, 0) }) {
            text += "patron_organization_open{organization=\"\(name)\"} \(value)\n"
        }
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
