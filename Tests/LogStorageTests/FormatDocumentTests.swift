import EventSourcing
import Foundation
import TestSupport
import Testing

@testable import LogStorage

/// `docs/FORMAT.md` says what the code does.
@Suite struct FormatDocumentTests {
    /// A row of a table of fields.
    struct Field {
        var offset: Int
        var size: Int
        var name: String
    }

    static let document: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return (try? String(contentsOf: root.appending(path: "docs/FORMAT.md"), encoding: .utf8)) ?? ""
    }()

    /// All rows of tables, as cells.
    static let rows: [[String]] = document.split(separator: "\n").filter { $0.hasPrefix("|") }
        .map { line in
            line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
                .map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
        }

    static let fields: [Field] = rows.compactMap { cells in
        guard cells.count >= 4, let offset = Int(cells[0]), let size = Int(cells[1]) else { return nil }
        return Field(offset: offset, size: size, name: cells[2])
    }

    /// The number at the documented place of `name`, the `occurrence`th of this name in the document.
    private func number(_ name: String, _ occurrence: Int = 0, in bytes: [UInt8]) throws -> UInt64 {
        let all = Self.fields.filter { $0.name == name }
        try #require(all.indices.contains(occurrence), "\(name) is not documented")
        let field = all[occurrence]
        return bytes[field.offset..<field.offset + field.size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    @Test func `the numbers are those of the code`() throws {
        let numbers: [String: Int] = [
            "segmentHeaderByteCount": SegmentHeader.byteCount,
            "blockHeaderByteCount": BlockHeader.byteCount,
            "blockEndByteCount": BlockHeader.endByteCount,
            "footerHeadByteCount": SegmentFooter.headByteCount,
            "footerEntryByteCount": SegmentFooter.entryByteCount,
            "footerTrailerByteCount": SegmentFooter.trailerByteCount,
            "merkleHashByteCount": MerkleHash.byteCount,
            "merkleChunkLeafCount": MerkleTree.chunkLeafCount,
            "alignment": Format.alignment,
            "sectorByteCount": Format.sectorByteCount,
            "dictionaryByteLimit": Format.dictionaryByteLimit,
            "rawByteLimit": Format.rawByteLimit,
            "segmentByteLimit": Format.segmentByteLimit,
            "organizationByteLimit": Format.organizationByteLimit,
            "parityCellByteCount": Format.parityCellByteCount,
            "parityDataShardCount": ReedSolomon.dataCount,
            "parityShardCount": ReedSolomon.parityCount,
            "segmentByteCount": LogOptions().segmentByteCount,
            "blockByteLimit": LogOptions().blockByteLimit,
            "linkRestartInterval": LogOptions().linkRestartInterval,
            "reserveByteCount": LogOptions().reserveByteCount,
            "packedBlockByteCount": SegmentPacker.blockByteCount,
            "vaultHeaderByteCount": VaultFormat.headerByteCount,
            "vaultSlotByteCount": VaultFormat.slotByteCount,
            "vaultSlotLimit": VaultFormat.slotLimit,
            "vaultPieceSlotCount": VaultFormat.pieceSlotCount,
        ]
        var documented: [String: Int] = [:]
        for cells in Self.rows where cells.count == 3 && cells[0].hasPrefix("`") {
            if let value = Int(cells[1]) { documented[cells[0].replacing("`", with: "")] = value }
        }
        #expect(documented == numbers)
    }

    @Test func `a segment header is as documented`() throws {
        var header = SegmentHeader(
            logID: LogID(high: 1, low: 2),
            firstSequence: 3,
            createdAt: 4,
            organization: "ab"
        )
        header.previousChecksum = 5
        header.previousDigest = [UInt8](repeating: 6, count: 32)
        let bytes = header.encode()
        #expect(try number("magic", in: bytes) == Format.segmentMagic)
        #expect(Array("PTRNSEG\n".utf8) == Array(bytes[..<8]))
        #expect(try number("version", in: bytes) == 1)
        #expect(try number("leastReaderVersion", in: bytes) == 1)
        #expect(try number("headerByteCount", in: bytes) == 4096)
        #expect(Self.fields.first { $0.name == "logID" }?.offset == 16)
        #expect(bytes[16] == 1 && bytes[24] == 2)
        #expect(try number("firstSequence", in: bytes) == 3)
        #expect(try number("createdAt", in: bytes) == 4)
        #expect(try number("previousChecksum", in: bytes) == 5)
        #expect(try number("organizationByteCount", in: bytes) == 2)
        #expect(Self.fields.first { $0.name == "previousDigest" }?.offset == bytes.firstIndex(of: 6))
        #expect(Self.fields.first { $0.name == "organization" }?.offset == bytes.lastIndex(of: UInt8(ascii: "a")))
        #expect(try number("checksum", in: bytes) == UInt64(header.checksum))
        #expect(try number("segmentFlags", in: bytes) == 0)
    }

    @Test func `the header of a packed segment is as documented`() throws {
        var header = SegmentHeader(logID: LogID(high: 1, low: 2), firstSequence: 3, createdAt: 4, organization: "ab")
        header.version = Format.packedVersion
        header.leastReaderVersion = Format.packedVersion
        header.origin = SegmentHeader.Origin(lastChecksum: 7, digest: [UInt8](repeating: 8, count: 32))
        let bytes = header.encode()
        #expect(try number("version", in: bytes) == 2)
        #expect(try number("leastReaderVersion", in: bytes) == 2)
        #expect(try number("segmentFlags", in: bytes) == 1)
        #expect(try number("originLastChecksum", in: bytes) == 7)
        let digest = Self.fields.first { $0.name == "originDigest" }?.offset ?? 0
        #expect(Array(bytes[digest..<digest + 32]) == [UInt8](repeating: 8, count: 32))
        #expect(try SegmentHeader(bytes.span.bytes) == header)
    }

    @Test func `a block is as documented`() throws {
        var header = BlockHeader()
        header.codec = .lz4
        header.restartsLink = false
        header.maskIndex = 2
        header.firstSequence = 3
        header.firstRecordedAt = 4
        header.lastRecordedAt = 5
        header.recordCount = 6
        header.rawByteCount = 100
        header.storedByteCount = 8
        header.linkDistance = 72
        header.payloadChecksum = 9
        header.previousChecksum = 10
        header.offset = 4800
        var bytes = [UInt8](repeating: 0, count: BlockHeader.byteCount)
        header.store(in: &bytes, at: 0)
        let documented: [(String, Int, UInt64)] = [
            ("magic", 1, UInt64(Format.blockMagic)), ("codec", 0, 1), ("flags", 0, 0), ("maskIndex", 0, 2),
            ("firstSequence", 1, 3), ("firstRecordedAt", 0, 4), ("lastRecordedAt", 0, 5), ("recordCount", 0, 6),
            ("rawByteCount", 0, 100), ("storedByteCount", 0, 8), ("linkDistance", 0, 9), ("payloadChecksum", 0, 9),
            ("previousChecksum", 1, 10), ("offset", 0, 600), ("checksum", 1, UInt64(header.checksum)),
        ]
        for (name, occurrence, value) in documented {
            #expect(try number(name, occurrence, in: bytes) == value, "\(name)")
        }
        var maker = BlockMaker()
        let block = maker.block([[1, 2, 3]], at: 4096)
        let end = Array(block.bytes.suffix(BlockHeader.endByteCount))
        #expect(try number("endMagic", in: end) == UInt64(Format.blockEndMagic))
        #expect(try number("endChecksum", in: end) == UInt64(block.header.checksum))
    }

    @Test func `a footer is as documented`() throws {
        let footer = SegmentFooter(
            firstSequence: 1,
            nextSequence: 2,
            firstRecordedAt: 3,
            lastRecordedAt: 4,
            offset: 5000,
            blockCount: 6,
            lastChecksum: 7,
            rawByteCount: 8,
            digest: [UInt8](repeating: 9, count: 32),
            entries: [.init(firstSequence: 10, offset: 11, firstRecordedAt: 12, lastRecordedAt: 13)],
            nodes: [.emptyRoot]
        )
        let bytes = footer.encode()
        let documented: [(String, Int, UInt64)] = [
            ("magic", 2, UInt64(Format.footerMagic)), ("entryCount", 0, 1), ("firstSequence", 2, 1),
            ("nextSequence", 0, 2), ("firstRecordedAt", 1, 3), ("lastRecordedAt", 1, 4), ("footerOffset", 0, 5000),
            ("blockCount", 0, 6), ("lastChecksum", 0, 7), ("rawByteCount", 1, 8), ("merkleNodeCount", 0, 1),
        ]
        for (name, occurrence, value) in documented {
            #expect(try number(name, occurrence, in: bytes) == value, "\(name)")
        }
        #expect(bytes.firstIndex(of: 9) == Self.fields.first { $0.name == "digest" }?.offset)
        #expect(Array(bytes[104..<136]).filter { $0 != 0 } == [10, 11, 12, 13])
        #expect(Array(bytes[136..<168]) == MerkleHash.emptyRoot.bytes)
        let trailer = Array(bytes.suffix(SegmentFooter.trailerByteCount))
        #expect(try number("trailerFooterOffset", in: trailer) == 5000)
        #expect(try number("footerByteCount", in: trailer) == UInt64(bytes.count))
        #expect(try number("footerChecksum", in: trailer) == UInt64(bytes.crc32c(0..<168)))
        #expect(try number("footerVersion", in: trailer) == 2)
        #expect(try number("trailerChecksum", in: trailer) == UInt64(trailer.crc32c(0..<20)))
        #expect(try number("trailerMagic", in: trailer) == Format.trailerMagic)
    }

    @Test func `a parity file's head is as documented`() throws {
        let layout = ParityLayout(fileByteCount: 3 << 20)
        let head = ParityHead(
            firstSequence: 3,
            layout: layout,
            fileDigest: [UInt8](repeating: 7, count: 32),
            segmentDigest: [UInt8](repeating: 8, count: 32),
            checksums: [UInt32](repeating: 9, count: ReedSolomon.count * layout.rowCount)
        )
        let bytes = head.encode()
        let documented: [(String, UInt64)] = [
            ("parityMagic", Format.parityMagic), ("parityVersion", 1), ("leastParityReader", 1), ("dataShardCount", 64),
            ("parityShardCount", 4), ("paritySequence", 3), ("fileByteCount", 3 << 20),
            ("shardByteCount", UInt64(layout.shardByteCount)), ("cellByteCount", 16384),
            ("rowCount", UInt64(layout.rowCount)), ("parityReserved", 0),
        ]
        for (name, value) in documented { #expect(try number(name, in: bytes) == value, "\(name)") }
        #expect(Array("PTRNPAR\n".utf8) == Array(bytes[..<8]))
        #expect(Self.fields.first { $0.name == "fileDigest" }?.offset == bytes.firstIndex(of: 7))
        #expect(Self.fields.first { $0.name == "footerDigest" }?.offset == bytes.firstIndex(of: 8))
        #expect(bytes.count == 112 + 4 * 68 * layout.rowCount + 4)
        #expect(bytes.number(at: bytes.count - 4, as: UInt32.self) == bytes.crc32c(0..<bytes.count - 4))
    }

    @Test func `a vault is as documented`() throws {
        let id = [UInt8](repeating: 6, count: VaultHeader.idByteCount)
        let masterKey = VaultFixture.masterKey(1)
        let bytes = VaultHeader(vaultID: id, logID: LogID(high: 1, low: 2), masterKeyID: masterKey.id).encode()
        let documented: [(String, UInt64)] = [
            ("vaultMagic", VaultFormat.magic), ("vaultVersion", 1), ("leastVaultReader", 1),
            ("vaultHeaderByteCount", 512), ("vaultHeaderChecksum", UInt64(bytes.crc32c(0..<508))),
        ]
        for (name, value) in documented { #expect(try number(name, in: bytes) == value, "\(name)") }
        #expect(Array("PTRNVLT\n".utf8) == Array(bytes[..<8]))
        func range(_ name: String) throws -> Range<Int> {
            let field = try #require(Self.fields.first { $0.name == name }, "\(name) is not documented")
            return field.offset..<field.offset + field.size
        }
        #expect(Array(bytes[try range("vaultID")]) == id)
        #expect(bytes[try range("vaultLogID").lowerBound] == 1)
        #expect(Array(bytes[try range("masterKeyID")]) == masterKey.id.bytes)

        let key = [UInt8](repeating: 8, count: 32)
        let nonce = [UInt8](repeating: 9, count: 12)
        let live = try VaultCipher(masterKey: masterKey, vaultID: id).wrap(key[...], nonce: nonce[...], slot: 5)
        #expect(try number("liveMark", in: live) == UInt64(UInt8(ascii: "K")))
        #expect(Array(live[try range("nonce")]) == nonce)
        #expect(try range("wrappedKey") == 16..<48 && range("tag") == 48..<64)

        let destroyed = VaultSlot.destroyed(by: SequenceNumber(7), slot: 5, of: id)
        #expect(try number("destroyedMark", in: destroyed) == UInt64(UInt8(ascii: "X")))
        #expect(try number("destroyedBy", in: destroyed) == 7)
        #expect(try number("slotNumber", in: destroyed) == 5)
        #expect(Array(destroyed[try range("slotVaultID")]) == id)
        #expect(try number("slotChecksum", in: destroyed) == UInt64(destroyed.crc32c(0..<60)))
    }

    @Test func `the hex dump is of the golden file`() throws {
        let file = GoldenLog.folder(1).appending(path: SegmentName.name(firstSequence: 1))
        let bytes = try [UInt8](Data(contentsOf: file))
        var lineCount = 0
        for line in Self.document.split(separator: "\n") {
            guard let match = try /^([0-9a-f]{8})  ((?:[0-9a-f]{2} )+)/.firstMatch(in: line) else { continue }
            let offset = try #require(Int(match.1, radix: 16))
            let shown = match.2.split(separator: " ").compactMap { UInt8($0, radix: 16) }
            #expect(Array(bytes[offset..<offset + shown.count]) == shown, "\(line)")
            lineCount += 1
        }
        #expect(lineCount == 21)
    }
}
