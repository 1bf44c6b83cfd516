@testable import CustomerService
import EventSourcing
import Foundation
import LogStorage
import TestSupport
import Testing

/// An organization whose log rotted while it was closed.
@Suite struct DamagedLogTests {
    @Test func `a sealed segment that rotted makes an organization that reads what is before it`() async throws {
        try await withTemporaryDirectory { root in
            let data = try DataDirectory.open(root, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data)
            for _ in 0..<3 {
                for _ in 0..<5 { try await organization.createCustomer() }
                try await organization.storage?.seal()
            }
            organization.close()
            let second = root + "/organizations/default/log/00000000000000000006.seg"
            var bytes = try Data(contentsOf: URL(filePath: second))
            bytes[4_096 + 70] ^= 1
            try bytes.write(to: URL(filePath: second))

            let damaged = try Organization.open(in: data)
            defer { damaged.close() }
            #expect(damaged.status.damageLines.count == 1)
            #expect(damaged.head.durable == SequenceNumber(5))
            await #expect(throws: CommandError.self) { try await damaged.createCustomer() }
        }
    }
}
