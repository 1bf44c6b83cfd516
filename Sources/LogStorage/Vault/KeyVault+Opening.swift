extension KeyVault {
    /// Whether an organization has a vault, good or not.
    package static func exists(
        in directory: String,
        fileSystem: any FileSystem = POSIXFileSystem()
    ) throws(LogStorageError) -> Bool {
        let file = try StorageFiles(system: fileSystem).open(VaultWriter.path(in: directory))
        file?.close()
        return file != nil
    }

    /// Makes the vault of a new log, without keys, so that it survives a power failure.
    ///
    /// - Parameters:
    ///   - directory: The organization's directory.
    ///   - logID: Its log.
    ///   - masterKey: Wraps the keys.
    ///   - fileSystem: The disk.
    ///   - random: Gives so many random bytes.
    /// - Returns: The vault, open.
    /// - Throws: `invalidArgument` when there is a vault, `inputOutput`.
    package static func create(
        directory: String,
        logID: LogID,
        masterKey: MasterKey,
        fileSystem: any FileSystem = POSIXFileSystem(),
        random: @escaping @Sendable (Int) -> [UInt8] = KeyVault.randomBytes
    ) throws(LogStorageError) -> KeyVault {
        let path = VaultWriter.path(in: directory)
        guard !(try exists(in: directory, fileSystem: fileSystem)) else {
            throw LogStorageError(
                .invalidArgument,
                "There is a vault already; it is never replaced by an empty one",
                path: path
            )
        }
        let files = StorageFiles(system: fileSystem)
        try files.makeDirectory(VaultWriter.directory(in: directory))
        let header = VaultHeader(
            vaultID: random(VaultHeader.idByteCount),
            logID: logID,
            masterKeyID: masterKey.id
        )
        try files.place(path, header.encode())
        return try open(
            directory: directory,
            logID: logID,
            masterKeys: [masterKey],
            fileSystem: fileSystem,
            random: random
        )
    }

    /// Opens a vault, for the process that holds the data directory.
    ///
    /// Reads all slots (64 bytes each) and unwraps none. Afterwards, and before keys are given out, call
    /// ``prepare(firstUnused:)``.
    ///
    /// - Parameters:
    ///   - directory: The organization's directory.
    ///   - logID: Its log; `nil` when that does not matter.
    ///   - masterKeys: Of which one must be the vault's; more than one during a rotation.
    ///   - fileSystem: The disk.
    ///   - random: Gives so many random bytes.
    /// - Returns: The vault.
    /// - Throws: `notFound`, `otherLog`, `wrongKey`, `damaged` (the header), `newerFormat`, `inputOutput`; each says what to do.
    package static func open(
        directory: String,
        logID: LogID?,
        masterKeys: [MasterKey],
        fileSystem: any FileSystem = POSIXFileSystem(),
        random: @escaping @Sendable (Int) -> [UInt8] = KeyVault.randomBytes
    ) throws(LogStorageError) -> KeyVault {
        let path = VaultWriter.path(in: directory)
        let file: any File
        do {
            file = try fileSystem.open(path, .readWrite)
        } catch {
            throw error.isNotFound ? LogStorageError.noVault(path) : LogStorageError(error)
        }
        do {
            let source = VaultSource(path: path, file: file)
            let header = try source.header(logID: logID)
            let cipher = try header.cipher(masterKeys, path)
            let image = try source.image(cipher)
            var writer = VaultWriter(
                files: StorageFiles(system: fileSystem),
                directory: VaultWriter.directory(in: directory),
                file: file,
                header: header,
                cipher: cipher,
                random: random
            )
            // Whoever renamed it may have been killed before that was durable.
            try writer.files.syncDirectory(writer.directory)
            writer.hasDurableName = true
            return KeyVault(path: path, logID: header.logID, image: image, writer: writer)
        } catch {
            file.close()
            throw error
        }
    }

    /// Opens a vault only to look at it, also beside a server that changes it: without lock, without change.
    ///
    /// - Parameters:
    ///   - directory: The organization's directory.
    ///   - logID: Its log; `nil` when that does not matter.
    ///   - masterKeys: Of which one must be the vault's.
    ///   - fileSystem: The disk.
    /// - Returns: The vault as it was at that moment.
    /// - Throws: As opening to write.
    package static func openReadOnly(
        directory: String,
        logID: LogID?,
        masterKeys: [MasterKey],
        fileSystem: any FileSystem = POSIXFileSystem()
    ) throws(LogStorageError) -> KeyVault {
        try openReadOnly(VaultWriter.path(in: directory), logID: logID, masterKeys: masterKeys, fileSystem: fileSystem)
    }

    /// As above, for a vault's file anywhere.
    package static func openReadOnly(
        _ path: String,
        logID: LogID?,
        masterKeys: [MasterKey],
        fileSystem: any FileSystem = POSIXFileSystem()
    ) throws(LogStorageError) -> KeyVault {
        guard let content = try VaultContent.read(path, logID: logID, fileSystem) else {
            throw LogStorageError.noVault(path)
        }
        var image = VaultImage(try content.header.cipher(masterKeys, path))
        image.store(content.slots, from: 0)
        image.trim()
        return KeyVault(path: path, logID: content.header.logID, image: image, writer: nil)
    }

    /// So many bytes from the system's generator.
    package static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes = [UInt8].zeroes((count + 7) / 8 * 8)
        for offset in stride(from: 0, to: bytes.count, by: 8) { bytes.store(generator.next(), at: offset) }
        bytes.removeSubrange(count...)
        return bytes
    }
}
