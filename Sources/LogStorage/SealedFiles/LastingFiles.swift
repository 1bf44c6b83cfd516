// Sealed files that outlive a change of the master key, and files beside them that hold nothing to seal.

extension SegmentedLog {
    /// The files of webhooks beside this log, whose keys outlive a change of the master key; `nil` for a log in no organization's
    /// directory.
    package func webhookFiles(_ vault: KeyVault) -> SealedFiles? {
        Paths.parent(core.directory)
            .map {
                SealedFiles(directory: LastingFileKeys.directory(in: $0), vault: vault, fileSystem: core.fileSystem)
            }
    }
}

extension SealedFiles {
    /// Writes a small file of a lot without sealing it: whole or not at all, and durable once this returned.
    package func place(_ bytes: [UInt8], _ part: String, of name: String) throws(LogStorageError) {
        try withFileErrors { () throws(FileError) in
            try system.place(bytes, at: path(name, part), by: path(name, part + "-tmp"))
        }
    }

    /// A small file of a lot that was not sealed; `nil` when there is none.
    package func placed(_ part: String, of name: String) throws(LogStorageError) -> [UInt8]? {
        try bytes(of: part, of: name)
    }
}

/// The keys of sealed files that are wrapped anew with those of the vault.
///
/// A crash anywhere leaves each key wrapped by the master key that the vault has: both lie side by side while the vault changes.
struct LastingFileKeys {
    private let files: StorageFiles
    private let directory: String
    private let cipher: VaultCipher

    static func directory(in organization: String) -> String { Paths.join(organization, "webhooks") }

    init(_ writer: VaultWriter) {
        files = writer.files
        directory = Self.directory(in: Paths.parent(writer.directory) ?? ".")
        cipher = writer.cipher
    }

    private func names(of part: String) throws(LogStorageError) -> [String] {
        try files.list(directory).filter { $0.hasSuffix("." + part) }.map { String($0.dropLast(part.utf8.count + 1)) }
    }

    private func path(_ name: String, _ part: String) -> String { Paths.join(directory, "\(name).\(part)") }

    /// Puts the key under the next master key beside each that is under the present one.
    func prepare(_ masterKey: MasterKey) throws(LogStorageError) {
        for name in try names(of: SealedFiles.keyPart) {
            for part in [SealedFiles.keyPart, SealedFiles.nextKeyPart] {
                guard let wrapped = try files.read(path(name, part)),
                    let key = FileKey.unwrap(wrapped, name, cipher.masterKey, cipher.vaultID)
                else { continue }
                let next = FileKey.wrap(key, name, masterKey, cipher.vaultID)
                // The present one stays under its own name, whichever it had.
                if part == SealedFiles.nextKeyPart { try place(wrapped, path(name, SealedFiles.keyPart)) }
                try place(next, path(name, SealedFiles.nextKeyPart))
                break
            }
        }
    }

    /// Gives the keys under the new master key the place of the others.
    func finish(_ masterKey: MasterKey) throws(LogStorageError) {
        for name in try names(of: SealedFiles.nextKeyPart) {
            guard let next = try files.read(path(name, SealedFiles.nextKeyPart)),
                FileKey.unwrap(next, name, masterKey, cipher.vaultID) != nil
            else { continue }
            try withFileErrors { () throws(FileError) in
                let old = try files.system.open(path(name, SealedFiles.keyPart), .readWrite)
                defer { old.close() }
                try files.system.rename(path(name, SealedFiles.nextKeyPart), to: path(name, SealedFiles.keyPart))
                try files.system.syncDirectory(directory)
                // As with the vault: as well as the disk lets it.
                try? old.overwriteWithZeroes()
            }
        }
    }

    private func place(_ bytes: [UInt8], _ path: String) throws(LogStorageError) {
        try withFileErrors { () throws(FileError) in try files.system.place(bytes, at: path, by: path + "-tmp") }
    }
}
