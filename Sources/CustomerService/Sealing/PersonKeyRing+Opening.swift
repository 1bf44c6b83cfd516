import CustomerRecords
import EventSourcing
import LogStorage

extension PersonKeyRing {
    /// Opens the vault of an organization, or makes that of a new one.
    ///
    /// - Parameters:
    ///   - directory: The organization's directory.
    ///   - log: Its log.
    ///   - fileSystem: The disk.
    ///   - aheadCount: How many keys to mint ahead of need.
    ///   - masterKeys: What wraps the keys.
    /// - Returns: The keys, `nil` for a log without a name; call ``begin(customerCount:erased:)`` before new ones are used.
    /// - Throws: `LogStorageError`: `notFound` when the log's personal data is sealed and there is no vault.
    static func open(
        _ directory: String,
        _ log: SegmentedLog,
        fileSystem: any FileSystem = POSIXFileSystem(),
        aheadCount: Int = PersonKeyRing.aheadCount,
        _ masterKeys: () throws(LogStorageError) -> [MasterKey]
    ) throws -> PersonKeyRing? {
        // Only a log that is damaged from its first byte on has no name, and opens without any record.
        guard let logID = log.logID else { return nil }
        let keys = try masterKeys()
        guard try KeyVault.exists(in: directory, fileSystem: fileSystem) || isSealed(log) else {
            return PersonKeyRing(
                try KeyVault.create(directory: directory, logID: logID, masterKey: keys[0], fileSystem: fileSystem),
                aheadCount: aheadCount
            )
        }
        return PersonKeyRing(try openVault(directory, logID, keys, fileSystem), aheadCount: aheadCount)
    }

    private static func openVault(
        _ directory: String,
        _ logID: LogID,
        _ keys: [MasterKey],
        _ fileSystem: any FileSystem
    ) throws(LogStorageError) -> KeyVault {
        do {
            return try KeyVault.open(directory: directory, logID: logID, masterKeys: keys, fileSystem: fileSystem)
        } catch {
            guard error.forbidsWriting else { throw error }
            // The log only reads, too.
            return try KeyVault.openReadOnly(
                directory: directory,
                logID: logID,
                masterKeys: keys,
                fileSystem: fileSystem
            )
        }
    }

    /// Whether the first personal data of a log is sealed; its records are looked at up to there.
    private static func isSealed(_ log: SegmentedLog) throws -> Bool {
        let codec = RecordCodec()
        var isSealed = false
        try log.read(from: SequenceNumber(1), through: nil) { sequence, body in
            let form = try codec.personalForm(of: body, sequence: sequence)
            isSealed = form == .sealed
            return form == .none
        }
        return isSealed
    }
}
