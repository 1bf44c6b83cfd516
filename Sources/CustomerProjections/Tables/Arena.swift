/// Byte strings of many sizes, each found by a small handle.
///
/// Bytes lie in chunks of 1 MiB, so growing never moves them. Freed room is zeroed at once, so that nothing personal
/// lingers, and is used again for strings of its size class; there is no compaction, hence no pause.
struct Arena: Sendable {
    /// Where a string is; ``none`` for no string.
    typealias Handle = UInt32

    static let none: Handle = 0
    private static let unitByteCount = 4
    private static let unitBits: UInt32 = 18
    private static let chunkByteCount = unitByteCount << 18

    private(set) var chunks: [ContiguousArray<UInt8>] = []
    /// Freed handles by their size in units.
    private var free: [[Handle]] = []

    /// How many bytes all chunks take.
    var byteCount: Int { chunks.reduce(0) { $0 + $1.count } }

    /// Keeps `bytes`.
    mutating func insert(_ bytes: UnsafeBufferPointer<UInt8>) -> Handle {
        let unitCount = Self.unitCount(of: bytes.count)
        if let handle = append(bytes, unitCount) { return handle }
        let handle = take(unitCount)
        write(bytes, at: handle)
        return handle
    }

    /// Keeps `bytes` behind the others of the last chunk; `nil` when freed room is there, or the chunk is full.
    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ unitCount: Int) -> Handle? {
        guard unitCount >= free.count || free[unitCount].isEmpty, let last = chunks.last else { return nil }
        let (offset, byteCount) = (last.count, unitCount * Self.unitByteCount)
        guard offset + byteCount <= Self.chunkByteCount else { return nil }
        let index = chunks.count - 1
        chunks[index].appendVarint(bytes.count)
        chunks[index].append(contentsOf: bytes)
        while chunks[index].count < offset + byteCount { chunks[index].append(0) }
        return UInt32(index) << Self.unitBits | UInt32(offset / Self.unitByteCount)
    }

    /// Keeps `bytes`.
    mutating func insert(_ bytes: ContiguousArray<UInt8>) -> Handle {
        bytes.withUnsafeBufferPointer { insert($0) }
    }

    /// Puts `bytes` in the place of the string at `handle`, which may become another.
    mutating func replace(_ handle: inout Handle, with bytes: ContiguousArray<UInt8>) {
        if handle != Self.none, Self.unitCount(of: bytes.count) == unitCount(at: handle) {
            zero(handle, unitCount: Self.unitCount(of: bytes.count))
            bytes.withUnsafeBufferPointer { write($0, at: handle) }
        } else {
            remove(&handle)
            handle = insert(bytes)
        }
    }

    /// Forgets the string at `handle` and overwrites it.
    mutating func remove(_ handle: inout Handle) {
        guard handle != Self.none else { return }
        let unitCount = unitCount(at: handle)
        zero(handle, unitCount: unitCount)
        while free.count <= unitCount { free.append([]) }
        free[unitCount].append(handle)
        handle = Self.none
    }

    /// Gives the bytes at `handle` to `body`; none for ``none``.
    @inline(__always)
    func withBytes<Result>(_ handle: Handle, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        guard handle != Self.none else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        return chunks[Int(handle >> Self.unitBits)]
            .withUnsafeBufferPointer { chunk in
                var position = Self.offset(of: handle)
                let count = readVarint(chunk, &position)
                return body(UnsafeBufferPointer(rebasing: chunk[position..<position + count]))
            }
    }

    private static func offset(of handle: Handle) -> Int { Int(handle & (1 << unitBits - 1)) * unitByteCount }

    private static func unitCount(of byteCount: Int) -> Int {
        (varintByteCount(byteCount) + byteCount + unitByteCount - 1) / unitByteCount
    }

    private func unitCount(at handle: Handle) -> Int { withBytes(handle) { Self.unitCount(of: $0.count) } }

    private mutating func take(_ unitCount: Int) -> Handle {
        if unitCount < free.count, let handle = free[unitCount].popLast() { return handle }
        let byteCount = unitCount * Self.unitByteCount
        if let last = chunks.last, last.count + byteCount <= Self.chunkByteCount {
            let offset = last.count
            let index = chunks.count - 1
            chunks[index].append(contentsOf: repeatElement(0, count: byteCount))
            return UInt32(index) << Self.unitBits | UInt32(offset / Self.unitByteCount)
        }
        var chunk = ContiguousArray<UInt8>()
        // The very first unit stays empty, so that no handle is `none`.
        let offset = chunks.isEmpty ? Self.unitByteCount : 0
        chunk.reserveCapacity(max(Self.chunkByteCount, offset + byteCount))
        chunk.append(contentsOf: repeatElement(0, count: offset + byteCount))
        chunks.append(chunk)
        return UInt32(chunks.count - 1) << Self.unitBits | UInt32(offset / Self.unitByteCount)
    }

    private mutating func zero(_ handle: Handle, unitCount: Int) {
        chunks[Int(handle >> Self.unitBits)]
            .withUnsafeMutableBufferPointer { chunk in
                let offset = Self.offset(of: handle)
                chunk[offset..<offset + unitCount * Self.unitByteCount].update(repeating: 0)
            }
    }

    private mutating func write(_ bytes: UnsafeBufferPointer<UInt8>, at handle: Handle) {
        chunks[Int(handle >> Self.unitBits)]
            .withUnsafeMutableBufferPointer { chunk in
                var position = Self.offset(of: handle)
                var rest = bytes.count
                while rest >= 0x80 {
                    chunk[position] = UInt8(truncatingIfNeeded: rest) | 0x80
                    position += 1
                    rest >>= 7
                }
                chunk[position] = UInt8(rest)
                position += 1
                _ = chunk[position..<position + bytes.count].update(fromContentsOf: bytes)
            }
    }
}
