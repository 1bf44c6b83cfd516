/// The numbers of vault format version 1, as `docs/FORMAT.md` lists them.
enum VaultFormat {
    static let version: UInt16 = 1
    /// `PTRNVLT` and a line end.
    static let magic: UInt64 = 0x0a54_4c56_4e52_5450

    static let headerByteCount = 512
    static let slotByteCount = 64
    /// Slots in a sector, which is written whole when keys are minted.
    static let sectorSlotCount = Format.sectorByteCount / slotByteCount
    /// A vault has at most this many slots (4 GiB).
    static let slotLimit = 1 << 26
    /// How many slots are written and synced at a time.
    static let pieceSlotCount = 1 << 14

    static func offset(ofSlot slot: Int) -> Int { headerByteCount + slot * slotByteCount }
}

/// The first 512 bytes of a vault.
struct VaultHeader: Hashable, Sendable {
    static let idByteCount = 16

    /// Random bytes that name the vault for ever, whatever its master key.
    var vaultID: [UInt8]
    /// The log whose personal data its keys open.
    var logID: LogID
    var masterKeyID: MasterKey.ID

    private enum Field {
        static let magic = 0
        static let version = 8
        static let leastReaderVersion = 10
        static let byteCount = 12
        static let vaultID = 16
        static let logID = 32
        static let masterKeyID = 48
        static let checksum = VaultFormat.headerByteCount - 4
    }

    /// Why bytes are not a header this version reads.
    enum Fault: Error, Hashable {
        case rotten
        case newer(leastReaderVersion: UInt16)
    }

    init(vaultID: [UInt8], logID: LogID, masterKeyID: MasterKey.ID) {
        self.vaultID = vaultID
        self.logID = logID
        self.masterKeyID = masterKeyID
    }

    init(_ bytes: [UInt8]) throws(Fault) {
        guard bytes.count == VaultFormat.headerByteCount,
            bytes.number(at: Field.magic, as: UInt64.self) == VaultFormat.magic,
            bytes.number(at: Field.checksum, as: UInt32.self) == bytes.crc32c(0..<Field.checksum)
        else { throw .rotten }
        let least = bytes.number(at: Field.leastReaderVersion, as: UInt16.self)
        guard least <= VaultFormat.version else { throw .newer(leastReaderVersion: least) }
        vaultID = Array(bytes[Field.vaultID..<Field.vaultID + Self.idByteCount])
        logID = LogID(
            high: bytes.number(at: Field.logID, as: UInt64.self),
            low: bytes.number(at: Field.logID + 8, as: UInt64.self)
        )
        masterKeyID = MasterKey.ID(Array(bytes[Field.masterKeyID..<Field.masterKeyID + MasterKey.ID.byteCount]))
    }

    func encode() -> [UInt8] {
        var bytes = [UInt8].zeroes(VaultFormat.headerByteCount)
        bytes.store(VaultFormat.magic, at: Field.magic)
        bytes.store(VaultFormat.version, at: Field.version)
        bytes.store(VaultFormat.version, at: Field.leastReaderVersion)
        bytes.store(UInt32(VaultFormat.headerByteCount), at: Field.byteCount)
        bytes.replaceSubrange(Field.vaultID..<Field.vaultID + Self.idByteCount, with: vaultID)
        bytes.store(logID.high, at: Field.logID)
        bytes.store(logID.low, at: Field.logID + 8)
        bytes.replaceSubrange(Field.masterKeyID..<Field.masterKeyID + MasterKey.ID.byteCount, with: masterKeyID.bytes)
        bytes.store(bytes.crc32c(0..<Field.checksum), at: Field.checksum)
        return bytes
    }
}
