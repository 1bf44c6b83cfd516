import Crypto
import Synchronization

/// Files beside a log that can be forgotten: each lot of them is sealed with a key of its own, wrapped by the vault's master key.
///
/// A lot has a name, its files are parts of it: `NAME.key`, `NAME.result`. Once ``destroy(_:)`` returned, the key is overwritten
/// and nothing opens the lot any more; when the master key changed meanwhile, neither.
package struct SealedFiles: Sendable {
    /// The directory, which is made when something is written.
    package let directory: String
    let vault: KeyVault
    let system: any FileSystem

    static let keyPart = "key"
    /// The key wrapped by the master key that comes next, while that is changed.
    static let nextKeyPart = "newkey"

    /// The files in a directory, of an organization with this vault.
    package init(directory: String, vault: KeyVault, fileSystem: any FileSystem = POSIXFileSystem()) {
        (self.directory, self.vault, system) = (directory, vault, fileSystem)
    }

    /// The names of all lots of which there is anything, in order.
    package func names() throws(LogStorageError) -> [String] {
        do {
            let names = try system.list(directory).compactMap { $0.split(separator: ".").first.map { String($0) } }
            return Set(names).sorted()
        } catch  where error.isNotFound {
            return []
        } catch {
            throw LogStorageError(error)
        }
    }

    /// Mints the key of a new lot, and returns once it is durable.
    package func begin(_ name: String) throws(LogStorageError) -> DataKey {
        let (key, wrapped) = vault.newFileKey(name)
        try withFileErrors { () throws(FileError) in
            try system.createDirectory(directory)
            let file = try system.open(path(name, Self.keyPart), .create)
            defer { file.close() }
            try file.write(wrapped, at: 0)
            try file.sync()
            try system.syncDirectory(directory)
            if let parent = Paths.parent(directory) { try system.syncDirectory(parent) }
        }
        return key
    }

    /// The key of a lot; `nil` when there is none, or not of this master key.
    package func key(of name: String) throws(LogStorageError) -> DataKey? {
        for part in [Self.keyPart, Self.nextKeyPart] {
            if let wrapped = try bytes(of: part, of: name), let key = vault.fileKey(wrapped, name) { return key }
        }
        return nil
    }

    /// All bytes of a small file of a lot, as they are on the disk; `nil` when there is none.
    func bytes(of part: String, of name: String) throws(LogStorageError) -> [UInt8]? {
        try StorageFiles(system: system).read(path(name, part))
    }

    /// Ends the key of a lot for good, then removes its files; does nothing when there are none.
    package func destroy(_ name: String) throws(LogStorageError) {
        try withFileErrors { () throws(FileError) in
            let names: [String]
            do throws(FileError) {
                names = try system.list(directory).filter { $0.hasPrefix(name + ".") }
            } catch  where error.isNotFound {
                return
            }
            guard !names.isEmpty else { return }
            for part in [Self.keyPart, Self.nextKeyPart] where names.contains("\(name).\(part)") {
                let file = try system.open(path(name, part), .readWrite)
                defer { file.close() }
                try file.overwriteWithZeroes()
            }
            for name in names { try system.remove(Paths.join(directory, name)) }
            try system.syncDirectory(directory)
        }
    }

    /// Removes one file of a lot; does nothing when there is none.
    package func remove(_ part: String, of name: String) throws(LogStorageError) {
        do {
            try system.remove(path(name, part))
        } catch  where error.isNotFound {
        } catch {
            throw LogStorageError(error)
        }
    }

    /// How many bytes a file of a lot has on the disk; `nil` when there is none.
    package func byteCount(of part: String, of name: String) throws(LogStorageError) -> Int? {
        do {
            let file = try system.open(path(name, part), .read)
            defer { file.close() }
            return try file.size()
        } catch  where error.isNotFound {
            return nil
        } catch {
            throw LogStorageError(error)
        }
    }

    func path(_ name: String, _ part: String) -> String { Paths.join(directory, "\(name).\(part)") }
}

extension SegmentedLog {
    /// The files of jobs beside this log, sealed by the vault's master key; `nil` for a log in no organization's directory.
    package func jobFiles(_ vault: KeyVault) -> SealedFiles? {
        Paths.parent(core.directory)
            .map { SealedFiles(directory: Paths.join($0, "jobs"), vault: vault, fileSystem: core.fileSystem) }
    }
}

/// A key as it stands in its file: the id of the master key, then nonce, wrapped key and tag.
enum FileKey {
    static let byteCount = MasterKey.ID.byteCount + DataKey.overhead + DataKey.byteCount

    /// `PTRNFILE`, the vault's id and the lot's name.
    private static func associatedData(_ vaultID: [UInt8], _ name: String) -> [UInt8] {
        Array("PTRNFILE".utf8) + vaultID + Array(name.utf8)
    }

    static func wrap(_ bytes: [UInt8], _ name: String, _ masterKey: MasterKey, _ vaultID: [UInt8]) -> [UInt8] {
        var wrapped = masterKey.id.bytes
        masterKey.dataKey.seal(
            unsafe bytes.span.bytes,
            authenticating: associatedData(vaultID, name),
            into: &wrapped
        )
        return wrapped
    }

    /// The bytes of the key; `nil` when another master key wraps it, or it is not what was written.
    static func unwrap(_ wrapped: [UInt8], _ name: String, _ masterKey: MasterKey, _ vaultID: [UInt8]) -> [UInt8]? {
        guard wrapped.count == byteCount, Array(wrapped.prefix(MasterKey.ID.byteCount)) == masterKey.id.bytes else {
            return nil
        }
        let sealed = Array(wrapped.dropFirst(MasterKey.ID.byteCount))
        var bytes: [UInt8] = []
        let isRight = masterKey.dataKey.open(
            unsafe sealed.span.bytes,
            authenticating: associatedData(vaultID, name),
            into: &bytes
        )
        return isRight ? bytes : nil
    }
}

extension KeyVault {
    /// A new random key, and how it is kept.
    fileprivate func newFileKey(_ name: String) -> (DataKey, wrapped: [UInt8]) {
        let cipher = image.withLock(\.cipher)
        let bytes = unsafe SymmetricKey(size: .bits256).withUnsafeBytes { unsafe Array($0) }
        return (DataKey(bytes), FileKey.wrap(bytes, name, cipher.masterKey, cipher.vaultID))
    }

    fileprivate func fileKey(_ wrapped: [UInt8], _ name: String) -> DataKey? {
        let cipher = image.withLock(\.cipher)
        return FileKey.unwrap(wrapped, name, cipher.masterKey, cipher.vaultID).map { DataKey($0) }
    }
}
