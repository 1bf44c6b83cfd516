import Foundation
import TestSupport
import Testing

@testable import LogStorage

@Suite struct MasterKeyTests {
    @Test func `no text of a key says more than its id`() {
        let key = VaultFixture.masterKey(7)
        var dumped = ""
        dump(key, to: &dumped)
        for text in [
            "\(key)", String(reflecting: key), dumped, "\([key])", "\(Array(Mirror(reflecting: key).children))",
        ] {
            #expect(text.contains(key.id.description))
            #expect(!text.contains(key.secretText) && !text.contains("7, 7") && !text.contains("0707"))
        }
        #expect(key.id.description.utf8.count == 32)
        #expect(VaultFixture.masterKey(8).id != key.id)
        #expect(MasterKey.random().id != MasterKey.random().id)
    }

    @Test func `a key is 32 bytes in base 64`() {
        let key = VaultFixture.masterKey(7)
        #expect(MasterKey(base64: key.secretText)?.id == key.id)
        #expect(MasterKey([UInt8](repeating: 1, count: 31)) == nil && MasterKey([]) == nil)
        #expect(MasterKey(base64: "") == nil && MasterKey(base64: "secret") == nil)
        let other = MasterKey.random()
        let text = "\n \(key.secretText)\r\n\n\(other.secretText)"
        #expect(MasterKeyFile.keys(in: text)?.map(\.id) == [key.id, other.id])
        #expect(MasterKeyFile.keys(in: text + "\nx") == nil && MasterKeyFile.keys(in: "\n") == nil)
    }

    @Test func `the file of a data directory is made once, for nobody else to read`() throws {
        try withTemporaryDirectory { data in
            let directory = try DataDirectory.open(data, program: "test")
            let keys = try directory.masterKeys()
            #expect(keys.count == 1)
            #expect(try directory.masterKeys().map(\.id) == keys.map(\.id))
            let path = MasterKeyFile.path(in: data)
            #expect(path.hasSuffix("/keys/master.key"))
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            for read in [{ _ = try directory.masterKeys() }, { _ = try MasterKeyFile.read(path) }] {
                let error = #expect(throws: LogStorageError.self) { try read() }
                #expect(error?.code == .invalidArgument && error?.message.contains("chmod 600 \(path)") == true)
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            try Data("no key".utf8).write(to: URL(filePath: path))
            #expect(VaultFixture.code { _ = try directory.masterKeys() } == .damaged)
        }
    }

    @Test func `no new key is made where a vault needs the old one`() throws {
        let disk = try VaultFixture.disk()
        func keys() throws -> [MasterKey] {
            try DataDirectory.masterKeys(in: "/data", fileSystem: disk) { VaultFixture.masterKey(1) }
        }
        #expect(try keys().map(\.id) == [VaultFixture.masterKey(1).id])
        _ = try VaultFixture.create(on: disk)
        try disk.remove("/data/keys/master.key")
        let error = #expect(throws: LogStorageError.self) { try keys() }
        #expect(error?.code == .wrongKey && error?.message.contains("golden") == true)
    }

    @Test func `a key that was replaced is overwritten`() throws {
        let disk = try VaultFixture.disk()
        try MasterKeyFile.write([VaultFixture.masterKey(1)], in: "/data", fileSystem: disk)
        let old = try disk.open("/data/keys/master.key", .read)
        let byteCount = try old.size()
        try MasterKeyFile.write([VaultFixture.masterKey(2)], in: "/data", fileSystem: disk)
        #expect(try old.read(1024, at: 0) == [UInt8](repeating: 0, count: byteCount))
        let found = try MasterKeyFile.read("/data/keys/master.key", disk)
        #expect(found?.map(\.id) == [VaultFixture.masterKey(2).id])
    }

    @Test func `a key file is there whole or not at all, and once it was given out it stays`() throws {
        let keys = [VaultFixture.masterKey(2), VaultFixture.masterKey(1)]
        for change in 1...40 {
            let disk = try VaultFixture.disk()
            try MasterKeyFile.write([keys[1]], in: "/data", fileSystem: disk)
            disk.plan { [made = disk.counts.changes] in $0.crashAtChange = made + change }
            let isDone = (try? MasterKeyFile.write(keys, in: "/data", fileSystem: disk)) != nil
            for seed in 0..<8 as Range<UInt64> {
                let found = try MasterKeyFile.read("/data/keys/master.key", disk.crashImage(seed: seed))?.map(\.id)
                let isNew = found == keys.map(\.id)
                try require(
                    isNew || (!isDone && found == [keys[1].id]),
                    "change \(change): \(String(describing: found))"
                )
            }
        }
    }
}
