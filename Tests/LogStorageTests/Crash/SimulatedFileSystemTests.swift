import LogStorage
import TestSupport
import Testing

/// The disk that the crash suites stand on: it must lose what may be lost, and never what may not.
struct SimulatedFileSystemTests {
    private let disk = SimulatedFileSystem()

    private func write(_ bytes: [UInt8], at offset: Int = 0, to file: any File) throws {
        try bytes.withUnsafeBytes { try file.write($0, at: offset) }
    }

    private func bytes(of file: any File) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0xEE, count: try file.size())
        let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
        return Array(bytes[..<count])
    }

    /// A file whose name and bytes are durable.
    private func durableFile(_ path: String, _ contents: [UInt8]) throws -> any File {
        let file = try disk.open(path, .create)
        try write(contents, to: file)
        try file.sync()
        try disk.syncDirectory("/")
        return file
    }

    private func images(_ count: UInt64 = 300) -> [[String: [UInt8]]] {
        (0..<count).map { disk.crashImage(seed: $0).contents }
    }

    // MARK: Bytes

    @Test func `what was synced survives every crash`() throws {
        let contents = (0..<5000).map { UInt8(truncatingIfNeeded: $0) }
        _ = try durableFile("/a", contents)
        for image in images() { #expect(image == ["/a": contents]) }
    }

    @Test func `unsynced bytes are lost, kept and torn at sectors, in any order`() throws {
        let file = try durableFile("/a", [UInt8](repeating: 1, count: 2048))
        try write([UInt8](repeating: 2, count: 2048), to: file)
        var kept: Set<[UInt8]> = []
        for image in images(1000) {
            let sectors = try (0..<4)
                .map { sector in
                    let bytes = Set(try #require(image["/a"])[(sector * 512)..<(sector * 512 + 512)])
                    #expect(bytes.count == 1, "a sector is whole")
                    return bytes.first ?? 0
                }
            kept.insert(sectors)
        }
        // Every combination of four sectors, not only the ordered ones.
        #expect(kept.count == 16)
        #expect(try bytes(of: file) == [UInt8](repeating: 2, count: 2048))
    }

    @Test func `a sector written twice may survive with the first version`() throws {
        let file = try durableFile("/a", [UInt8](repeating: 1, count: 512))
        try write([UInt8](repeating: 2, count: 512), to: file)
        try write([UInt8](repeating: 3, count: 512), to: file)
        #expect(Set(images().map { $0["/a"]?.first }) == [1, 2, 3])
    }

    @Test func `an appended part may be there by its size alone`() throws {
        let file = try durableFile("/a", [UInt8](repeating: 1, count: 512))
        try write([UInt8](repeating: 2, count: 512), at: 512, to: file)
        let tails = Set(images().map { Array(($0["/a"] ?? [])[512...]) })
        #expect(tails == [[], [UInt8](repeating: 0, count: 512), [UInt8](repeating: 2, count: 512)])
    }

    @Test func `a cut that was not synced may not have happened`() throws {
        let file = try durableFile("/a", [UInt8](repeating: 1, count: 1024))
        try file.truncate(to: 100)
        #expect(Set(images().map { $0["/a"]?.count }) == [100, 1024])
        try file.sync()
        #expect(Set(images().map { $0["/a"]?.count }) == [100])
    }

    @Test func `bytes cut off never come back as the file grows again`() throws {
        let file = try durableFile("/a", [UInt8](repeating: 1, count: 1024))
        try file.truncate(to: 100)
        try file.truncate(to: 1024)
        let tails = Set(images().compactMap { $0["/a"] }.filter { $0.count == 1024 }.map { Array($0[100...]) })
        #expect(tails == [[UInt8](repeating: 1, count: 924), [UInt8](repeating: 0, count: 924)])
    }

    @Test func `the same seed gives the same image`() throws {
        let file = try durableFile("/a", [])
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20 { try write(generator.bytes(700), at: generator.below(5000), to: file) }
        for seed in 0..<50 as Range<UInt64> {
            #expect(disk.crashImage(seed: seed).contents == disk.crashImage(seed: seed).contents)
        }
        #expect(Set(images()).count > 100)
    }

    // MARK: Names

    @Test func `names are durable only after their directory was synced`() throws {
        let file = try disk.open("/a", .create)
        try write([1], to: file)
        try file.sync()
        #expect(Set(images()) == [[:], ["/a": [1]]])
        try disk.rename("/a", to: "/b")
        #expect(Set(images()) == [[:], ["/a": [1]], ["/b": [1]]])
        try disk.syncDirectory("/")
        #expect(Set(images()) == [["/b": [1]]])
        try disk.remove("/b")
        #expect(Set(images()) == [[:], ["/b": [1]]])
    }

    @Test func `a directory that was not synced takes its files with it`() throws {
        try disk.createDirectory("/x/y")
        let file = try disk.open("/x/y/a", .create)
        try file.sync()
        try disk.syncDirectory("/x/y")
        #expect(Set(images().map(\.count)) == [0, 1])
        try disk.syncDirectory("/x")
        try disk.syncDirectory("/")
        #expect(Set(images().map(\.count)) == [1])
        #expect(try disk.list("/x") == ["y"])
    }

    @Test func `a rename replaces, whole or not at all`() throws {
        _ = try durableFile("/new", [2])
        _ = try durableFile("/old", [1])
        try disk.rename("/new", to: "/old")
        #expect(disk.contents == ["/old": [2]])
        #expect(Set(images()) == [["/old": [1], "/new": [2]], ["/old": [2]]])
    }

    // MARK: Faults

    @Test func `a failed sync loses a part, and the next one does not bring it back`() throws {
        var lossCount = 0
        for seed in 0..<100 as Range<UInt64> {
            let disk = SimulatedFileSystem(seed: seed)
            let file = try disk.open("/a", .create)
            try disk.syncDirectory("/")
            try write([UInt8](repeating: 1, count: 4096), to: file)
            disk.plan { $0.failingSyncs = [1] }
            #expect(throws: FileError(operation: "fdatasync", path: "/a", errorNumber: 5)) { try file.sync() }
            try file.sync()
            #expect(try bytes(of: file) == [UInt8](repeating: 1, count: 4096))
            if disk.crashImage(seed: 0).contents["/a"] != [UInt8](repeating: 1, count: 4096) { lossCount += 1 }
        }
        #expect((50..<100).contains(lossCount))
    }

    @Test func `a full disk takes what fits, overwrites what it has, and goes on when there is room`() throws {
        let file = try disk.open("/a", .create)
        disk.plan { $0.capacity = 8192 }
        let full = FileError(operation: "pwrite", path: "/a", errorNumber: 28)
        #expect(throws: full) { try write([UInt8](repeating: 1, count: 9000), to: file) }
        #expect(try file.size() == 8192)
        try write([UInt8](repeating: 2, count: 8192), to: file)
        #expect(throws: full) { try write([3], at: 8192, to: file) }
        disk.plan { $0.capacity = 12288 }
        try write([3], at: 8192, to: file)
        try file.truncate(to: 100)
        #expect(disk.usedByteCount == 4096)
    }

    @Test func `failing reads and writes fail once`() throws {
        let file = try durableFile("/a", [1, 2, 3])
        disk.plan {
            $0.failingReads = [2]
            $0.failingWrites = [3]
        }
        #expect(try bytes(of: file) == [1, 2, 3])
        #expect(throws: FileError(operation: "pread", path: "/a", errorNumber: 5)) { try bytes(of: file) }
        try write([4], to: file)
        #expect(throws: FileError(operation: "pwrite", path: "/a", errorNumber: 5)) { try write([5], to: file) }
        #expect(try bytes(of: file).count == 3)
    }

    @Test func `after the crash every call fails, and the change it fell into may have happened`() throws {
        let file = try durableFile("/a", [1])
        let change = disk.counts.changes + 2
        disk.plan { $0.crashAtChange = change }
        try write([2], to: file)
        #expect(throws: FileError.self) { try file.sync() }
        #expect(throws: FileError.self) { try bytes(of: file) }
        #expect(throws: FileError.self) { try disk.list("/") }
        #expect(throws: FileError.self) { try disk.open("/a", .read) }
        #expect(Set(images().map { $0["/a"] }) == [[1], [2]])
        let image = disk.crashImage(seed: 0)
        #expect(try image.list("/") == ["a"])
    }

    @Test func `a disk that lies loses synced bytes`() throws {
        disk.plan { $0.syncsLie = true }
        _ = try durableFile("/a", [1])
        #expect(Set(images()) == [["/a": []], ["/a": [0]], ["/a": [1]]])
    }

    @Test func `tampered bytes are durable`() throws {
        _ = try durableFile("/a", [1, 2, 3])
        disk.tamper("/a") { $0[1] ^= 0x80 }
        #expect(Set(images()) == [["/a": [1, 0x82, 3]]])
    }

    // MARK: The seam

    @Test func `a lock is held by one open file until it closes`() throws {
        let one = try disk.open("/a", .create)
        let other = try disk.open("/a", .readWrite)
        #expect(try one.lock())
        #expect(try !other.lock())
        one.close()
        #expect(try other.lock())
    }

    @Test func `opening says what is wrong`() throws {
        #expect(throws: FileError(operation: "open", path: "/a", errorNumber: 2)) { try disk.open("/a", .read) }
        _ = try disk.open("/a", .create)
        #expect(throws: FileError(operation: "open", path: "/a", errorNumber: 17)) { try disk.open("/a", .create) }
        #expect(throws: FileError(operation: "open", path: "/x/a", errorNumber: 2)) { try disk.open("/x/a", .create) }
        let reader = try disk.open("/a", .read)
        #expect(throws: FileError(operation: "pwrite", path: "/a", errorNumber: 9)) { try write([1], to: reader) }
    }

    @Test func `a removed file lives on for those who have it open`() throws {
        let file = try durableFile("/a", [1])
        try disk.remove("/a")
        #expect(try bytes(of: file) == [1])
        #expect(try disk.list("/").isEmpty)
    }
}
