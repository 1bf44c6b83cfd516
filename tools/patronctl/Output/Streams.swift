#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// An open file that text goes to, unbuffered.
struct OutputStream: TextOutputStream {
    let fileDescriptor: Int32

    /// Whether a person watches.
    var isTerminal: Bool { isatty(fileDescriptor) == 1 }

    func write(_ string: String) {
        write(Array(string.utf8))
    }

    /// Writes everything; what cannot be written (a closed pipe) is lost.
    func write(_ bytes: [UInt8]) {
        try? writeOrThrow(bytes)
    }

    /// Writes everything.
    ///
    /// - Throws: ``ToolFailure``.
    func writeOrThrow(_ bytes: [UInt8]) throws {
        var written = 0
        try bytes.withUnsafeBytes { buffer in
            while written < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                let count = systemWrite(fileDescriptor, rest)
                if count >= 0 {
                    written += count
                } else if errno != EINTR {
                    throw ToolFailure(.unreadable, "cannot write: \(String(cString: strerror(errno)))")
                }
            }
        }
    }
}

let standardOutput = OutputStream(fileDescriptor: 1)
let standardError = OutputStream(fileDescriptor: 2)

private func systemWrite(_ fileDescriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
    Glibc.write(fileDescriptor, bytes.baseAddress, bytes.count)
    #else
    Darwin.write(fileDescriptor, bytes.baseAddress, bytes.count)
    #endif
}

/// Opens a file; closes it after `work`.
func withFile<Result>(
    _ path: String,
    _ flags: Int32,
    _ work: (Int32) async throws -> Result
) async throws -> Result {
    let descriptor = open(path, flags | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
        throw ToolFailure(.unreadable, "cannot open \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    return try await work(descriptor)
}

/// All bytes of a file.
func readFile(_ path: String) async throws -> [UInt8] {
    try await withFile(path, O_RDONLY) { descriptor in
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                throw ToolFailure(.unreadable, "cannot read \(path): \(String(cString: strerror(errno)))")
            }
            bytes += chunk[..<count]
        }
    }
}

/// Removes a directory with all that is in it, as far as that goes; links are not followed.
func removeTree(_ path: String) {
    if let directory = opendir(path) {
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            let child = path + "/" + name
            var status = stat()
            if lstat(child, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
                removeTree(child)
            } else {
                unlink(child)
            }
        }
        closedir(directory)
    }
    rmdir(path)
}
