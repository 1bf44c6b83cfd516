import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// Every bit of a small vault changes, and every end of it is cut off: it is noticed, and said of the right slot.
@Suite struct KeyVaultMutationTests {
    typealias Fixture = VaultFixture

    /// Live, destroyed, missing and again destroyed slots.
    private static func vault() throws -> (disk: SimulatedFileSystem, contents: [Fixture.Content], bytes: [UInt8]) {
        let disk = try Fixture.disk()
        let vault = try Fixture.create(on: disk)
        try vault.mint(through: 8)
        try vault.destroy([2], by: SequenceNumber(0x0102_0304_0506_0708))
        try vault.destroy([10], by: SequenceNumber(7))
        let bytes = try #require(disk.contents[Fixture.path])
        return (disk, Fixture.contents(vault), bytes)
    }

    @Test func `every changed bit is noticed, in the header or in its slot`() throws {
        let (disk, contents, bytes) = try Self.vault()
        #expect(contents.count == 11 && contents[8] == .missing && contents[10] == .destroyed(by: 7))
        for offset in bytes.indices {
            for bit in 0..<8 as Range<UInt8> {
                disk.tamper(Fixture.path) { $0[offset] ^= 1 << bit }
                defer { disk.tamper(Fixture.path) { $0[offset] ^= 1 << bit } }
                guard offset >= VaultFormat.headerByteCount else {
                    let code = Fixture.code { _ = try Fixture.open(on: disk) }
                    try requireEqual(code, .damaged, "bit \(bit) of byte \(offset) of the header")
                    continue
                }
                var expected = contents
                expected[(offset - VaultFormat.headerByteCount) / VaultFormat.slotByteCount] = .damaged
                let vault = try Fixture.open(on: disk)
                try requireEqual(Fixture.contents(vault), expected, "bit \(bit) of byte \(offset)")
            }
        }
    }

    @Test func `every cut is noticed`() throws {
        let (disk, contents, bytes) = try Self.vault()
        for end in 0..<bytes.count {
            disk.tamper(Fixture.path) { $0 = Array(bytes[..<end]) }
            guard end >= VaultFormat.headerByteCount else {
                try requireEqual(Fixture.code { _ = try Fixture.open(on: disk) }, .damaged, "cut at \(end)")
                continue
            }
            let vault = try Fixture.open(on: disk)
            let whole = (end - VaultFormat.headerByteCount) / VaultFormat.slotByteCount
            for slot in contents.indices where slot != whole {
                let expected = slot < whole ? contents[slot] : .missing
                try requireEqual(Fixture.content(vault, slot), expected, "slot \(slot), cut at \(end)")
            }
            let content = Fixture.content(vault, whole)
            try require(content == .damaged || content == .missing, "cut at \(end) leaves \(content)")
        }
    }

    @Test func `a slot counts only where it was written`() throws {
        let (disk, contents, bytes) = try Self.vault()
        func slot(_ number: Int) -> ArraySlice<UInt8> {
            bytes[VaultFormat.offset(ofSlot: number)..<VaultFormat.offset(ofSlot: number + 1)]
        }
        for (from, to) in [(0, 1), (2, 10), (10, 2), (1, 9), (2, 9)] {
            disk.tamper(Fixture.path) { changed in
                changed = bytes
                changed.replaceSubrange(
                    VaultFormat.offset(ofSlot: to)..<VaultFormat.offset(ofSlot: to + 1),
                    with: slot(from)
                )
            }
            var expected = contents
            expected[to] = .damaged
            #expect(Fixture.contents(try Fixture.open(on: disk)) == expected, "slot \(from) in the place of \(to)")
        }
        // Of another vault under the same master key.
        let other = try Fixture.disk()
        let vault = try Fixture.create(on: other, seed: 9)
        try vault.mint(through: 16)
        try vault.destroy([2], by: SequenceNumber(7))
        let foreign = try #require(other.contents[Fixture.path])
        disk.tamper(Fixture.path) { $0.replaceSubrange(512..., with: foreign[512...]) }
        #expect(Fixture.contents(try Fixture.open(on: disk)) == [Fixture.Content](repeating: .damaged, count: 16))
    }
}
