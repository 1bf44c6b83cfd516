#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The operating system's files.
///
/// Directories get mode 0700, files 0600.
package struct POSIXFileSystem: FileSystem {
    package init() {}

    package func open(_ path: String, _ mode: FileMode) throws(FileError) -> any File {
        let flags =
            switch mode {
            case .read: O_RDONLY
            case .readWrite: O_RDWR
            case .create: O_RDWR | O_CREAT | O_EXCL
            }
        let descriptor = try retried("open", path) { Self.open(path, flags | O_CLOEXEC) }
        return POSIXFile(descriptor: descriptor, path: path)
    }

    package func list(_ directory: String) throws(FileError) -> [String] {
        guard let stream = unsafe opendir(directory) else {
            throw FileError(operation: "opendir", path: directory, errorNumber: errno)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw FileError(operation: "readdir", path: directory, errorNumber: errno) }
        return names
    }

    package func createDirectory(_ path: String) throws(FileError) {
        if unsafe mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let parent = Paths.parent(path) else {
            throw FileError(operation: "mkdir", path: path, errorNumber: errno)
        }
        try createDirectory(parent)
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw FileError(operation: "mkdir", path: path, errorNumber: errno)
        }
    }

    package func rename(_ path: String, to newPath: String) throws(FileError) {
        _ = try retried("rename", path) { Self.rename(path, newPath) }
    }

    package func remove(_ path: String) throws(FileError) {
        _ = try retried("unlink", path) { unsafe unlink(path) }
    }

    package func syncDirectory(_ path: String) throws(FileError) {
        let descriptor = try retried("open", path) { Self.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { close(descriptor) }
        _ = try retried("fsync", path) { fsync(descriptor) }
    }

    package func freeByteCount(at path: String) throws(FileError) -> Int {
        var status = statvfs()
        _ = try retried("statvfs", path) { unsafe statvfs(path, &status) }
        return Int(clamping: UInt64(status.f_bavail)) * Int(status.f_frsize)
    }

    // The system's functions, which the methods hide by their names.
    private static func open(_ path: String, _ flags: Int32) -> Int32 {
        #if canImport(Glibc)
        unsafe Glibc.open(path, flags, 0o600)
        #else
        unsafe Darwin.open(path, flags, 0o600)
        #endif
    }

    private static func rename(_ path: String, _ newPath: String) -> Int32 {
        #if canImport(Glibc)
        unsafe Glibc.rename(path, newPath)
        #else
        unsafe Darwin.rename(path, newPath)
        #endif
    }
}

/// Calls until the call is not interrupted by a signal.
func retried<Result: SignedInteger>(
    _ operation: String,
    _ path: @autoclosure () -> String,
    _ call: () -> Result
) throws(FileError) -> Result {
    while true {
        let result = call()
        if result >= 0 { return result }
        let errorNumber = errno
        if errorNumber != EINTR { throw FileError(operation: operation, path: path(), errorNumber: errorNumber) }
    }
}
