import EventSourcing

/// All bytes of a vault's file, as they were at one moment.
struct VaultContent {
    let path: String
    let header: VaultHeader
    /// Whole slots; what is missing of the last one counts as zeroes.
    var slots: [UInt8]

    var slotCount: Int { slots.count / VaultFormat.slotByteCount }

    /// Reads a vault, also beside a server that changes it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - logID: The log that it must belong to; `nil` for any.
    ///   - fileSystem: The disk.
    /// - Returns: The content; `nil` when there is no file.
    /// - Throws: `damaged` (the header), `newerFormat`, `otherLog`, `inputOutput`.
    static func read(
        _ path: String,
        logID: LogID?,
        _ fileSystem: any FileSystem
    ) throws(LogStorageError) -> VaultContent? {
        let files = StorageFiles(system: fileSystem)
        var tries = 0
        while true {
            guard let file = try files.open(path) else { return nil }
            defer { file.close() }
            let bytes = try file.read(VaultFormat.headerByteCount, at: 0)
            let source = VaultSource(path: path, file: file.file)
            let outcome = Result { () throws(LogStorageError) in
                var slots: [UInt8] = []
                let header = try source.header(logID: logID)
                try source.slots { (piece, _) throws(LogStorageError) in slots += piece }
                return VaultContent(path: path, header: header, slots: slots)
            }
            tries += 1
            // A rotation may have replaced the file meanwhile, and overwritten the one that was read.
            if tries < 3, try files.read(path, count: VaultFormat.headerByteCount) != bytes { continue }
            return try outcome.get()
        }
    }

    func slot(_ number: Int) -> VaultSlot {
        VaultSlot(slots, at: number * VaultFormat.slotByteCount, slot: number, of: header.vaultID)
    }

    /// The key in a slot; `nil` when there is none, or it cannot be unwrapped.
    func key(_ number: Int, _ cipher: VaultCipher) -> [UInt8]? {
        slot(number) == .live ? cipher.unwrap(slots, at: number * VaultFormat.slotByteCount, slot: number) : nil
    }
}

extension StorageFiles {
    /// The first bytes of a file; `nil` when there is none.
    fileprivate func read(_ path: String, count: Int) throws(LogStorageError) -> [UInt8]? {
        guard let file = try open(path) else { return nil }
        defer { file.close() }
        return try file.read(count, at: 0)
    }
}
