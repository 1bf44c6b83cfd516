import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// Whatever is done to a vault, it says what a plain array would.
@Suite struct KeyVaultPropertyTests {
    typealias Fixture = VaultFixture

    @Test func `a vault is what a plain array is`() throws {
        try Property.forAll(seeds: 60) { random in
            let disk = try Fixture.disk()
            var vault = try Fixture.create(on: disk, seed: random.next())
            var masterKey: UInt8 = 1
            var model: [Fixture.Content] = []
            for step in 1...30 as ClosedRange<UInt64> {
                switch random.below(6) {
                case 0, 1:
                    try vault.mint(through: vault.slotCount + random.below(20))
                    // New ones only behind the old ones.
                    model += Fixture.contents(vault).dropFirst(model.count)
                case 2, 3:
                    let slots = (0..<random.below(6)).map { _ in random.below(model.count + 3) }
                    try vault.destroy(slots, by: SequenceNumber(step))
                    Self.destroy(slots, by: step, in: &model)
                case 4:
                    masterKey = UInt8(random.number(in: 1...200))
                    try vault.rewrap(under: Fixture.masterKey(masterKey))
                default:
                    if random.chance(1, in: 2) { vault.close() }
                    vault = try Fixture.open(on: disk, masterKeys: [0, masterKey], seed: random.next())
                    try requireEqual(Fixture.contents(vault), model, "step \(step), opened")
                    let first = random.number(in: 0...model.count)
                    try vault.prepare(firstUnused: first)
                    try Self.checkPrepared(vault, from: first, &model)
                }
                try requireEqual(Fixture.contents(vault), model, "step \(step)")
                try requireEqual(vault.statistics, Fixture.statistics(model), "statistics, step \(step)")
            }
        }
    }

    private static func destroy(_ slots: [Int], by step: UInt64, in model: inout [Fixture.Content]) {
        for slot in slots {
            while model.count <= slot { model.append(.missing) }
            if case .destroyed = model[slot] { continue }
            model[slot] = .destroyed(by: step)
        }
    }

    private static func checkPrepared(
        _ vault: KeyVault,
        from first: Int,
        _ model: inout [Fixture.Content]
    ) throws {
        for slot in first..<model.count {
            if case .live = model[slot] { continue }
            model[slot] = Fixture.content(vault, slot)
            guard case .live = model[slot] else { throw Violation("slot \(slot) was not made whole: \(model[slot])") }
        }
    }
}
