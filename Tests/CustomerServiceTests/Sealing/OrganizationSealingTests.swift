import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService
@testable import LogStorage

/// What is personal is on the disk only sealed, and an erasure is the end of the key.
@Suite struct OrganizationSealingTests {
    @Test func `log, vault and state agree after every restart, with and without a snapshot`() async throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            let shop = try await DiskShop(seed: seed)
            try await shop.run(120)
            _ = try await shop.organization.takeSnapshot()
            try await shop.run(60)
            // The snapshot is older than these erasures, and opens all the same: without those whose keys are gone.
            try await shop.eraseSome(3)
            let live = shop.organization
            live.close()
            let opened = try shop.reopen()
            let replayed = try shop.reopen(usesSnapshots: false)
            #expect(opened.opening.snapshot > .none && opened.opening.ignored == [], "seed \(seed)")
            for other in [opened, replayed] {
                #expect(other.stateHash == live.stateHash, "seed \(seed)")
                #expect(other.personalHash == live.personalHash, "seed \(seed)")
            }
        }
    }

    @Test func `who has no keys sees the same, without anything personal`() async throws {
        let shop = try await DiskShop(seed: 4)
        try await shop.run(150)
        let live = shop.organization
        live.close()
        let outsider = try Organization(
            name: "default",
            lookingAt: try shop.openLog(),
            codec: RecordCodec(keys: WithheldKeys())
        )
        #expect(outsider.stateHash == live.stateHash)
        #expect(outsider.personalHash != live.personalHash)
        outsider.peek { state, time in
            for row in 0..<state.customerCount {
                let profile = state.profile(of: CustomerOrdinal(UInt32(row)), at: time)
                #expect(profile.summary.email == nil && profile.summary.firstName == nil && profile.metadata.isEmpty)
            }
        }
    }

    @Test func `a crash at any step of an erasure leaves the person whole, or erased and without a key`() async throws {
        let seed: UInt64 = 3
        let whole = try await DiskShop(seed: seed)
        let person = try await whole.addMerged()
        let before = whole.disk.counts.changes
        try await whole.erase(person)
        let changeCount = whole.disk.counts.changes - before
        #expect(changeCount >= 2)
        #expect(try whole.liveKeyCount(on: whole.disk) == 0)
        var outcomes: Set<Bool> = []
        for change in 1...changeCount {
            let shop = try await DiskShop(seed: seed)
            let person = try await shop.addMerged()
            let crash = shop.disk.counts.changes + change
            shop.disk.plan { $0.crashAtChange = crash }
            let isAcknowledged = (try? await shop.erase(person)) != nil
            for imageSeed in 0..<4 as Range<UInt64> {
                let image = shop.disk.crashImage(seed: imageSeed)
                if isAcknowledged { #expect(try shop.liveKeyCount(on: image) == 0, "change \(change)") }
                let opened = try shop.reopen(on: image)
                let (isErased, isKnown) = opened.peek { state, time in
                    (
                        shop.identities.allSatisfy { state.standing(of: $0).status == .erased },
                        state.profile(of: shop.identities[0], at: time).summary.firstName == "Zaphodia"
                    )
                }
                #expect(isErased != isKnown, "change \(change)")
                #expect(isErased || !isAcknowledged, "change \(change)")
                for identity in shop.identities {
                    if case .live = opened.keys?.vault.key(at: identity.index) {
                        #expect(!isErased, "change \(change): the key is still there")
                    } else {
                        #expect(isErased, "change \(change): the key is gone")
                    }
                }
                outcomes.insert(isErased)
            }
            shop.organization.close()
        }
        #expect(outcomes == [true, false])
    }

    @Test func `without the vault a sealed log is refused, and says what to do`() async throws {
        let shop = try await DiskShop(seed: 5)
        _ = try await shop.addMerged()
        shop.organization.close()
        try shop.disk.remove(DiskShop.vaultPath)
        #expect {
            try shop.reopen()
        } throws: { error in
            guard let error = error as? LogStorageError else { return false }
            return error.code == .notFound && error.message.contains("patronctl vault restore")
        }
    }

    @Test func `a vault that is older than the log is refused, and says what to do`() async throws {
        let shop = try await DiskShop(seed: 5)
        let old = try #require(shop.disk.contents[DiskShop.vaultPath])
        shop.organization.close()
        // As if the first keys had been minted after the backup was made.
        shop.disk.tamper(DiskShop.vaultPath) { $0 = Array(old[..<512]) }
        let again = try shop.reopenToWork()
        _ = try await again.createCustomer(Profile(firstName: "Ann"))
        again.close()
        shop.disk.tamper(DiskShop.vaultPath) { $0 = Array(old[..<512]) }
        #expect {
            try shop.reopen()
        } throws: {
            ($0 as? RecordError)?.text.contains("older than the log") == true
        }
    }
}
