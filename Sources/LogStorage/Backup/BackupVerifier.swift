package import EventSourcing

/// Proves backups: reads every byte of a target, restores the newest backup, and verifies the log that comes out.
public struct BackupVerifier: Sendable {
    /// The backups.
    public let target: BackupTarget
    private let scratch: String
    private let files: StorageFiles
    private let now: @Sendable () -> Timestamp

    /// Verifies the backups in a target.
    ///
    /// - Parameters:
    ///   - target: The target.
    ///   - scratch: A directory for the log that is restored; it needs that much room, and is left empty.
    public init(target: String, scratch: String) {
        self.init(
            target: target,
            scratch: scratch,
            fileSystem: POSIXFileSystem(),
            now: { SystemClock.now }
        )
    }

    package init(
        target: String,
        scratch: String,
        fileSystem: any FileSystem,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.target = BackupTarget(target, fileSystem: fileSystem)
        self.scratch = scratch
        files = StorageFiles(system: fileSystem)
        self.now = now
    }

    /// Verifies everything, compares the root, and when nothing is wrong notes so beside the newest manifest.
    ///
    /// - Parameters:
    ///   - progress: Called after each segment of the restored log.
    ///   - compare: Gets the restored organization's directory and the manifest, and says what does not agree.
    /// - Returns: What was found.
    /// - Throws: When something cannot be read or written, `notFound` when there is no backup, and what `compare` throws.
    public func run(
        progress: (VerificationProgress) -> Void = { _ in },
        compare: (String, BackupManifest) throws -> [String] = { _, _ in [] }
    ) throws -> BackupVerification {
        var inspection = BackupInspection(target: target, files: files)
        try inspection.run()
        var result = BackupVerification(findings: inspection.findings)
        // With a finding there is something here, though no manifest can be read.
        guard let newest = try inspection.findings.isEmpty ? target.wanted(nil) : target.newest() else { return result }
        result.manifest = newest.manifest
        let isWhole = newest.manifest.fileNames.allSatisfy { !inspection.damagedNames.contains($0) }
        if isWhole {
            let directory = Paths.join(scratch, newest.manifest.organization)
            let restore = LogRestore(target: target.path, directory: directory, fileSystem: files.system, now: now)
            try restore.run { _ in nil }
            defer { discard(directory) }
            result.findings += try check(directory, newest.manifest, progress)
            if result.findings.isEmpty {
                for difference in try compare(directory, newest.manifest) {
                    result.findings.append(differs(newest.manifest, difference))
                }
            }
            result.isRestored = true
        }
        let isProven = result.isRestored && result.findings.allSatisfy { $0.kind == .note }
        if isProven { try files.place(target.notePath(newest.manifest.number), note(newest)) }
        return result
    }

    private func check(
        _ directory: String,
        _ manifest: BackupManifest,
        _ progress: (VerificationProgress) -> Void
    ) throws(LogStorageError) -> [BackupFinding] {
        let report = try LogVerifier.verify(
            directory: directory,
            fileSystem: files.system,
            progress: progress
        )
        var findings = report.findings.map {
            BackupFinding(
                path: Paths.join(directory, $0.path),
                name: $0.segment,
                firstSequence: $0.firstSequence,
                lastSequence: $0.lastSequence,
                kind: .log,
                meaning: "\($0.kind.rawValue): \($0.meaning)"
            )
        }
        if report.statistics.head != manifest.head {
            findings.append(differs(manifest, "The log ends with record \(report.statistics.head)"))
        } else if let root = manifest.root, root != "\(report.treeHead.root)" {
            findings.append(differs(manifest, "The root of the restored log is \(report.treeHead.root), not \(root)"))
        }
        return findings
    }

    private func differs(_ manifest: BackupManifest, _ meaning: String) -> BackupFinding {
        BackupFinding(
            path: target.manifestPath(manifest.number),
            firstSequence: SequenceNumber(1),
            lastSequence: manifest.head,
            kind: .differs,
            meaning: meaning
        )
    }

    /// Removes what was restored, as far as it goes; directories stay.
    private func discard(_ directory: String) {
        for name in ["log", "checkpoints", ""] {
            let folder = name.isEmpty ? directory : Paths.join(directory, name)
            for file in (try? files.list(folder)) ?? [] { try? files.remove(Paths.join(folder, file)) }
            try? files.syncDirectory(folder)
        }
    }

    private func note(_ stored: BackupTarget.Stored) -> [UInt8] {
        CheckedText.encode([
            BackupInspection.noteTitle, "manifest \(stored.sha256)", "head \(stored.manifest.head)",
            "time \(now().rfc3339)",
        ])
    }
}
