extension LogInspector {
    /// Checks the parity files there are; that one is missing is no finding, since it is written some time after its segment.
    mutating func checkParity() throws(LogStorageError) {
        let files = StorageFiles(system: fileSystem)
        var segments: [String: WalkedSegment] = [:]
        for segment in inspection.segments { segments[segment.name] = segment }
        let damaged = Set(inspection.findings.map(\.segment))
        for name in try files.list(directory) {
            guard let segmentName = SegmentName.segment(ofParity: name) else { continue }
            let segment = try files.open(Paths.join(directory, segmentName))
            defer { segment?.close() }
            let isWhole = segments[segmentName]?.tail == .footer && !damaged.contains(segmentName)
            let parity = SegmentParity(files: files, directory: directory, name: segmentName)
            guard let fault = try parity.fault(segment, checksData: isWhole) else { continue }
            add(
                LogFinding(
                    segment: name,
                    offset: fault.offset,
                    byteCount: fault.byteCount,
                    kind: .parity,
                    meaning: "\(fault.meaning) \(LogFinding.Kind.parity.meaning)"
                )
            )
        }
    }
}
