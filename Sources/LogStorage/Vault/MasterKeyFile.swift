#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Master keys in a file: in base 64, one a line, the one in use first.
///
/// There is more than one only during a rotation: vaults find theirs by its id.
public enum MasterKeyFile {
    private static let byteLimit = 64 << 10

    /// Where a data directory has its master key, unless it comes from elsewhere.
    public static func path(in data: String) -> String { Paths.join(directory(in: data), "master.key") }

    private static func directory(in data: String) -> String { Paths.join(data, "keys") }

    /// The keys that a text is; `nil` when a line is none, or there is none.
    ///
    /// Blank lines, and blanks around a line, do not matter.
    public static func keys(in text: String) -> [MasterKey]? {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }
            .filter { !$0.isEmpty }
        let keys = lines.compactMap { MasterKey(base64: $0) }
        return keys.isEmpty || keys.count < lines.count ? nil : keys
    }

    /// The keys of a file that nobody else may read.
    ///
    /// - Parameter path: The file.
    /// - Returns: At least one.
    /// - Throws: `notFound`, `invalidArgument` when others may read the file, `damaged` when it holds no keys.
    public static func read(_ path: String) throws(LogStorageError) -> [MasterKey] {
        try checkPermissions(path)
        guard let keys = try read(path, POSIXFileSystem()) else {
            throw LogStorageError(.notFound, "There is no master key here; put the file back", path: path)
        }
        return keys
    }

    /// Refuses a file that others may read; one that is not there is as good as any.
    static func checkPermissions(_ path: String) throws(LogStorageError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & 0o077 != 0 else { return }
        throw LogStorageError(.invalidArgument, "Others may read the master key; type: chmod 600 \(path)", path: path)
    }

    /// The keys of a file; `nil` when there is no file.
    package static func read(_ path: String, _ fileSystem: any FileSystem) throws(LogStorageError) -> [MasterKey]? {
        guard let file = try StorageFiles(system: fileSystem).open(path) else { return nil }
        defer { file.close() }
        let bytes = try file.read(byteLimit, at: 0)
        guard let keys = keys(in: String(decoding: bytes, as: UTF8.self)) else {
            throw LogStorageError(
                .damaged,
                "This is no master key (base 64 of \(MasterKey.byteCount) bytes, one a line); put the right file back",
                path: path
            )
        }
        return keys
    }

    /// Writes the file of a data directory whole or not at all, for nobody else to read.
    package static func write(
        _ keys: [MasterKey],
        in data: String,
        fileSystem: any FileSystem = POSIXFileSystem()
    ) throws(LogStorageError) {
        let files = StorageFiles(system: fileSystem)
        try files.makeDirectory(directory(in: data))
        let earlier = try? fileSystem.open(path(in: data), .readWrite)
        defer { earlier?.close() }
        try files.place(path(in: data), Array(keys.map { $0.secretText + "\n" }.joined().utf8))
        // As well as the disk lets it: a key that was replaced shall not be found again.
        try? earlier?.overwriteWithZeroes()
    }
}

extension DataDirectory {
    /// The master keys in `keys/master.key`, which is made (mode 0600) as long as no organization has a vault.
    ///
    /// - Returns: The one for new vaults first.
    /// - Throws: `wrongKey` when there are vaults and no key, else as reading the file.
    public func masterKeys() throws(LogStorageError) -> [MasterKey] {
        try MasterKeyFile.checkPermissions(MasterKeyFile.path(in: path))
        return try Self.masterKeys(in: path, fileSystem: POSIXFileSystem(), makeKey: MasterKey.random)
    }

    package static func masterKeys(
        in data: String,
        fileSystem: any FileSystem,
        makeKey: () -> MasterKey
    ) throws(LogStorageError) -> [MasterKey] {
        let path = MasterKeyFile.path(in: data)
        if let keys = try MasterKeyFile.read(path, fileSystem) { return keys }
        for name in try StorageFiles(system: fileSystem).list(Paths.join(data, "organizations")) {
            let organization = organizationDirectory(name, in: data)
            guard try !KeyVault.exists(in: organization, fileSystem: fileSystem) else {
                throw LogStorageError(
                    .wrongKey,
                    """
                    The master key is gone, and organization \(name) has a vault that needs it; put the file back, or give \
                    the key with --master-key-file, --master-key-command or in PATRON_MASTER_KEY
                    """,
                    path: path
                )
            }
        }
        let key = makeKey()
        try MasterKeyFile.write([key], in: data, fileSystem: fileSystem)
        return [key]
    }
}
