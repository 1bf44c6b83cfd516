/// What changes a vault's file.
struct VaultWriter: Sendable {
    let files: StorageFiles
    let directory: String
    var file: any File
    var header: VaultHeader
    var cipher: VaultCipher
    let random: @Sendable (Int) -> [UInt8]
    /// Whether the file is sure to have its name after a power failure.
    var hasDurableName = true
    /// Keys are minted from here on.
    var firstUnused = 0

    static let directoryName = "vault"
    static let name = "keys.vault"
    static let passingName = "keys.vault.tmp"

    static func directory(in organization: String) -> String { Paths.join(organization, directoryName) }

    static func path(in organization: String) -> String { Paths.join(directory(in: organization), name) }

    /// The bytes of `count` new live slots.
    func mint(_ count: Int, from first: Int) throws(LogStorageError) -> [UInt8] {
        let share = VaultCipher.keyByteCount + VaultCipher.nonceByteCount
        let bytes = random(count * share)
        var slots: [UInt8] = []
        slots.reserveCapacity(count * VaultFormat.slotByteCount)
        for index in 0..<count {
            let part = bytes[index * share..<(index + 1) * share]
            slots += try cipher.wrap(
                part.prefix(VaultCipher.keyByteCount),
                nonce: part.suffix(VaultCipher.nonceByteCount),
                slot: first + index
            )
        }
        return slots
    }

    func write(_ slots: [UInt8], from first: Int) throws(LogStorageError) {
        try withFileErrors { () throws(FileError) in
            try file.write(slots, at: VaultFormat.offset(ofSlot: first))
        }
    }

    /// Makes what was written durable.
    mutating func sync() throws(LogStorageError) {
        try withFileErrors { () throws(FileError) in try file.sync() }
        guard !hasDurableName else { return }
        try files.syncDirectory(directory)
        hasDurableName = true
    }
}
