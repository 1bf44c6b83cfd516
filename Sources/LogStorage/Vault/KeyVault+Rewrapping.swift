import Synchronization

extension KeyVault {
    /// Wraps all keys anew under another master key; the keys themselves stay, and are found all the time.
    ///
    /// The new file is there whole or not at all after a power failure, and has the place of the old one, which is then
    /// overwritten with zeroes as well as the disk lets it. Takes room for a second file meanwhile. Damaged slots stay so.
    /// The old master key must be kept until this returned.
    ///
    /// - Parameter newKey: Does nothing when it is the one that wraps the keys now.
    /// - Throws: `inputOutput`, `closed`; the vault then is as it was.
    public func rewrap(under newKey: MasterKey) throws(LogStorageError) {
        try change { (writer) throws(LogStorageError) in
            guard newKey.id != writer.header.masterKeyID else { return }
            let lasting = LastingFileKeys(writer)
            try lasting.prepare(newKey)
            let rewrapped = try Rewrapped(writer, under: newKey, to: path, slotCount: slotCount)
            let old = writer.file
            defer { old.close() }
            writer.file = rewrapped.file
            writer.header = rewrapped.header
            writer.cipher = rewrapped.image.cipher
            writer.hasDurableName = false
            image.withLock { $0 = rewrapped.image }
            try writer.sync()
            // What began meanwhile; should this fail, both are found, and the next rotation finishes it.
            try? lasting.prepare(newKey)
            try? lasting.finish(newKey)
            // A file system or a disk that writes elsewhere keeps the old bytes, wrapped by the old master key.
            try? old.overwriteWithZeroes()
        }
    }
}

/// A vault's file under another master key, in its place.
private struct Rewrapped {
    let file: any File
    let header: VaultHeader
    private(set) var image: VaultImage

    init(_ writer: VaultWriter, under newKey: MasterKey, to path: String, slotCount: Int) throws(LogStorageError) {
        let passingPath = Paths.join(writer.directory, VaultWriter.passingName)
        file = try withFileErrors { () throws(FileError) in try writer.files.system.createPassing(passingPath) }
        var header = writer.header
        header.masterKeyID = newKey.id
        self.header = header
        image = VaultImage(VaultCipher(masterKey: newKey, vaultID: header.vaultID))
        do {
            try write(writer, slotCount)
            try withFileErrors { () throws(FileError) in
                try file.sync()
                try writer.files.system.rename(passingPath, to: path)
            }
        } catch {
            file.close()
            try? writer.files.remove(passingPath)
            throw error
        }
    }

    private mutating func write(_ writer: VaultWriter, _ slotCount: Int) throws(LogStorageError) {
        let bytes = header.encode()
        try withFileErrors { [file] () throws(FileError) in try file.write(bytes, at: 0) }
        let source = VaultSource(path: writer.directory, file: writer.file)
        var next = 0
        while next < slotCount {
            let count = min(slotCount - next, VaultFormat.pieceSlotCount)
            var slots = try source.read(count, from: next)
            for index in 0..<count { try rewrap(&slots, index, slot: next + index, writer) }
            try withFileErrors { [file] () throws(FileError) in
                try file.write(slots, at: VaultFormat.offset(ofSlot: next))
            }
            image.store(slots, from: next)
            next += count
        }
    }

    private func rewrap(
        _ slots: inout [UInt8],
        _ index: Int,
        slot: Int,
        _ writer: VaultWriter
    ) throws(LogStorageError) {
        let offset = index * VaultFormat.slotByteCount
        guard VaultSlot(slots, at: offset, slot: slot, of: header.vaultID) == .live,
            let key = writer.cipher.unwrap(slots, at: offset, slot: slot)
        else { return }
        let nonce = writer.random(VaultCipher.nonceByteCount)
        let wrapped = try image.cipher.wrap(key[...], nonce: nonce[...], slot: slot)
        slots.replaceSubrange(offset..<offset + VaultFormat.slotByteCount, with: wrapped)
    }
}
