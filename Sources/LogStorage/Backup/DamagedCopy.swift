import EventSourcing

/// A file of a backup whose bytes are not those it is named by.
struct DamagedCopy {
    let file: StorageFile

    /// What happened to it, as far as its bytes and the manifests that name it tell.
    func kind(_ manifests: [BackupManifest], _ name: String) throws(LogStorageError) -> BackupFinding.Kind {
        let byteCount = try file.size()
        for manifest in manifests {
            if let segment = manifest.segments.first(where: { $0.sha256 == name }) {
                return byteCount < segment.byteCount ? .torn : try kind(of: segment, manifest.logID, byteCount)
            }
            if let checkpoint = manifest.checkpoints.first(where: { $0.sha256 == name }) {
                return byteCount < checkpoint.byteCount ? .torn : .rotten
            }
        }
        return .rotten
    }

    private func kind(
        of segment: BackupManifest.Segment,
        _ logID: String,
        _ byteCount: Int
    ) throws(LogStorageError) -> BackupFinding.Kind {
        let bytes = try file.read(SegmentHeader.byteCount, at: 0)
        guard let header = try? unsafe SegmentHeader(bytes.span.bytes) else { return .rotten }
        guard header.logID.hexadecimal == logID else { return .foreign }
        let start = WalkedSegment(
            name: segment.name,
            path: file.path,
            file: file.file,
            byteCount: byteCount,
            header: header,
            expected: BlockExpectation(
                sequence: header.firstSequence,
                previousChecksum: header.checksum,
                recordedAt: .min
            )
        )
        let next = try withFileErrors { () throws(FileError) in
            try SegmentFooter(endOf: file.file, byteCount: byteCount)?.nextSequence
        }
        var walk = SegmentWalk(
            start,
            nextFirstSequence: next,
            depth: WalkDepth(digests: true),
            trees: .broken
        )
        _ = try withFileErrors { () throws(FileError) in try walk.run() }
        let isWhole = walk.findings.isEmpty && [.clean, .footer].contains(walk.segment.tail)
        return isWhole ? .tampered : .rotten
    }

    static func meaning(_ kind: BackupFinding.Kind) -> String {
        switch kind {
        case .torn: "The end is missing: a copy that was cut off."
        case .tampered: "Its own checksums are right, but it is not what was backed up: somebody wrote it."
        case .foreign: "It is of another log or another program."
        default: "The bytes changed after they were written."
        }
    }
}
