#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension [UInt8] {
    /// `count` zeroes, made as fast in a debug build as in a release one.
    static func zeroes(_ count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            if let start = buffer.baseAddress { unsafe memset(start, 0, count) }
            initializedCount = count
        }
    }
}

extension File {
    /// Writes all of `bytes` at `offset`.
    func write(_ bytes: [UInt8], at offset: Int) throws(FileError) {
        try write(bytes, 0..<bytes.count, at: offset)
    }

    /// Writes a part of `bytes` at `offset`.
    func write(_ bytes: [UInt8], _ range: Range<Int>, at offset: Int) throws(FileError) {
        let result = unsafe bytes.withUnsafeBytes { all in
            Result { () throws(FileError) in
                try unsafe write(UnsafeRawBufferPointer(rebasing: all[range]), at: offset)
            }
        }
        try result.get()
    }

    /// Reads up to `count` bytes at `offset`; fewer at the end of the file.
    func read(_ count: Int, at offset: Int) throws(FileError) -> [UInt8] {
        var bytes = [UInt8].zeroes(count)
        let read = try read(into: &bytes, 0..<count, at: offset)
        bytes.removeSubrange(read...)
        return bytes
    }

    /// Reads into a part of `bytes`, and returns how many bytes there were.
    func read(into bytes: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(FileError) -> Int {
        let result = unsafe bytes.withUnsafeMutableBytes { all in
            Result { () throws(FileError) in
                try unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: all[range]), at: offset)
            }
        }
        return try result.get()
    }

    /// Writes zeroes over all there is, and syncs.
    func overwriteWithZeroes() throws(FileError) {
        let byteCount = try size()
        for offset in stride(from: 0, to: byteCount, by: StorageFiles.pieceByteCount) {
            try write([UInt8].zeroes(min(byteCount - offset, StorageFiles.pieceByteCount)), at: offset)
        }
        try sync()
    }
}
