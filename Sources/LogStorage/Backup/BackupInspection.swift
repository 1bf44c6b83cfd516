import EventSourcing

/// Reads every file of a target, and says which are not what was written.
struct BackupInspection {
    let target: BackupTarget
    let files: StorageFiles
    private(set) var findings: [BackupFinding] = []
    /// The names of files that are missing or not what was written.
    private(set) var damagedNames: Set<String> = []
    private var manifests: [BackupManifest] = []

    static let noteTitle = "patron backup verified 1"

    init(target: BackupTarget, files: StorageFiles) {
        self.target = target
        self.files = files
    }

    mutating func run() throws(LogStorageError) {
        try checkManifests()
        try checkNotes()
        try checkFiles()
    }

    private mutating func checkManifests() throws(LogStorageError) {
        var previous: BackupTarget.Stored?
        for name in try files.list(target.manifestsDirectory) {
            let path = Paths.join(target.manifestsDirectory, name)
            guard let number = BackupTarget.number(name, BackupTarget.manifestSuffix) else {
                if BackupTarget.number(name, BackupTarget.noteSuffix) == nil { foreign(path) }
                continue
            }
            guard let stored = try target.stored(number) else {
                try findDamage(ofManifest: path)
                previous = nil
                continue
            }
            if let previous, previous.manifest.number == number - 1, stored.manifest.previous != previous.sha256 {
                findings.append(
                    BackupFinding(
                        path: path,
                        firstSequence: SequenceNumber(1),
                        lastSequence: stored.manifest.head,
                        kind: .tampered,
                        meaning: "The manifest does not follow backup \(previous.manifest.number), which is beside it."
                    )
                )
            }
            manifests.append(stored.manifest)
            previous = stored
        }
    }

    private mutating func checkNotes() throws(LogStorageError) {
        for name in try files.list(target.manifestsDirectory) {
            guard let number = BackupTarget.number(name, BackupTarget.noteSuffix) else { continue }
            let lines = CheckedText.decode(try files.read(target.notePath(number)) ?? [])
            if lines?.first != Self.noteTitle {
                find(target.notePath(number), .note, "The note is not what was written. Verifying writes it anew.")
            }
        }
    }

    private mutating func checkFiles() throws(LogStorageError) {
        var present: Set<String> = []
        for name in try files.list(target.filesDirectory) {
            let path = target.filePath(name)
            guard Hexadecimal.isSHA256(name) else {
                foreign(path)
                continue
            }
            guard let file = try files.open(path) else { continue }
            defer { file.close() }
            present.insert(name)
            guard Hexadecimal.text(try file.sha256(0..<(try file.size()))) != name else { continue }
            let kind = try DamagedCopy(file: file).kind(manifests, name)
            let remedy = "Remove the file: the next backup copies it again if the log still has it."
            damaged(name, kind, "\(DamagedCopy.meaning(kind)) \(remedy)")
        }
        for name in Set(manifests.flatMap(\.fileNames)).subtracting(present).sorted() {
            damaged(name, .missing, "A manifest names this file. The next backup copies it if the log still has it.")
        }
    }

    /// Says what is wrong with a manifest that cannot be read; it may have been of any records.
    private mutating func findDamage(ofManifest path: String) throws(LogStorageError) {
        let bytes = try files.read(path) ?? []
        let kind: BackupFinding.Kind =
            if let lines = CheckedText.decode(bytes) {
                lines.first == BackupManifest.title ? .tampered : .foreign
            } else {
                CheckedText.hasDigest(bytes) ? .rotten : .torn
            }
        findings.append(
            BackupFinding(
                path: path,
                firstSequence: SequenceNumber(1),
                kind: kind,
                meaning: "\(DamagedCopy.meaning(kind)) So this backup is lost. Remove the manifest, and back up again."
            )
        )
    }

    private mutating func damaged(_ name: String, _ kind: BackupFinding.Kind, _ meaning: String) {
        damagedNames.insert(name)
        let path = target.filePath(name)
        let segment = manifests.lazy.flatMap(\.segments).first { $0.sha256 == name }
        if let segment {
            findings.append(
                BackupFinding(
                    path: path,
                    name: segment.name,
                    firstSequence: segment.firstSequence,
                    lastSequence: segment.lastSequence,
                    kind: kind,
                    meaning: meaning
                )
            )
            return
        }
        let checkpoint = manifests.lazy.flatMap(\.checkpoints).first { $0.sha256 == name }
        findings.append(BackupFinding(path: path, name: checkpoint?.name, kind: kind, meaning: meaning))
    }

    private mutating func foreign(_ path: String) {
        guard !path.hasSuffix(BackupTarget.passingSuffix) else { return }
        find(path, .foreign, "No backup made this file. Move it away.")
    }

    private mutating func find(_ path: String, _ kind: BackupFinding.Kind, _ meaning: String) {
        findings.append(BackupFinding(path: path, kind: kind, meaning: meaning))
    }
}
