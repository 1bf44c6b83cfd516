import CustomerDomain
import EventSourcing
import LogStorage
import Testing

@testable import CustomerService

@Suite struct ErasureReceiptTests {
    @Test func `there is no receipt while a key is left`() async throws {
        let shop = try await DiskShop(seed: 2)
        let person = try await shop.addMerged()
        await #expect(throws: ReceiptError.notErased) { try await shop.organization.erasureReceipt(of: person) }
        // The erasure is durable, and the vault takes no change any more.
        shop.organization.keys?.vault.close()
        await #expect(throws: CommandError.self) { try await shop.erase(person) }
        await #expect(throws: ReceiptError.notYet) { try await shop.organization.erasureReceipt(of: person) }
        shop.organization.close()
        // The next start destroys it; this log has no key to sign with.
        let again = try shop.reopenToWork()
        #expect(try shop.liveKeyCount(on: shop.disk) == 0)
        await #expect(throws: ReceiptError.notSigned) { try await again.erasureReceipt(of: person) }
        again.close()
    }

    @Test func `who never was, and what is no erasure, have none`() async throws {
        let shop = try await DiskShop(seed: 2)
        let person = try await shop.addMerged()
        let request = DataRequestID(high: 0x7000, low: 1)
        await #expect(throws: ReceiptError.unknown) {
            try await shop.organization.erasureReceipt(of: CustomerID(high: 1, low: 1))
        }
        await #expect(throws: ReceiptError.unknown) { try await shop.organization.erasureReceipt(of: request) }
        let opening = DataRequestOpened(id: request, right: .access)
        _ = try await shop.organization.execute(.openDataRequest(person, opening), scope: Organization.testScope)
        try await shop.erase(person)
        await #expect(throws: ReceiptError.notErased) { try await shop.organization.erasureReceipt(of: request) }
        shop.organization.close()
    }
}
