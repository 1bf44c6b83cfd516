/// Copies of vaults: apart from those of logs, since whoever has both can read everything.
public enum VaultCopy {
    /// Copies a vault to a file that nobody else may read, whole or not at all; works beside a running server.
    ///
    /// The copy needs the same master key. A file that is there is only replaced when it is an earlier copy of the same vault,
    /// and what is copied has no damaged slots.
    ///
    /// - Parameters:
    ///   - source: The vault's file.
    ///   - target: The copy.
    ///   - masterKeys: One must be the vault's: each key is unwrapped, to see that it can be.
    ///   - isDryRun: Find out everything and write nothing.
    ///   - fileSystem: The disk of both.
    /// - Returns: What was copied, damaged slots among it.
    /// - Throws: `invalidArgument` when the file there must stay, or as opening a vault.
    package static func make(
        _ source: String,
        to target: String,
        masterKeys: [MasterKey],
        isDryRun: Bool = false,
        fileSystem: any FileSystem = POSIXFileSystem()
    ) throws(LogStorageError) -> VaultInspection {
        guard let content = try VaultContent.read(source, logID: nil, fileSystem) else {
            throw LogStorageError.noVault(source)
        }
        _ = try content.header.cipher(masterKeys, source)
        let inspection = VaultInspection(content, masterKeys)
        if let earlier = try earlierCopy(target, fileSystem) {
            guard earlier.isEarlier(than: content), inspection.damagedSlots.isEmpty else {
                throw LogStorageError(
                    .invalidArgument,
                    """
                    This file is not replaced: it is no earlier copy of the same vault, or the vault has damaged slots that \
                    the copy may still have; give another name
                    """,
                    path: target
                )
            }
        }
        guard !isDryRun else { return inspection }
        try StorageFiles(system: fileSystem).place(target, content.header.encode() + content.slots)
        return inspection
    }

    private static func earlierCopy(
        _ path: String,
        _ fileSystem: any FileSystem
    ) throws(LogStorageError) -> VaultContent? {
        do {
            return try VaultContent.read(path, logID: nil, fileSystem)
        } catch {
            guard error.code != .inputOutput else { throw error }
            throw LogStorageError(
                .invalidArgument,
                "This file is not replaced: it is no vault; give another name",
                path: path
            )
        }
    }

    /// Puts a copy in the place of an organization's vault.
    ///
    /// Nothing that the vault which is there knows is lost: what it says was destroyed stays so, and keys that only it has stay,
    /// as far as it is the same vault and its master key is at hand. All keys are wrapped by the first of the master keys.
    ///
    /// - Parameters:
    ///   - source: The copy.
    ///   - directory: The organization's directory; no process may work in it.
    ///   - logID: Its log.
    ///   - masterKeys: One must be the copy's; the first wraps the keys from now on.
    ///   - isDryRun: Find out everything and write nothing.
    ///   - fileSystem: The disk of both.
    ///   - random: Gives so many random bytes.
    /// - Returns: What the vault then is.
    /// - Throws: As opening a vault; nothing has changed then.
    package static func restore(
        _ source: String,
        in directory: String,
        logID: LogID,
        masterKeys: [MasterKey],
        isDryRun: Bool = false,
        fileSystem: any FileSystem = POSIXFileSystem(),
        random: @escaping (Int) -> [UInt8] = KeyVault.randomBytes
    ) throws(LogStorageError) -> VaultInspection {
        guard let copy = try VaultContent.read(source, logID: logID, fileSystem) else {
            throw LogStorageError(.notFound, "There is no such copy of a vault", path: source)
        }
        let cipher = try copy.header.cipher(masterKeys, source)
        let path = VaultWriter.path(in: directory)
        let present = try? VaultContent.read(path, logID: logID, fileSystem)
        var merged = VaultMerge(copy, cipher, under: masterKeys[0], random: random)
        if let present { try merged.keep(present, masterKeys) }
        let content = try merged.content(path)
        let inspection = VaultInspection(content, masterKeys)
        guard !isDryRun else { return inspection }
        let files = StorageFiles(system: fileSystem)
        try files.makeDirectory(VaultWriter.directory(in: directory))
        try files.place(path, content.header.encode() + content.slots)
        return inspection
    }
}

extension VaultContent {
    /// Whether another content of the same vault has all that this one has, and perhaps came later.
    fileprivate func isEarlier(than other: VaultContent) -> Bool {
        guard header.vaultID == other.header.vaultID, header.logID == other.header.logID, slotCount <= other.slotCount
        else { return false }
        return (0..<slotCount)
            .allSatisfy { number in
                guard case .destroyed = slot(number) else { return true }
                return slot(number) == other.slot(number)
            }
    }
}

/// A vault made from a copy and from what was in its place.
private struct VaultMerge {
    private let copy: VaultContent
    private let copyCipher: VaultCipher
    private let cipher: VaultCipher
    private let random: (Int) -> [UInt8]
    private var present: (content: VaultContent, cipher: VaultCipher?)?

    init(_ copy: VaultContent, _ cipher: VaultCipher, under masterKey: MasterKey, random: @escaping (Int) -> [UInt8]) {
        self.copy = copy
        copyCipher = cipher
        self.cipher = VaultCipher(masterKey: masterKey, vaultID: copy.header.vaultID)
        self.random = random
    }

    mutating func keep(_ content: VaultContent, _ masterKeys: [MasterKey]) throws(LogStorageError) {
        let isSame = content.header.vaultID == copy.header.vaultID
        present = (content, isSame ? try? content.header.cipher(masterKeys, content.path) : nil)
    }

    func content(_ path: String) throws(LogStorageError) -> VaultContent {
        var header = copy.header
        header.masterKeyID = cipher.masterKey.id
        var slots: [UInt8] = []
        for number in 0..<max(copy.slotCount, present?.content.slotCount ?? 0) { slots += try slot(number) }
        return VaultContent(path: path, header: header, slots: slots)
    }

    private func slot(_ number: Int) throws(LogStorageError) -> [UInt8] {
        for content in [present?.content, copy].compactMap(\.self) where number < content.slotCount {
            if case .destroyed(let sequence) = content.slot(number) {
                return VaultSlot.destroyed(by: sequence, slot: number, of: cipher.vaultID)
            }
        }
        var key: [UInt8]?
        if let present, let cipher = present.cipher, number < present.content.slotCount {
            key = present.content.key(number, cipher)
        }
        guard number < copy.slotCount || key != nil else { return .zeroes(VaultFormat.slotByteCount) }
        guard let key = key ?? copy.key(number, copyCipher) else {
            // Damaged stays damaged, empty stays empty.
            return Array(copy.slots[number * VaultFormat.slotByteCount..<(number + 1) * VaultFormat.slotByteCount])
        }
        let nonce = random(VaultCipher.nonceByteCount)
        return try cipher.wrap(key[...], nonce: nonce[...], slot: number)
    }
}
