import CustomerService
import EventSourcing
import TestSupport
import Testing

struct EncryptedArchiveTests {
    private static let time = Timestamp.seconds(1_780_000_000)

    @Test func `files come out as they went in, with the passphrase alone`() throws {
        try Property.forAll(seeds: 20) { random in
            let files = (0..<(1 + random.below(6)))
                .map { index in
                    let count = random.pick([0, 1, random.below(100), random.below(200_000)])
                    return EncryptedArchive.File(name: "file \(index) é.txt", content: random.bytes(count))
                }
            let bytes = try EncryptedArchive.make(files, passphrase: "correct horse", at: Self.time)
            let read = ArchiveReading.files(bytes, passphrase: "correct horse")
            let expected = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.content) })
            try require(read == expected, "other files came out")
            try require(ArchiveReading.files(bytes, passphrase: "wrong horse") == nil, "any passphrase opens it")
            try require(ArchiveReading.files(bytes, passphrase: nil) == nil, "it opens without a passphrase")
        }
    }

    @Test func `what is in a file is nowhere in the archive`() throws {
        let text = "zqzaphodiabeeblebroxzq"
        let file = EncryptedArchive.File(name: "a", content: Array(text.utf8))
        let bytes = try EncryptedArchive.make([file], passphrase: "correct horse", at: Self.time)
        #expect(!String(decoding: bytes, as: Unicode.ASCII.self).contains(text))
    }
}
