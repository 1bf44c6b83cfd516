/// The checkpoints of a log, as files named by tree size.
struct CheckpointStore {
    let fileSystem: any FileSystem
    let directory: String

    /// So many files are kept at most; then the older half is thinned.
    static let countLimit = 1024

    private static let suffix = ".checkpoint"
    private static let temporaryName = "next.tmp"

    /// The checkpoints of the log in an organization's directory.
    init(fileSystem: any FileSystem, organizationDirectory: String) {
        self.fileSystem = fileSystem
        directory = Paths.join(organizationDirectory, "checkpoints")
    }

    /// The name of the checkpoint of a tree: its size in 20 digits, so that names sort like sizes.
    static func name(size: Int) -> String {
        let digits = String(size)
        return String(repeating: "0", count: 20 - digits.count) + digits + suffix
    }

    /// The sizes for which there is a checkpoint, in order.
    func sizes() throws(FileError) -> [Int] {
        do {
            return try fileSystem.list(directory)
                .compactMap { name in
                    guard name.hasSuffix(Self.suffix), let size = Int(name.dropLast(Self.suffix.count)), size >= 0,
                        Self.name(size: size) == name
                    else { return nil }
                    return size
                }
                .sorted()
        } catch {
            if error.isNotFound { return [] }
            throw error
        }
    }

    /// The checkpoint of a tree; `nil` when the file is no checkpoint of that size.
    func read(size: Int) throws(FileError) -> Checkpoint? {
        let file = try fileSystem.open(Paths.join(directory, Self.name(size: size)), .read)
        defer { file.close() }
        let bytes = try file.read(Checkpoint.noteByteLimit + 1, at: 0)
        guard let note = String(validating: bytes, as: UTF8.self), let checkpoint = Checkpoint(note: note),
            checkpoint.head.size == size
        else { return nil }
        return checkpoint
    }

    /// Writes a checkpoint, which is there whole or not at all after a power failure, and thins the old ones.
    func write(_ checkpoint: Checkpoint) throws(FileError) {
        try makeDirectory()
        let path = Paths.join(directory, Self.name(size: checkpoint.head.size))
        let temporary = Paths.join(directory, Self.temporaryName)
        try fileSystem.place(Array(checkpoint.note.utf8), at: path, by: temporary)
        for size in Self.surplus(try sizes()) {
            try fileSystem.remove(Paths.join(directory, Self.name(size: size)))
        }
    }

    /// Makes the directory when somebody moved it away while the log is open: that is no reason to stop.
    private func makeDirectory() throws(FileError) {
        do {
            _ = try fileSystem.list(directory)
        } catch {
            guard error.isNotFound else { throw error }
            try fileSystem.createDirectory(directory)
            if let parent = Paths.parent(directory) { try fileSystem.syncDirectory(parent) }
        }
    }

    /// Which of too many checkpoints to remove: of the older half every second, so that the older are the sparser.
    ///
    /// The first stays. Proofs do not need them: between any two sizes consistency can be shown.
    static func surplus(_ sizes: [Int]) -> [Int] {
        guard sizes.count > countLimit else { return [] }
        return stride(from: 1, to: countLimit / 2, by: 2).map { sizes[$0] }
    }
}
