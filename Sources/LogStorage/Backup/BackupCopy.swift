import Crypto

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
            let sha256 = Hexadecimal.text(try file.sha256(0..<byteCount))
            try put(file, byteCount, sha256)
            checkpoints.append(
                BackupManifest.Checkpoint(
                    name: Paths.lastComponent(file.path),
                    byteCount: byteCount,
                    sha256: sha256
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
        // One that may be there already is read first; any other is read once, and copied on the way.
        if isDryRun || byteCounts.contains(part.byteCount) {
            segment.sha256 = try digest(of: part) { (_, _) throws(FileError) in }
            guard try !has(segment.sha256, part.byteCount) else { return segment }
        }
        if !isDryRun { segment.sha256 = try copy(part) }
        note(segment.sha256, part.byteCount)
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

    /// Copies a segment, and gives the SHA-256 that names the copy.
    private func copy(_ part: BackupSource.Part) throws(LogStorageError) -> String {
        let passingPath = target.filePath("segment" + BackupTarget.passingSuffix)
        let file = try withFileErrors { () throws(FileError) in try files.system.createPassing(passingPath) }
        defer { file.close() }
        var offset = 0
        let sha256 = try digest(of: part) { (bytes, range) throws(FileError) in
            try file.write(bytes, range, at: offset)
            offset += range.count
        }
        try withFileErrors { () throws(FileError) in
            try file.sync()
            // The name it passes by is used for each segment: it must not stand for an earlier file when it is renamed.
            try files.system.syncDirectory(target.filesDirectory)
            try files.system.rename(passingPath, to: target.filePath(sha256))
        }
        return sha256
    }

    /// The SHA-256 of what is to be copied; on the way, `visit` gets it, and a sealed segment must be what its footer says.
    private func digest(
        of part: BackupSource.Part,
        _ visit: ([UInt8], Range<Int>) throws(FileError) -> Void
    ) throws(LogStorageError) -> String {
        var digest = SHA256()
        func take(_ bytes: [UInt8], _ range: Range<Int>) throws(LogStorageError) {
            digest.update(bytes, range)
            try withFileErrors { () throws(FileError) in try visit(bytes, range) }
        }
        let blocksEnd = part.footer?.offset ?? part.byteCount
        try part.file.read(0..<blocksEnd, take)
        if let footer = part.footer, digest.bytes != footer.digest {
            throw BackupSource.damage(
                "Records \(part.firstSequence) to \(part.lastSequence): the segment is not what its footer says",
                part.file.path
            )
        }
        try part.file.read(blocksEnd..<part.byteCount, take)
        return Hexadecimal.text(digest.bytes)
    }

    /// Takes note of a file that was copied, or would be.
    private mutating func note(_ sha256: String, _ byteCount: Int) {
        copiedFileCount += 1
        copiedByteCount += byteCount
        present.insert(sha256)
    }

    /// Copies the first bytes of a file to the target, unless they are there.
    private mutating func put(_ file: StorageFile, _ byteCount: Int, _ sha256: String) throws(LogStorageError) {
        guard try !has(sha256, byteCount) else { return }
        note(sha256, byteCount)
        guard !isDryRun else { return }
        let path = target.filePath(sha256)
        try files.place(path, by: path + BackupTarget.passingSuffix) { (copy) throws(LogStorageError) in
            var digest = SHA256()
            var offset = 0
            try file.read(0..<byteCount) { (bytes, range) throws(LogStorageError) in
                digest.update(bytes, range)
                try withFileErrors { () throws(FileError) in try copy.write(bytes, range, at: offset) }
                offset += range.count
            }
            guard Hexadecimal.text(digest.bytes) == sha256 else {
                throw BackupSource.damage("The file reads differently each time: check the disk", file.path)
            }
        }
    }
}
