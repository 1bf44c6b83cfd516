public import CustomerRecords
public import LogStorage

/// Who reads a log from outside, which decides about the personal data in it.
public struct PersonalReader: Sendable {
    private enum Kind {
        case holder([MasterKey]?)
        case outsider
    }

    private let kind: Kind

    /// Somebody with the master key; what is sealed is opened with the vault.
    ///
    /// - Parameter masterKeys: The keys; `nil` for the data directory's own.
    /// - Returns: That reader.
    public static func holder(_ masterKeys: [MasterKey]? = nil) -> PersonalReader {
        PersonalReader(kind: .holder(masterKeys))
    }

    /// Somebody without keys: what is sealed reads as that of people who were erased.
    public static let outsider = PersonalReader(kind: .outsider)

    /// The keys of an organization for this reader.
    ///
    /// - Parameters:
    ///   - name: The organization.
    ///   - data: The data directory.
    ///   - log: The organization's log.
    /// - Returns: The keys as they are now; `nil` when there is no vault.
    /// - Throws: `LogStorageError`, when the vault cannot be opened, or is that of another log.
    public func keys(
        of name: String,
        in data: String,
        log: SegmentedLog
    ) throws(LogStorageError) -> (any PersonalKeys)? {
        guard case .holder(let given) = kind else { return WithheldKeys() }
        let directory = DataDirectory.organizationDirectory(name, in: data)
        guard try KeyVault.exists(in: directory) else { return nil }
        let masterKeys = if let given { given } else { try MasterKeyFile.read(MasterKeyFile.path(in: data)) }
        return PersonKeyRing(
            try KeyVault.openReadOnly(directory: directory, logID: log.logID, masterKeys: masterKeys)
        )
    }
}
