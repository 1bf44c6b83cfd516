import Dispatch
import EventSourcing
import Synchronization
import TestSupport
import Testing

@testable import LogStorage

@Suite struct KeyVaultTests {
    typealias Fixture = VaultFixture

    @Test func `keys are minted in whole sectors, differ, and are the same when opened again`() throws {
        let disk = try Fixture.disk()
        let vault = try Fixture.create(on: disk)
        #expect(vault.slotCount == 0)
        try vault.mint(through: 3)
        #expect(vault.slotCount == 8)
        try vault.mint(through: 8)
        #expect(disk.contents[Fixture.path]?.count == 512 + 8 * 64)
        try vault.mint(through: 9)
        let keys = Fixture.contents(vault)
        #expect(keys.count == 16 && Set(keys).count == 16)
        #expect(vault.statistics == Fixture.statistics(keys))
        #expect(keys == Fixture.contents(vault))
        vault.close()
        let again = try Fixture.open(on: disk)
        #expect(Fixture.contents(again) == keys)
        #expect(again.id == vault.id && again.masterKeyID == Fixture.masterKey(1).id)
        #expect(Fixture.content(again, 16) == .missing && Fixture.content(again, -1) == .missing)
    }

    @Test func `minting costs one write and one sync for each piece`() throws {
        let disk = try Fixture.disk()
        let vault = try Fixture.create(on: disk)
        let before = disk.counts
        try vault.mint(through: VaultFormat.pieceSlotCount + 1)
        #expect(disk.counts.writes == before.writes + 2 && disk.counts.syncs == before.syncs + 2)
        let size = disk.contents[Fixture.path]?.count
        #expect(size == VaultFormat.offset(ofSlot: VaultFormat.pieceSlotCount + 8))
    }

    @Test func `the file does not hold the keys as they are`() throws {
        let disk = try Fixture.disk()
        let vault = try Fixture.create(on: disk)
        try vault.mint(through: 8)
        let file = try #require(disk.contents[Fixture.path])
        for case .live(let key) in Fixture.contents(vault) {
            #expect(!(0...file.count - 4).contains { Array(file[$0..<$0 + 4]) == Array(key[..<4]) })
        }
    }

    @Test func `a destroyed key is gone from memory and file, and stays so`() throws {
        let disk = try Fixture.disk()
        let vault = try Fixture.create(on: disk)
        try vault.mint(through: 8)
        var expected = Fixture.contents(vault)
        let before = try #require(disk.contents[Fixture.path])
        try vault.destroy([5, 2, 5], by: SequenceNumber(77))
        expected[2] = .destroyed(by: 77)
        expected[5] = .destroyed(by: 77)
        #expect(Fixture.contents(vault) == expected)
        // Again, for another reason: the first one stands.
        try vault.destroy([5], by: SequenceNumber(99))
        try vault.destroy([], by: SequenceNumber(100))
        #expect(Fixture.contents(vault) == expected)
        let after = try #require(disk.contents[Fixture.path])
        for slot in [2, 5] {
            let sealed = VaultFormat.offset(ofSlot: slot) + 4
            #expect(zip(before[sealed..<sealed + 44], after[sealed..<sealed + 44]).count { $0 == $1 } < 20)
        }
        #expect(Fixture.contents(try Fixture.open(on: disk)) == expected)
        #expect(Fixture.code { try vault.destroy([-1], by: SequenceNumber(1)) } == .invalidArgument)
        #expect(Fixture.code { try vault.mint(through: VaultFormat.slotLimit + 1) } == .invalidArgument)
    }

    @Test func `rewrapping keeps every key, destroys the old wrappings and asks for the new master key`() throws {
        let disk = try Fixture.disk()
        let vault = try Fixture.create(on: disk)
        try vault.mint(through: 16)
        try vault.destroy([3], by: SequenceNumber(9))
        let keys = Fixture.contents(vault)
        let old = try #require(disk.contents[Fixture.path])
        let oldFile = try disk.open(Fixture.path, .read)
        let before = disk.counts.writes
        try vault.rewrap(under: Fixture.masterKey(2))
        // Header, slots, zeroes over the old file.
        #expect(disk.counts.writes == before + 3)
        #expect(try oldFile.read(old.count, at: 0) == [UInt8](repeating: 0, count: old.count))
        try vault.rewrap(under: Fixture.masterKey(2))
        #expect(disk.counts.writes == before + 3)
        #expect(Fixture.contents(vault) == keys)
        #expect(vault.masterKeyID == Fixture.masterKey(2).id)
        let new = try #require(disk.contents[Fixture.path])
        #expect(Array(old[576..<640]) != Array(new[576..<640]))
        try vault.mint(through: 24)
        try vault.destroy([0], by: SequenceNumber(10))
        let error = #expect(throws: LogStorageError.self) { try Fixture.open(on: disk, masterKeys: [1, 3]) }
        #expect(error?.code == .wrongKey)
        for key in [1, 2, 3] as [UInt8] {
            #expect(error?.message.contains("\(Fixture.masterKey(key).id)") == true)
        }
        #expect(Fixture.contents(try Fixture.open(on: disk, masterKeys: [1, 2])) == Fixture.contents(vault))
        #expect(disk.contents.keys.sorted() == [Fixture.path])
    }

    @Test func `preparing makes what no record uses whole, and leaves the rest`() throws {
        let disk = try Fixture.disk()
        let vault = try Fixture.create(on: disk)
        try vault.mint(through: 32)
        try vault.destroy([4, 20], by: SequenceNumber(5))
        let before = Fixture.contents(vault)
        vault.close()
        disk.tamper(Fixture.path) { bytes in
            bytes[VaultFormat.offset(ofSlot: 5) + 30] ^= 1
            bytes[VaultFormat.offset(ofSlot: 21) + 30] ^= 1
            bytes.replaceSubrange(
                VaultFormat.offset(ofSlot: 22)..<VaultFormat.offset(ofSlot: 24),
                with: [UInt8](repeating: 0, count: 128)
            )
            bytes.removeLast(10)
        }
        let again = try Fixture.open(on: disk)
        try again.prepare(firstUnused: 10)
        let after = Fixture.contents(again)
        for slot in 0..<32 {
            switch slot {
            case 5: #expect(after[slot] == .damaged)
            case 20, 21, 22, 23, 31:
                guard case .live = after[slot] else {
                    Issue.record("slot \(slot) is \(after[slot])")
                    continue
                }
                #expect(after[slot] != before[slot])
            default: #expect(after[slot] == before[slot], "slot \(slot)")
            }
        }
        #expect(Fixture.contents(try Fixture.open(on: disk)) == after)
    }

    @Test func `a vault older than its log has no keys for those who came later`() throws {
        let disk = try Fixture.disk()
        _ = try Fixture.create(on: disk).mint(through: 8)
        let vault = try Fixture.open(on: disk)
        try vault.prepare(firstUnused: 20)
        try vault.mint(through: 30)
        let contents = Fixture.contents(vault)
        #expect(contents[8..<20].allSatisfy { $0 == .missing })
        #expect(contents.count == 32 && Set(contents[20...]).count == 12 && !contents[20...].contains(.missing))
        #expect(vault.statistics == Fixture.statistics(contents))
        #expect(Fixture.contents(try Fixture.open(on: disk)) == contents)
    }

    @Test func `what does not belong together is refused, and says what to do`() throws {
        let disk = try Fixture.disk()
        #expect(try !KeyVault.exists(in: Fixture.directory, fileSystem: disk))
        var error = #expect(throws: LogStorageError.self) { try Fixture.open(on: disk) }
        #expect(error?.code == .notFound && error?.message.contains("patronctl vault restore") == true)
        _ = try Fixture.create(on: disk)
        #expect(try KeyVault.exists(in: Fixture.directory, fileSystem: disk))
        #expect(Fixture.code { _ = try Fixture.create(on: disk) } == .invalidArgument)
        let other = LogID(high: 1, low: 2)
        error = #expect(throws: LogStorageError.self) { try Fixture.open(on: disk, logID: other) }
        #expect(error?.code == .otherLog)
        #expect(error?.message.contains(other.hexadecimal) == true)
        #expect(error?.message.contains(Fixture.logID.hexadecimal) == true)
        error = #expect(throws: LogStorageError.self) { try Fixture.open(on: disk, masterKeys: []) }
        #expect(error?.code == .wrongKey)
        disk.tamper(Fixture.path) { bytes in
            bytes.store(UInt16(7), at: 10)
            bytes.store(bytes.crc32c(0..<508), at: 508)
        }
        error = #expect(throws: LogStorageError.self) { try Fixture.open(on: disk) }
        #expect(error?.code == .newerFormat && error?.message.contains("7") == true)
    }

    @Test func `a vault that is only looked at changes nothing`() throws {
        let disk = try Fixture.disk()
        let vault = try Fixture.create(on: disk)
        try vault.mint(through: 8)
        let counts = disk.counts.changes
        let reader = try KeyVault.openReadOnly(
            directory: Fixture.directory,
            logID: nil,
            masterKeys: [Fixture.masterKey(1)],
            fileSystem: disk
        )
        #expect(Fixture.contents(reader) == Fixture.contents(vault))
        #expect(Fixture.code { try reader.mint(through: 100) } == .closed)
        #expect(Fixture.code { try reader.destroy([1], by: SequenceNumber(1)) } == .closed)
        #expect(Fixture.code { try reader.rewrap(under: Fixture.masterKey(2)) } == .closed)
        #expect(disk.counts.changes == counts)
    }

    @Test func `keys are found while others are minted, destroyed and wrapped anew`() throws {
        let vault = try Fixture.create(on: try Fixture.disk())
        try vault.mint(through: 64)
        let keys = Fixture.contents(vault)
        let isDone = Atomic(false)
        let wrong = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 3) { thread in
            guard thread == 0 else {
                while !isDone.load(ordering: .acquiring) {
                    for slot in 0..<64 {
                        let content = Fixture.content(vault, slot)
                        if content != keys[slot], slot < 32 || content != .destroyed(by: 1) {
                            wrong.withLock { $0.append("\(slot): \(content)") }
                        }
                    }
                }
                return
            }
            for round in 0..<32 {
                do {
                    try vault.rewrap(under: Fixture.masterKey(UInt8(round % 7 + 2)))
                    try vault.destroy([32 + round], by: SequenceNumber(1))
                    try vault.mint(through: 64 + round * 8)
                } catch {
                    wrong.withLock { $0.append("\(error)") }
                }
            }
            isDone.store(true, ordering: .releasing)
        }
        #expect(wrong.withLock(\.self) == [])
    }
}
