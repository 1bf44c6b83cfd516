import EventSourcing
import Foundation
import TestSupport
import Testing

@testable import LogStorage

/// A vault of format version 1, kept for ever.
@Suite struct KeyVaultGoldenTests {
    typealias Fixture = VaultFixture

    static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden/vault-v1/keys.vault")

    /// The same as in the file, in the words of today's writer.
    static func vault() throws -> (bytes: [UInt8], contents: [Fixture.Content]) {
        let disk = try Fixture.disk()
        let vault = try Fixture.create(on: disk)
        try vault.mint(through: 8)
        try vault.destroy([3], by: SequenceNumber(1001))
        try vault.destroy([9], by: SequenceNumber(1002))
        return (try #require(disk.contents[Fixture.path]), Fixture.contents(vault))
    }

    @Test func `today's writer writes the committed bytes, and the committed vault says what was written`() throws {
        let (bytes, contents) = try Self.vault()
        // Only to add a new version: PATRON_WRITE_GOLDEN=1 writes what is not there yet.
        if ProcessInfo.processInfo.environment["PATRON_WRITE_GOLDEN"] != nil {
            try FileManager.default.createDirectory(
                at: Self.file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: Self.file, options: .withoutOverwriting)
        }
        let committed = try [UInt8](Data(contentsOf: Self.file))
        #expect(committed == bytes)
        let vault = try KeyVault.openReadOnly(
            Self.file.path(),
            logID: Fixture.logID,
            masterKeys: [Fixture.masterKey(1)]
        )
        #expect(Fixture.contents(vault) == contents)
        #expect(contents[3] == .destroyed(by: 1001) && contents[8] == .missing && contents.count == 10)
    }
}
