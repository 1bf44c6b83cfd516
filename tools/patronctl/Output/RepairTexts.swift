import CustomerService
import EventSourcing
import LogStorage

extension RepairPlan {
    var text: String {
        lines(verdictOfRebuildable: "can be rebuilt")
            .joined(separator: "\n")
    }

    func lines(verdictOfRebuildable: String) -> [String] {
        var lines: [String] = []
        for segment in segments {
            let size = segment.damagedByteCount.map { ", about \(grouped($0)) bytes damaged" } ?? ""
            let verdict =
                switch segment.verdict {
                case .rebuildable: verdictOfRebuildable
                case .noParity: "cannot be rebuilt: it has no parity file; restore it from a backup"
                case .tooMuch:
                    "cannot be rebuilt: more is damaged than its parity file makes up for; restore it from a backup"
                }
            lines.append("\(segment.name)\(size): \(verdict)")
            lines += segment.findings.map { "    \($0)" }
        }
        lines += parity.map { "\($0)" } + others.map { "\($0)" }
        if !lost.isEmpty { lines.append("lost: records \(list(lost))") }
        if !doubtful.isEmpty {
            lines.append("doubtful: records \(list(doubtful)) are whole by their checksums, but nothing proves them")
        }
        return isClean ? ["nothing is damaged"] : lines
    }

    private func list(_ ranges: [RecordRange]) -> String { ranges.map(\.description).joined(separator: ", ") }

    func jsonText(isDryRun: Bool) -> JSONText {
        var object = JSONText()
        object.add("format", 1)
        object.add("dryRun", isDryRun)
        let segments = segments.map { segment in
            var object = JSONText()
            object.add("segment", segment.name)
            object.add("verdict", segment.verdict.rawValue)
            object.add("damagedBytes", segment.damagedByteCount)
            object.addRaw("findings", JSONText.list(segment.findings.map(\.description)))
            return object.closed
        }
        object.addRaw("segments", "[" + segments.joined(separator: ",") + "]")
        object.addRaw("parity", JSONText.list(parity.map(\.description)))
        object.addRaw("others", JSONText.list(others.map(\.description)))
        object.addRaw("lost", json(lost))
        object.addRaw("doubtful", json(doubtful))
        return object
    }

    private func json(_ ranges: [RecordRange]) -> String {
        let texts = ranges.map { range in
            var object = JSONText()
            object.add("firstSequence", range.first.value)
            object.add("lastSequence", range.last?.value)
            return object.closed
        }
        return "[" + texts.joined(separator: ",") + "]"
    }
}

extension RepairReport {
    var text: String {
        var lines = plan.lines(verdictOfRebuildable: "rebuilt")
        if !parityWritten.isEmpty { lines.append("parity written of \(grouped(parityWritten.count)) segments") }
        lines += quarantineFiles.map { "kept as it was: \($0)" }
        let events = grouped(verification.statistics.events)
        if verification.isClean {
            lines.append("verified: \(events) events, root \(verification.treeHead.root)")
        } else {
            lines.append("still damaged: only the first \(events) events can be read and proven")
        }
        return lines.joined(separator: "\n")
    }

    var json: String {
        var object = plan.jsonText(isDryRun: false)
        object.addRaw("repaired", JSONText.list(repaired))
        object.addRaw("parityWritten", JSONText.list(parityWritten))
        object.addRaw("quarantine", JSONText.list(quarantineFiles))
        object.add("clean", verification.isClean)
        object.add("events", verification.statistics.events)
        object.add("root", "\(verification.treeHead.root)")
        object.addRaw("findings", JSONText.list(verification.findings.map(\.description)))
        return object.closed
    }
}
