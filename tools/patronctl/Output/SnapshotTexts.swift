import CustomerService
import EventSourcing

extension SnapshotInspection {
    /// One JSON object.
    var json: String {
        var object = JSONText()
        object.add("sequence", sequence.value)
        object.add("path", path)
        object.add("byteCount", byteCount == 0 ? nil : byteCount)
        object.add("createdAt", createdAt?.rfc3339)
        object.add("misfit", misfit?.kind.rawValue)
        object.add("meaning", misfit?.reason)
        return object.closed
    }

    /// What of, and when.
    var standingText: String { "of event \(sequence), made \(createdAt?.rfc3339 ?? "-")" }

    /// One line.
    var text: String {
        guard let misfit else { return "snapshot at event \(sequence): fits, \(grouped(byteCount)) bytes" }
        let advice = misfit.kind.isHarmless ? "it is not used" : "it is not used, and can be deleted"
        return "snapshot at event \(sequence): \(misfit.kind.rawValue): \(misfit.reason); \(advice)"
    }
}
