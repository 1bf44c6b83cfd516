/// A vault's file, as it is read.
struct VaultSource {
    let path: String
    let file: any File

    private var source: StorageFile { StorageFile(path: path, file: file) }

    /// The header of a vault of this log; of any log when there is none given.
    func header(logID: LogID?) throws(LogStorageError) -> VaultHeader {
        let bytes = try source.read(VaultFormat.headerByteCount, at: 0)
        let header: VaultHeader
        do {
            header = try VaultHeader(bytes)
        } catch {
            switch error {
            case .rotten: throw .damagedVault(path)
            case .newer(let version): throw .newerVault(path, version)
            }
        }
        if let logID, header.logID != logID { throw .foreignVault(path, of: header.logID, not: logID) }
        return header
    }

    /// Gives the slots of the whole file, in large pieces and in order.
    ///
    /// What is missing of the last one counts as zeroes.
    func slots(_ visit: ([UInt8], _ first: Int) throws(LogStorageError) -> Void) throws(LogStorageError) {
        var first = 0
        while true {
            let offset = VaultFormat.offset(ofSlot: first)
            var bytes = try source.read(VaultFormat.pieceSlotCount * VaultFormat.slotByteCount, at: offset)
            let rest = bytes.count % VaultFormat.slotByteCount
            if rest > 0 { bytes += [UInt8](repeating: 0, count: VaultFormat.slotByteCount - rest) }
            let count = bytes.count / VaultFormat.slotByteCount
            guard count > 0 else { return }
            guard first + count <= VaultFormat.slotLimit else {
                throw LogStorageError(.damaged, "A vault has at most \(VaultFormat.slotLimit) slots", path: path)
            }
            try visit(bytes, first)
            first += count
        }
    }

    /// The bytes of `count` slots; what is beyond the end counts as zeroes.
    func read(_ count: Int, from first: Int) throws(LogStorageError) -> [UInt8] {
        let byteCount = count * VaultFormat.slotByteCount
        let bytes = try source.read(byteCount, at: VaultFormat.offset(ofSlot: first))
        return bytes + [UInt8](repeating: 0, count: byteCount - bytes.count)
    }

    func image(_ cipher: VaultCipher) throws(LogStorageError) -> VaultImage {
        var image = VaultImage(cipher)
        try slots { (bytes, first) throws(LogStorageError) in image.store(bytes, from: first) }
        image.trim()
        return image
    }
}

extension VaultHeader {
    /// What unwraps the vault's keys: with that of the keys given which the header names.
    func cipher(_ masterKeys: [MasterKey], _ path: String) throws(LogStorageError) -> VaultCipher {
        guard let masterKey = masterKeys.first(where: { $0.id == masterKeyID }) else {
            throw .wrongMasterKey(path, needs: masterKeyID, given: masterKeys.map(\.id))
        }
        return VaultCipher(masterKey: masterKey, vaultID: vaultID)
    }
}

// MARK: - Refusals

extension LogStorageError {
    static func noVault(_ path: String) -> LogStorageError {
        LogStorageError(
            .notFound,
            """
            The vault with the personal keys is not there; put a backup of it in its place \
            (patronctl vault restore FILE --data DIR), since without it no personal data can be read
            """,
            path: path
        )
    }

    fileprivate static func damagedVault(_ path: String) -> LogStorageError {
        LogStorageError(
            .damaged,
            """
            The vault's header is damaged, or this is no vault; keep a copy of the file, and put a backup in its place \
            (patronctl vault restore FILE --data DIR)
            """,
            path: path
        )
    }

    fileprivate static func newerVault(_ path: String, _ version: UInt16) -> LogStorageError {
        LogStorageError(
            .newerFormat,
            "The vault needs format version \(version) or later, and this release reads \(VaultFormat.version); use a newer one",
            path: path
        )
    }

    fileprivate static func foreignVault(_ path: String, of other: LogID, not logID: LogID) -> LogStorageError {
        LogStorageError(
            .otherLog,
            """
            The vault belongs to log \(other.hexadecimal), and the log here is \(logID.hexadecimal); put the vault of \
            this log in its place (patronctl vault restore FILE --data DIR), or the log of this vault
            """,
            path: path
        )
    }

    fileprivate static func wrongMasterKey(
        _ path: String,
        needs id: MasterKey.ID,
        given: [MasterKey.ID]
    ) -> LogStorageError {
        let others = given.isEmpty ? "none was given" : "given was \(given.map(\.description).joined(separator: ", "))"
        return LogStorageError(
            .wrongKey,
            """
            The vault needs master key \(id), and \(others); give the right one: in keys/master.key of the data \
            directory, with --master-key-file or --master-key-command, or in PATRON_MASTER_KEY
            """,
            path: path
        )
    }
}
