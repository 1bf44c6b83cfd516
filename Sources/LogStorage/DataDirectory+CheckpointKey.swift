import EventSourcing

extension DataDirectory {
    /// The key that signs the checkpoints of all organizations here, made at the first call.
    ///
    /// It is in `keys/checkpoint.key`, mode 0600: one line, the base 64 of the 32 bytes an Ed25519 key is made from.
    ///
    /// - Parameter makeSeed: Gives 32 random bytes for a new key.
    /// - Returns: The key.
    /// - Throws: `damaged` when the file is no key.
    public func checkpointSigner(
        makeSeed: () -> [UInt8] = CheckpointSigner.randomSeed
    ) throws(LogStorageError) -> CheckpointSigner {
        try Self.checkpointSigner(in: path, fileSystem: POSIXFileSystem(), makeSeed: makeSeed)
    }

    /// The public key of the checkpoints in a data directory; `nil` when there is none yet.
    public static func checkpointPublicKey(in path: String) throws(LogStorageError) -> [UInt8]? {
        try readSigner(Paths.join(keyDirectory(path), keyName), POSIXFileSystem())?.publicKey
    }

    package static func checkpointSigner(
        in path: String,
        fileSystem: any FileSystem,
        makeSeed: () -> [UInt8]
    ) throws(LogStorageError) -> CheckpointSigner {
        let directory = keyDirectory(path)
        let file = Paths.join(directory, keyName)
        if let signer = try readSigner(file, fileSystem) { return signer }
        let seed = makeSeed()
        guard let signer = CheckpointSigner(seed: seed) else {
            throw LogStorageError(
                .invalidArgument,
                "A signing key is made from \(CheckpointSigner.seedByteCount) bytes"
            )
        }
        do {
            try fileSystem.createDirectory(directory)
            try fileSystem.syncDirectory(path)
            try fileSystem.place(Array((Base64.encode(seed) + "\n").utf8), at: file, by: file + ".tmp")
        } catch {
            throw LogStorageError(error)
        }
        return signer
    }

    private static let keyName = "checkpoint.key"

    private static func keyDirectory(_ path: String) -> String { Paths.join(path, "keys") }

    /// The signer of a key file; `nil` when there is no file.
    private static func readSigner(
        _ path: String,
        _ fileSystem: any FileSystem
    ) throws(LogStorageError) -> CheckpointSigner? {
        let bytes: [UInt8]
        do {
            let file = try fileSystem.open(path, .read)
            defer { file.close() }
            bytes = try file.read(1024, at: 0)
        } catch {
            if error.isNotFound { return nil }
            throw LogStorageError(error)
        }
        let line = Lines.split(String(decoding: bytes, as: UTF8.self)).first
        guard let seed = line.flatMap({ Base64.decode($0) }), let signer = CheckpointSigner(seed: seed) else {
            throw LogStorageError(
                .damaged,
                "This is no signing key; put the right one back, or move it aside to begin with a new one",
                path: path
            )
        }
        return signer
    }
}
