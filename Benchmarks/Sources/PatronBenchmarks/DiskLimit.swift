import Glibc
import LogStorage

/// What the disk and one core allow: writing and reading a file in one go, and hashing what is read.
enum DiskLimit {
    /// Bytes a second of writing a file in pieces of 1 MiB, and syncing it at the end: `dd bs=1M conv=fdatasync`.
    static func writeRate(in directory: String, byteCount: Int = 512 << 20) throws -> Double {
        let path = directory + "/disk-limit"
        let file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        guard file >= 0 else { throw MeasureError(text: "cannot open \(path)") }
        defer {
            close(file)
            unlink(path)
        }
        // Not all equal, so that no layer below compresses it away.
        let bytes = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
        let duration = try seconds {
            for _ in 0..<byteCount >> 20 {
                guard write(file, bytes, bytes.count) == bytes.count else {
                    throw MeasureError(text: "cannot write \(path)")
                }
            }
            guard fdatasync(file) == 0 else { throw MeasureError(text: "cannot sync \(path)") }
        }
        return Double(byteCount) / duration
    }

    /// Bytes a second of reading files in pieces of 1 MiB, and of hashing what is read, with SHA-256.
    static func readAndHashRate(of paths: [String]) throws -> (read: Double, readAndHash: Double) {
        (try rate(of: paths) { _ in }, try rate(of: paths) { _ = MerkleHash.leaf($0) })
    }

    private static func rate(of paths: [String], _ use: (RawSpan) -> Void) throws -> Double {
        var total = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let duration = try seconds {
            for path in paths {
                let file = open(path, O_RDONLY)
                guard file >= 0 else { throw MeasureError(text: "cannot open \(path)") }
                defer { close(file) }
                while true {
                    let count = read(file, &buffer, buffer.count)
                    guard count > 0 else { break }
                    total += count
                    buffer.withUnsafeBytes { use(UnsafeRawBufferPointer(rebasing: $0[..<count]).bytes) }
                }
            }
        }
        return Double(total) / duration
    }

    /// Drops files from the system's cache, as far as it lets them go.
    static func dropFromCache(_ paths: [String]) {
        for path in paths {
            let file = open(path, O_RDONLY)
            guard file >= 0 else { continue }
            posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
            close(file)
        }
    }
}
