import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

@Suite struct SealedFilesTests {
    private let disk = SimulatedFileSystem(seed: 3)
    private let secret = Array("the secret of Ada Lovelace".utf8)

    private func vault(masterKey byte: UInt8 = 7, rewrapping: Bool = false) throws -> KeyVault {
        let key = try #require(MasterKey([UInt8](repeating: byte, count: 32)))
        if try KeyVault.exists(in: "/org", fileSystem: disk) {
            return try KeyVault.open(directory: "/org", logID: Self.logID, masterKeys: [key], fileSystem: disk)
        }
        try disk.createDirectory("/org")
        return try KeyVault.create(directory: "/org", logID: Self.logID, masterKey: key, fileSystem: disk)
    }

    private static let logID = LogID(high: 1, low: 2)

    private func files(_ vault: KeyVault) -> SealedFiles {
        SealedFiles(directory: "/org/jobs", vault: vault, fileSystem: disk)
    }

    private func write(_ pieces: [[UInt8]], _ files: SealedFiles, isWhole: Bool = true) throws {
        let key = try files.begin("one")
        var writer = try SealedFileWriter("part", of: "one", in: files, key: key)
        for (index, piece) in pieces.enumerated() {
            try writer.append(piece, isLast: isWhole && index == pieces.count - 1)
        }
        try writer.sync()
        writer.close()
    }

    /// What can be read; throws when anything is not what was written.
    private func read(_ files: SealedFiles) throws -> (pieces: [[UInt8]], isWhole: Bool) {
        let key = try #require(try files.key(of: "one"))
        var reader = try #require(try SealedFileReader("part", of: "one", in: files, key: key))
        defer { reader.close() }
        var pieces: [[UInt8]] = []
        while let piece = try reader.next() { pieces.append(piece) }
        return (pieces, reader.isAtEnd)
    }

    @Test func `what was written is read back after a restart, and is nowhere on the disk`() throws {
        let pieces = [secret, [], [UInt8](repeating: 65, count: 300_000)]
        try write(pieces, files(try vault()))
        let files = files(try vault())
        let found = try read(files)
        #expect(found.pieces == pieces)
        #expect(found.isWhole)
        #expect(try files.names() == ["one"])
        for (path, bytes) in disk.contents {
            #expect(!bytes.contains(secret), "\(path)")
            #expect(!bytes.contains([UInt8](repeating: 65, count: 32)), "\(path)")
        }
    }

    @Test func `a destroyed lot cannot be opened, even with a copy of its file`() throws {
        let files = files(try vault())
        try write([secret], files)
        let copy = try #require(disk.contents["/org/jobs/one.part"])
        try files.destroy("one")
        #expect(try files.names() == [])
        #expect(try files.key(of: "one") == nil)
        try files.destroy("one")
        // The same name again has another key.
        let key = try files.begin("one")
        let file = try disk.open("/org/jobs/one.part", .create)
        try file.write(copy, at: 0)
        file.close()
        var reader = try #require(try SealedFileReader("part", of: "one", in: files, key: key))
        #expect(throws: LogStorageError.self) { try reader.next() }
    }

    @Test func `every flipped bit and every cut shows`() throws {
        let files = files(try vault())
        try write([secret, secret], files)
        let whole = try #require(disk.contents["/org/jobs/one.part"])
        for index in whole.indices {
            disk.tamper("/org/jobs/one.part") { $0[index] ^= 1 << UInt8(index % 8) }
            let found = try? read(files)
            #expect(found == nil || found?.isWhole == false, "byte \(index)")
            disk.tamper("/org/jobs/one.part") { $0[index] ^= 1 << UInt8(index % 8) }
        }
        for count in 0..<whole.count {
            disk.tamper("/org/jobs/one.part") { $0 = Array(whole[..<count]) }
            let found = try? read(files)
            #expect(found?.isWhole != true, "\(count) bytes")
        }
    }

    @Test func `pieces cannot change places`() throws {
        let files = files(try vault())
        try write([secret, secret, secret], files, isWhole: false)
        let size = 4 + DataKey.overhead + 1 + secret.count
        disk.tamper("/org/jobs/one.part") { bytes in
            let first = Array(bytes[12..<12 + size])
            bytes.replaceSubrange(12..<12 + size, with: bytes[12 + size..<12 + 2 * size])
            bytes.replaceSubrange(12 + size..<12 + 2 * size, with: first)
        }
        #expect(throws: LogStorageError.self) { try read(files) }
    }

    @Test func `a file goes on after the pieces that are kept`() throws {
        let files = files(try vault())
        try write([[1], [2], [3]], files, isWhole: false)
        let key = try #require(try files.key(of: "one"))
        var writer = try SealedFileWriter(continuing: "part", of: "one", in: files, key: key) { $0 != [3] }
        try writer.append([4])
        writer.close()
        #expect(try read(files).pieces == [[1], [2], [4]])
        var other = try SealedFileWriter(continuing: "new", of: "one", in: files, key: key) { _ in true }
        try other.append([5], isLast: true)
        other.close()
        #expect(try files.byteCount(of: "new", of: "one") == other.byteCount)
    }

    @Test func `another master key opens nothing`() throws {
        let vault = try vault()
        try write([secret], files(vault))
        try vault.rewrap(under: try #require(MasterKey([UInt8](repeating: 9, count: 32))))
        #expect(try files(vault).key(of: "one") == nil)
    }
}

extension [UInt8] {
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        count >= part.count && (0...count - part.count).contains { Array(self[$0..<$0 + part.count]) == part }
    }
}
