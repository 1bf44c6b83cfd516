import EventSourcing

/// Brings files into a target that it does not have yet, and lists what a manifest then names.
struct BackupCopy {
    let target: BackupTarget
    let files: StorageFiles
    /// The newest backup, whose sealed segments need not be read again.
    let known: BackupManifest?
    let isDryRun: Bool

    private(set) var segments: [BackupManifest.Segment] = []
    private(set) var checkpoints: [BackupManifest.Checkpoint] = []
    private(set) var copiedFileCount = 0
    private(set) var copiedByteCount = 0
    private var present: Set<String> = []
    /// The sizes of the files there were, but for the sealed segments that the newest backup names.
    private var byteCounts: Set<Int> = []

    init(target: BackupTarget, files: StorageFiles, known: BackupManifest?, isDryRun: Bool) {
        self.target = target
        self.files = files
        self.known = known
        self.isDryRun = isDryRun
    }

    /// Looks at what is there.
    mutating func begin() throws(LogStorageError) {
        present = Set(try files.list(target.filesDirectory))
        let sealed = known?.segments.filter { $0.digest != nil }.map(\.sha256) ?? []
        for name in present.subtracting(sealed) {
            guard let file = try files.open(target.filePath(name)) else { continue }
            defer { file.close() }
            byteCounts.insert(try file.size())
        }
    }

    /// Takes all files of a backup.
    mutating func take(
        _ checkpointFiles: [StorageFile],
        _ parts: [BackupSource.Part],
        _ progress: (VerificationProgress) -> Void
    ) throws(LogStorageError) {
        for file in checkpointFiles {
            let byteCount = try file.size()
            checkpoints.append(
                BackupManifest.Checkpoint(
                    name: Paths.lastComponent(file.path),
                    byteCount: byteCount,
                    sha256: try bring(Piece(file: file, byteCount: byteCount, isSmall: true))
                )
            )
        }
        let total = parts.reduce(0) { $0 + $1.byteCount }
        var done = 0
        for part in parts {
            segments.append(try take(part))
            done += part.byteCount
            progress(VerificationProgress(byteCount: done, totalByteCount: total))
        }
    }

    private mutating func take(_ part: BackupSource.Part) throws(LogStorageError) -> BackupManifest.Segment {
        var segment = BackupManifest.Segment(
            name: part.name,
            byteCount: part.byteCount,
            sha256: "",
            firstSequence: part.firstSequence,
            lastSequence: part.lastSequence,
            digest: part.footer.map { Hexadecimal.text($0.digest) }
        )
        if let same = try knownSegment(like: segment) { return same }
        segment.sha256 = try bring(Piece(file: part.file, byteCount: part.byteCount, footer: part.footer))
        return segment
    }

    /// The newest backup's entry of the same sealed segment, if its file is still there.
    private func knownSegment(
        like segment: BackupManifest.Segment
    ) throws(LogStorageError) -> BackupManifest.Segment? {
        guard segment.digest != nil,
            let same = known?.segments
                .first(where: {
                    $0.name == segment.name && $0.byteCount == segment.byteCount && $0.digest == segment.digest
                }),
            try has(same.sha256, same.byteCount)
        else { return nil }
        return same
    }

    private func has(_ sha256: String, _ byteCount: Int) throws(LogStorageError) -> Bool {
        guard present.contains(sha256), let file = try files.open(target.filePath(sha256)) else { return false }
        defer { file.close() }
        return try file.size() == byteCount
    }

    /// The first bytes of a file, and the footer at their end if they are a sealed segment.
    private struct Piece {
        var file: StorageFile
        var byteCount: Int
        var footer: SegmentFooter?
        var isSmall = false
    }

    /// Copies what the target does not have yet, and gives the SHA-256 that names the copy.
    private mutating func bring(_ piece: Piece) throws(LogStorageError) -> String {
        var sha256: String?
        // What is small, or may be there already, is read first; any other is read once, and copied on the way.
        if isDryRun || piece.isSmall || byteCounts.contains(piece.byteCount) {
            let known = try digest(of: piece) { (_, _) throws(FileError) in }
            guard try !has(known, piece.byteCount) else { return known }
            sha256 = known
        }
        let name = try isDryRun ? sha256 ?? "" : copy(piece, named: sha256)
        copiedFileCount += 1
        copiedByteCount += piece.byteCount
        present.insert(name)
        return name
    }

    /// Copies under a passing name, and gives the copy the name of its SHA-256, which is returned.
    private func copy(_ piece: Piece, named known: String?) throws(LogStorageError) -> String {
        let passingPath = target.filePath((known ?? "segment") + BackupTarget.passingSuffix)
        let file = try withFileErrors { () throws(FileError) in try files.system.createPassing(passingPath) }
        defer { file.close() }
        var offset = 0
        let sha256 = try digest(of: piece) { (bytes, range) throws(FileError) in
            try file.write(bytes, range, at: offset)
            offset += range.count
        }
        guard known ?? sha256 == sha256 else {
            throw BackupSource.damage("The file reads differently each time: check the disk", piece.file.path)
        }
        try withFileErrors { () throws(FileError) in
            try file.sync()
            // One passing name serves many files: it must not stand for an earlier one when it is renamed.
            if known == nil { try files.system.syncDirectory(target.filesDirectory) }
            try files.system.rename(passingPath, to: target.filePath(sha256))
        }
        return sha256
    }

    /// The SHA-256 of what is to be copied; on the way, `visit` gets it, and a sealed segment must be what its footer says.
    private func digest(
        of piece: Piece,
        _ visit: ([UInt8], Range<Int>) throws(FileError) -> Void
    ) throws(LogStorageError) -> String {
        let digest = DigestThread(isWorthwhile: piece.byteCount > StorageFiles.pieceByteCount)
        defer { digest.close() }
        func take(_ bytes: [UInt8], _ range: Range<Int>) throws(LogStorageError) {
            digest.update(bytes, range)
            try withFileErrors { () throws(FileError) in try visit(bytes, range) }
        }
        let blocksEnd = piece.footer?.offset ?? piece.byteCount
        try piece.file.read(0..<blocksEnd, take)
        if let footer = piece.footer, digest.digest() != footer.digest {
            throw BackupSource.damage(
                "Records \(footer.firstSequence) to \(footer.nextSequence - 1): the segment is not what its footer says",
                piece.file.path
            )
        }
        try piece.file.read(blocksEnd..<piece.byteCount, take)
        return Hexadecimal.text(digest.digest())
    }
}
