/// Files that are there whole or not at all: written under a passing name, synced, and only then renamed.
extension FileSystem {
    /// Creates a file under a passing name.
    ///
    /// What an interrupted writing left there is gone for good before: after a power failure the rename must not find it.
    func createPassing(_ path: String) throws(FileError) -> any File {
        do {
            try remove(path)
            if let directory = Paths.parent(path) { try syncDirectory(directory) }
        } catch {
            if !error.isNotFound { throw error }
        }
        return try open(path, .create)
    }

    /// Writes a small file, which is there whole or not at all after a power failure.
    func place(_ bytes: [UInt8], at path: String, by passingPath: String) throws(FileError) {
        let file = try createPassing(passingPath)
        defer { file.close() }
        try file.write(bytes, at: 0)
        try file.sync()
        try rename(passingPath, to: path)
        if let directory = Paths.parent(path) { try syncDirectory(directory) }
    }
}
