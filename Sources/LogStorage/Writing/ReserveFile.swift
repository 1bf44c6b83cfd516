/// A file of zeroes beside the log, given back to a full disk so that what must be written still can be.
///
/// While the log runs, room for its blocks is prepared ahead and the reserve is left alone. Opening and closing have no such
/// room: a torn tail to be kept, a footer. When one of them meets a full disk, the reserve goes and the write is tried once
/// more. It grows again as soon as there is room; a part of it counts for what it is.
struct ReserveFile: Sendable {
    let fileSystem: any FileSystem
    let path: String
    /// The size it shall have; zero for none.
    let wantedByteCount: Int

    init(organizationDirectory: String, byteCount: Int, fileSystem: any FileSystem) {
        self.fileSystem = fileSystem
        path = Paths.join(organizationDirectory, "reserve")
        wantedByteCount = byteCount
    }

    /// How much of it there is.
    func byteCount() throws(FileError) -> Int {
        do {
            return try fileSystem.open(path, .read).size()
        } catch {
            guard error.isNotFound else { throw error }
            return 0
        }
    }

    /// Makes it as large as it shall be; what was written before the disk was full stays.
    func fill() throws(FileError) {
        let start = try byteCount()
        guard start < wantedByteCount else { return }
        let file: any File
        do {
            file = try fileSystem.open(path, .readWrite)
        } catch {
            guard error.isNotFound else { throw error }
            file = try fileSystem.open(path, .create)
        }
        defer { file.close() }
        try LogPreparer.writeZeroes(file, from: start, to: wantedByteCount)
        try file.sync()
    }

    /// Gives its room back; `false` when there was none to give.
    func giveBack() -> Bool {
        do {
            try fileSystem.remove(path)
            return true
        } catch {
            return false
        }
    }

    /// Does something that writes, and once more with the reserve's room when the disk is full.
    func helping<Value>(_ write: () throws(FileError) -> Value) throws(FileError) -> Value {
        do {
            return try write()
        } catch {
            guard error.isStorageFull, giveBack() else { throw error }
            return try write()
        }
    }
}
