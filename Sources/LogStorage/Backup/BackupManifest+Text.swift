import EventSourcing

extension BackupManifest {
    /// The first line of every manifest this version reads.
    static let title = "patron backup 1"

    /// The manifest as ``CheckedText``.
    func encode() -> [UInt8] {
        var lines = [
            Self.title, "number \(number)", "organization \(organization)", "log \(logID)", "head \(head)",
            "time \(time.rfc3339)",
        ]
        if let previous { lines.append("previous \(previous)") }
        if let stateHash { lines.append("stateHash \(stateHash)") }
        if let root { lines.append("root \(root)") }
        for segment in segments {
            lines.append(
                "segment \(segment.sha256) \(segment.byteCount) \(segment.firstSequence) \(segment.lastSequence) "
                    + "\(segment.digest ?? "-") \(segment.name)"
            )
        }
        for checkpoint in checkpoints {
            lines.append("checkpoint \(checkpoint.sha256) \(checkpoint.byteCount) \(checkpoint.name)")
        }
        return CheckedText.encode(lines)
    }

    /// Reads a manifest; `nil` when its bytes are not what was written, or a newer version wrote them.
    init?(_ bytes: [UInt8]) {
        guard let lines = CheckedText.decode(bytes), lines.first == Self.title else { return nil }
        self.init(
            number: 0,
            organization: "",
            logID: "",
            head: .none,
            time: Timestamp(microseconds: 0),
            segments: [],
            checkpoints: []
        )
        for line in lines.dropFirst() {
            guard let space = line.firstIndex(of: " ") else { return nil }
            guard take(line[..<space], line[line.index(after: space)...]) else { return nil }
        }
        // What is read must be all there was, and names must stay inside their directories.
        guard encode() == bytes, Self.isName(organization[...]) else { return nil }
    }

    private mutating func take(_ key: Substring, _ value: Substring) -> Bool {
        switch key {
        case "number": number = Int(value) ?? 0
        case "organization": organization = String(value)
        case "log": logID = String(value)
        case "head": head = SequenceNumber(UInt64(value) ?? 0)
        case "time": time = Timestamp(rfc3339: value) ?? time
        case "previous": previous = String(value)
        case "stateHash": stateHash = String(value)
        case "root": root = String(value)
        case "segment": return takeSegment(value.split(separator: " ", maxSplits: 5))
        case "checkpoint": return takeCheckpoint(value.split(separator: " ", maxSplits: 2))
        default: return false
        }
        return true
    }

    private mutating func takeSegment(_ parts: [Substring]) -> Bool {
        guard parts.count == 6, Hexadecimal.isSHA256(parts[0]), let byteCount = Int(parts[1]), byteCount >= 0,
            let first = UInt64(parts[2]), let last = UInt64(parts[3]),
            SegmentName.firstSequence(String(parts[5])) != nil
        else { return false }
        segments.append(
            Segment(
                name: String(parts[5]),
                byteCount: byteCount,
                sha256: String(parts[0]),
                firstSequence: SequenceNumber(first),
                lastSequence: SequenceNumber(last),
                digest: parts[4] == "-" ? nil : String(parts[4])
            )
        )
        return true
    }

    private mutating func takeCheckpoint(_ parts: [Substring]) -> Bool {
        guard parts.count == 3, Hexadecimal.isSHA256(parts[0]), let byteCount = Int(parts[1]), byteCount >= 0,
            Self.isName(parts[2])
        else { return false }
        checkpoints.append(Checkpoint(name: String(parts[2]), byteCount: byteCount, sha256: String(parts[0])))
        return true
    }

    /// Whether `name` can be a file's in some directory, on a line of its own.
    static func isName(_ name: Substring) -> Bool {
        !name.isEmpty && name != "." && name != ".." && !name.utf8.contains { $0 == 0x2f || $0 < 0x20 }
    }
}
