@testable import CustomerHTTP
@testable import CustomerService
import EventSourcing
import Foundation
@testable import LogStorage
import TestSupport
import Testing

/// What the check in the background finds, as operators and load balancers see it.
@Suite struct DamageAPITests {
    /// Makes a log with a sealed segment, and lets its footer lie in a way that opening cannot see.
    private func makeLog(in data: DataDirectory) async throws {
        let organization = try Organization.open(in: data)
        _ = try await organization.createFirstAdminKey(secret: Secret(Shop.adminSecret))
        try await organization.storage?.seal()
        let path = data.path + "/organizations/default/log/00000000000000000001.seg"
        var bytes: [UInt8] = []
        while bytes.count < 32 || bytes.number(at: bytes.count - 8, as: UInt64.self) != Format.trailerMagic {
            try await Task.sleep(for: .milliseconds(1))
            bytes = Array(try Data(contentsOf: URL(filePath: path)))
        }
        organization.close()
        let trailer = bytes.count - SegmentFooter.trailerByteCount
        let footer = Int(bytes.number(at: trailer, as: UInt64.self))
        bytes[footer + 56] ^= 1
        bytes.store(bytes.crc32c(footer..<trailer), at: trailer + 12)
        bytes.store(bytes.crc32c(trailer..<trailer + 20), at: trailer + 20)
        try Data(bytes).write(to: URL(filePath: path))
    }

    @Test func `damage found in the background is an alarm, and commands are still taken`() async throws {
        try await withTemporaryDirectory { root in
            let data = try DataDirectory.open(root, program: "test")
            defer { data.close() }
            try await makeLog(in: data)
            let told = ManyTold()
            var options = LogOptions()
            options.packsSealedSegments = false
            options.reportFinding = { told.add("\($0)") }
            let organization = try Organization.open(in: data, options: options)
            defer { organization.close() }
            #expect(organization.status.damageLines == [])
            while organization.status.verifiedByteCount < organization.status.verificationByteCount || told.all.isEmpty
            {
                try await Task.sleep(for: .milliseconds(1))
            }
            #expect(told.all == organization.status.alarmLines)
            #expect(told.all.first?.contains("00000000000000000001.seg") == true)
            try await Shop(organization: organization)
                .serve { (client) async throws in
                    let ready = try await client.get("/readyz")
                    #expect(ready.status == 503)
                    #expect(ready.json["status"] == "damaged")
                    _ = try await client.newCustomer()
                    let lines = try await client.get("/metrics").text.split(separator: "\n")
                    #expect(lines.contains("patron_log_verification_findings 1"))
                    let byteCount = organization.status.verificationByteCount
                    #expect(byteCount > 4_096)
                    #expect(lines.contains("patron_log_verification_bytes \(byteCount)"))
                    #expect(lines.contains("patron_log_verified_bytes \(byteCount)"))
                }
        }
    }
}
