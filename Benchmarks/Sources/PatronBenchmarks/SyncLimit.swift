import Glibc

/// What the disk allows one caller: small writes into a prezeroed file, each followed by `fdatasync`.
enum SyncLimit {
    /// Syncs a second, measured over about `duration` seconds in a file in `directory`.
    static func rate(in directory: String, writeByteCount: Int = 200, duration: Double = 2) throws -> Double {
        let path = directory + "/sync-limit"
        let file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        guard file >= 0 else { throw MeasureError(text: "cannot open \(path)") }
        defer {
            close(file)
            unlink(path)
        }
        let zeroes = [UInt8](repeating: 0, count: 1 << 20)
        for index in 0..<32 {
            guard pwrite(file, zeroes, zeroes.count, off_t(index << 20)) == zeroes.count else {
                throw MeasureError(text: "cannot write \(path)")
            }
        }
        fdatasync(file)
        let bytes = [UInt8](repeating: 7, count: writeByteCount)
        let clock = ContinuousClock()
        let start = clock.now
        var count = 0
        while inSeconds(clock.now - start) < duration {
            let offset = count * writeByteCount % (31 << 20)
            guard pwrite(file, bytes, bytes.count, off_t(offset)) == bytes.count, fdatasync(file) == 0 else {
                throw MeasureError(text: "cannot sync \(path)")
            }
            count += 1
        }
        return Double(count) / inSeconds(clock.now - start)
    }
}

/// Why a measurement could not be made.
struct MeasureError: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
}
