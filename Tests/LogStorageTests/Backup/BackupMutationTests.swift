import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// Every byte of a small target changes: verification says which file, which records, and never falls over.
@Suite struct BackupMutationTests {
    private static let sliceCount = 4

    /// Two backups, both verified.
    private func prepared() throws -> SimulatedFileSystem {
        var generator = SeededGenerator(seed: 9)
        let fixture = try BackupFixture()
        for _ in 0..<5 { try fixture.append(&generator) }
        _ = try fixture.backup()
        _ = try BackupFixture.verify(on: fixture.disk)
        for _ in 0..<7 { try fixture.append(&generator) }
        _ = try fixture.backup()
        #expect(try BackupFixture.verify(on: fixture.disk).isClean)
        return fixture.disk.crashImage(seed: 1)
    }

    @Test(arguments: 0..<sliceCount)
    func `a changed byte is found and named`(_ slice: Int) throws {
        let disk = try prepared()
        let manifests = try BackupTarget(BackupFixture.target, fileSystem: disk).manifests()
        let segments = manifests.flatMap(\.segments)
        var kinds: Set<BackupFinding.Kind> = []
        var index = 0
        for (path, bytes) in disk.contents.sorted(by: { $0.key < $1.key }) where path.hasPrefix("/backup/") {
            for offset in bytes.indices {
                index += 1
                guard index % Self.sliceCount == slice else { continue }
                let mask = UInt8(1) << UInt8(index / Self.sliceCount % 8)
                disk.tamper(path) { $0[offset] ^= mask }
                defer { disk.tamper(path) { $0[offset] ^= mask } }
                let result = try BackupFixture.verify(on: disk)
                let finding = result.findings.first { $0.path == path }
                let name = Paths.lastComponent(path)
                try require(finding != nil && !result.isClean, "byte \(offset) of \(path) is not noticed")
                let kind: BackupFinding.Kind = name.hasSuffix(".verified") ? .note : .rotten
                try requireEqual(finding?.kind, kind, "the kind of byte \(offset) of \(path)")
                if name.hasSuffix(".manifest") {
                    // Nobody knows of which records it was.
                    try requireEqual(finding?.firstSequence, SequenceNumber(1), "the records of byte \(offset)")
                    try requireEqual(finding?.lastSequence, nil, "the records of byte \(offset)")
                } else if kind == .rotten {
                    let segment = segments.first { $0.sha256 == name }
                    try requireEqual(finding?.name, segment?.name, "the segment of byte \(offset)")
                    try requireEqual(finding?.firstSequence, segment?.firstSequence, "the records of byte \(offset)")
                    try requireEqual(finding?.lastSequence, segment?.lastSequence, "the records of byte \(offset)")
                }
                kinds.insert(kind)
                // Verifying a rotten note has written it anew.
                if kind == .note, disk.contents[path] == bytes { disk.tamper(path) { $0[offset] ^= mask } }
            }
        }
        #expect(kinds == [.rotten, .note])
    }

    @Test func `a lost file, a foreign one and the only manifest's loss are named`() throws {
        let disk = try prepared()
        let manifests = try BackupTarget(BackupFixture.target, fileSystem: disk).manifests()
        let segment = try #require(manifests.last?.segments.first)
        let lost = disk.crashImage(seed: 1)
        try lost.remove(BackupFixture.target + "/files/" + segment.sha256)
        let missing = try BackupFixture.verify(on: lost)
        #expect(missing.findings.map(\.kind) == [.missing])
        #expect(missing.findings.first?.lastSequence == segment.lastSequence)
        #expect(!missing.isRestored)

        let mixed = disk.crashImage(seed: 1)
        _ = try mixed.open(BackupFixture.target + "/files/notes.txt", .create)
        #expect(try BackupFixture.verify(on: mixed).findings.map(\.kind) == [.foreign])

        let bare = disk.crashImage(seed: 1)
        for manifest in manifests {
            bare.tamper(BackupFixture.target + "/manifests/0000000\(manifest.number).manifest") { $0.removeLast() }
        }
        let unreadable = try BackupFixture.verify(on: bare)
        #expect(unreadable.findings.map(\.kind) == [.torn, .torn])
        #expect(unreadable.manifest == nil)
    }

    @Test func `cut, swapped and made-up files are told from rotten ones, with their records`() throws {
        let disk = try prepared()
        let manifests = try BackupTarget(BackupFixture.target, fileSystem: disk).manifests()
        let segment = try #require(manifests.last?.segments[1])
        let path = BackupFixture.target + "/files/" + segment.sha256
        let bytes = disk.contents[path] ?? []
        var otherLog = bytes
        otherLog[20] ^= 1
        otherLog.store(otherLog.crc32c(0..<SegmentHeader.byteCount - 4), at: SegmentHeader.byteCount - 4)
        // A segment like it, of which every checksum is right: the first blocks alone.
        let header = bytes.withUnsafeBytes { BlockHeader($0.bytes.extracting(SegmentHeader.byteCount..<$0.count)) }
        let shorter = Array(bytes[..<(SegmentHeader.byteCount + (header?.extent ?? 0))])
        let whole = shorter + [UInt8](repeating: 0, count: bytes.count - shorter.count)
        let changes: [(kind: BackupFinding.Kind, bytes: [UInt8])] = [
            (.torn, bytes.dropLast()), (.torn, []), (.foreign, otherLog), (.tampered, whole), (.rotten, bytes + [1]),
        ]
        for (kind, changed) in changes {
            disk.tamper(path) { $0 = changed }
            let findings = try BackupFixture.verify(on: disk).findings
            #expect(findings.map(\.kind) == [kind])
            #expect(findings.first?.firstSequence == segment.firstSequence)
            #expect(findings.first?.lastSequence == segment.lastSequence)
        }
        disk.tamper(path) { $0 = bytes }

        let manifestPath = BackupFixture.target + "/manifests/00000002.manifest"
        let manifest = disk.contents[manifestPath] ?? []
        var forged = try #require(manifests.last)
        forged.previous = String(repeating: "0", count: 64)
        let forgeries: [(kind: BackupFinding.Kind, bytes: [UInt8])] = [
            (.torn, manifest.dropLast(3)), (.torn, []), (.tampered, forged.encode()),
            (.tampered, CheckedText.encode([BackupManifest.title, "number 2"])),
            (.foreign, CheckedText.encode(["patron backup 2"])),
        ]
        for (kind, changed) in forgeries {
            disk.tamper(manifestPath) { $0 = changed }
            let findings = try BackupFixture.verify(on: disk).findings.filter { $0.kind != .note }
            #expect(findings.map(\.kind) == [kind])
            #expect(findings.first?.firstSequence == SequenceNumber(1))
        }
    }
}
