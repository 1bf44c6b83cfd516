import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An open file of the operating system.
final class POSIXFile: File {
    private let descriptor: Int32
    private let path: String
    private let isClosed = Atomic(false)

    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    // Only here is the descriptor given back, so that no call of another thread can meet its next owner.
    deinit { systemClose(descriptor) }

    func close() {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        flock(descriptor, LOCK_UN)
    }

    func size() throws(FileError) -> Int {
        try checkOpen("fstat")
        var status = stat()
        _ = try retried("fstat", path) { unsafe fstat(descriptor, &status) }
        return Int(status.st_size)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) -> Int {
        try checkOpen("pread")
        var done = 0
        while done < buffer.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = try retried("pread", path) {
                unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            }
            if count == 0 { break }
            done += count
        }
        return done
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        try checkOpen("pwrite")
        var done = 0
        while done < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = try retried("pwrite", path) {
                unsafe pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            }
            if count == 0 { throw FileError(operation: "pwrite", path: path, errorNumber: ENOSPC) }
            done += count
        }
    }

    func truncate(to size: Int) throws(FileError) {
        try checkOpen("ftruncate")
        _ = try retried("ftruncate", path) { ftruncate(descriptor, off_t(size)) }
    }

    func sync() throws(FileError) {
        try checkOpen("fdatasync")
        #if canImport(Glibc)
        _ = try retried("fdatasync", path) { fdatasync(descriptor) }
        #else
        // fsync alone leaves the bytes in the drive's cache there.
        _ = try retried("fcntl", path) { fcntl(descriptor, F_FULLFSYNC) }
        #endif
        var status = stat()
        _ = try retried("fstat", path) { unsafe fstat(descriptor, &status) }
        // Somebody removed the file: its bytes go with the process.
        if status.st_nlink == 0 { throw FileError(operation: "fdatasync", path: path, errorNumber: ENOENT) }
    }

    func lock() throws(FileError) -> Bool {
        try checkOpen("flock")
        do {
            _ = try retried("flock", path) { flock(descriptor, LOCK_EX | LOCK_NB) }
            return true
        } catch {
            if error.errorNumber == EWOULDBLOCK { return false }
            throw error
        }
    }

    private func checkOpen(_ operation: String) throws(FileError) {
        if isClosed.load(ordering: .acquiring) { throw FileError(operation: operation, path: path, errorNumber: EBADF) }
    }
}

private func systemClose(_ descriptor: Int32) {
    close(descriptor)
}
