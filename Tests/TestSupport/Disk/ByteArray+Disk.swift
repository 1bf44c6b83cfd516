#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Whole-buffer operations, since loops over bytes are slow in a debug build.
extension [UInt8] {
    /// Cuts, or grows with zeroes, to `size` bytes.
    mutating func resize(to size: Int) {
        guard size > count else {
            if size < count { removeLast(count - size) }
            return
        }
        guard size <= capacity, count > 0 else {
            self = Self(unsafeUninitializedCapacity: size) { buffer, initializedCount in
                let target = UnsafeMutableRawBufferPointer(buffer)
                withUnsafeBytes { target.copyMemory(from: $0) }
                UnsafeMutableRawBufferPointer(rebasing: target[count...]).zero()
                initializedCount = size
            }
            return
        }
        append(contentsOf: Self.zeroBytes(size - count))
    }

    /// Whether both hold the same bytes; `==` compares them one by one in a debug build.
    package func isSame(as other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        return withUnsafeBytes { these in
            other.withUnsafeBytes { those in
                guard let left = these.baseAddress, let right = those.baseAddress else { return true }
                return memcmp(left, right, count) == 0
            }
        }
    }

    /// The first `count` bytes of `pattern` after `pattern`, for ever.
    package static func repeating(_ pattern: [UInt8], count: Int) -> [UInt8] {
        guard !pattern.isEmpty else { return [] }
        var bytes = pattern
        bytes.reserveCapacity(2 * count)
        while bytes.count < count { bytes += bytes }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    package static func zeroBytes(_ count: Int) -> [UInt8] {
        Self(unsafeUninitializedCapacity: count) { buffer, initializedCount in
            UnsafeMutableRawBufferPointer(buffer).zero()
            initializedCount = count
        }
    }

    /// Puts `bytes` at `offset`, growing with zeroes when needed.
    mutating func overwrite(at offset: Int, with bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        if offset + bytes.count > count { resize(to: offset + bytes.count) }
        withUnsafeMutableBytes {
            UnsafeMutableRawBufferPointer(rebasing: $0[offset..<(offset + bytes.count)]).copyMemory(from: bytes)
        }
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate func zero() {
        guard let baseAddress else { return }
        baseAddress.initializeMemory(as: UInt8.self, repeating: 0, count: count)
    }
}
