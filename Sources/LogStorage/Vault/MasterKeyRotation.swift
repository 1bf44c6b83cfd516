/// Wraps the keys of all vaults of a data directory under another master key.
///
/// A crash anywhere leaves vaults that open: each says which master key it needs, and until all is done both are at hand.
/// Asking again then goes on.
public struct MasterKeyRotation {
    /// What a rotation came to.
    public struct Report: Hashable, Sendable {
        /// The master keys that were in use before.
        public var oldKeys: [MasterKey.ID]
        /// The one in use now; `nil` when it would be made.
        public var newKey: MasterKey.ID?
        /// The organizations whose vaults were wrapped anew, or would be; in order.
        public var organizations: [String] = []
    }

    private let data: String
    private let fileSystem: any FileSystem

    /// A rotation in a data directory that this process holds.
    public init(data: String) { self.init(data: data, fileSystem: POSIXFileSystem()) }

    package init(data: String, fileSystem: any FileSystem) {
        self.data = data
        self.fileSystem = fileSystem
    }

    /// Rotates to a new key in `keys/master.key`.
    ///
    /// The file has both keys meanwhile, and the new one alone afterwards.
    ///
    /// - Parameters:
    ///   - open: The vaults that are open, by organization.
    ///   - isDryRun: Find out everything and write nothing.
    /// - Returns: What was done.
    /// - Throws: `notFound` when there is no such file, as opening and rewrapping a vault.
    public func rotateFile(open: [String: KeyVault] = [:], isDryRun: Bool = false) throws(LogStorageError) -> Report {
        try rotateFile(open: open, isDryRun: isDryRun, makeKey: MasterKey.random)
    }

    package func rotateFile(
        open: [String: KeyVault],
        isDryRun: Bool,
        makeKey: () -> MasterKey
    ) throws(LogStorageError) -> Report {
        let path = MasterKeyFile.path(in: data)
        guard var keys = try MasterKeyFile.read(path, fileSystem) else {
            throw LogStorageError(
                .notFound,
                "The master key does not come from here; give the new one with --new-master-key-file or --new-master-key-command",
                path: path
            )
        }
        // More than one: a rotation was interrupted, and goes on.
        let isNew = keys.count == 1
        if isDryRun {
            var report = try rotate(from: keys, to: nil, open: open)
            report.newKey = isNew ? nil : keys[0].id
            return report
        }
        if isNew {
            keys.insert(makeKey(), at: 0)
            try MasterKeyFile.write(keys, in: data, fileSystem: fileSystem)
        }
        let report = try rotate(from: keys, to: keys[0], open: open)
        try MasterKeyFile.write([keys[0]], in: data, fileSystem: fileSystem)
        return report
    }

    /// Rotates to a key that comes from elsewhere; afterwards it must be given instead of the old ones.
    ///
    /// - Parameters:
    ///   - oldKeys: Those in use.
    ///   - newKey: The one to be in use.
    ///   - open: The vaults that are open, by organization.
    ///   - isDryRun: Find out everything and write nothing.
    /// - Returns: What was done.
    /// - Throws: As opening and rewrapping a vault.
    public func rotate(
        from oldKeys: [MasterKey],
        to newKey: MasterKey,
        open: [String: KeyVault] = [:],
        isDryRun: Bool = false
    ) throws(LogStorageError) -> Report {
        var report = try rotate(from: oldKeys + [newKey], to: isDryRun ? nil : newKey, open: open)
        report.newKey = newKey.id
        report.oldKeys.removeAll { $0 == newKey.id }
        return report
    }

    /// Wraps all vaults anew; without a new key it only opens them.
    private func rotate(
        from keys: [MasterKey],
        to newKey: MasterKey?,
        open: [String: KeyVault]
    ) throws(LogStorageError) -> Report {
        var report = Report(oldKeys: keys.map(\.id).filter { $0 != newKey?.id }, newKey: newKey?.id)
        let files = StorageFiles(system: fileSystem)
        for name in try files.list(Paths.join(data, "organizations")) {
            let directory = DataDirectory.organizationDirectory(name, in: data)
            guard try KeyVault.exists(in: directory, fileSystem: fileSystem) else { continue }
            report.organizations.append(name)
            if let vault = open[name] {
                if let newKey { try vault.rewrap(under: newKey) }
                continue
            }
            let vault = try KeyVault.open(directory: directory, logID: nil, masterKeys: keys, fileSystem: fileSystem)
            defer { vault.close() }
            if let newKey { try vault.rewrap(under: newKey) }
        }
        return report
    }
}
