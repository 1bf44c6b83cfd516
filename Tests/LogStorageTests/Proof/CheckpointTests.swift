import EventSourcing
import Foundation
import TestSupport
import Testing

@testable import LogStorage

@Suite struct CheckpointTests {
    /// The example of golang.org/x/mod/sumdb/note, whose format signed notes have.
    @Test func `keys and signatures are those of signed notes`() throws {
        let key = try #require(CheckpointKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
        #expect(key.name == "PeterNeumann")
        #expect(key.description == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        let text =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
        let line = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
        let signature = try #require(Base64.decode(line))
        #expect(Array(signature.prefix(4)) == key.id)
        #expect(key.isValid(Array(signature.dropFirst(4)), for: Array(text.utf8)))
        #expect(!key.isValid(Array(signature.dropFirst(4)), for: Array(text.utf8) + [0x0a]))
        // The private key of the example: its seed gives the public key.
        let secret = try #require(Base64.decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"))
        #expect(CheckpointSigner(seed: Array(secret.dropFirst()))?.publicKey == key.publicKey)
    }

    @Test(arguments: [
        "", "a", "a+b", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a3+ARpc",
    ])
    func `what is no key is refused`(_ text: String) {
        #expect(CheckpointKey(text) == nil)
    }

    @Test func `a checkpoint is a note that can be read again`() throws {
        let checkpoint = try Samples.signer.sign(TreeHead(size: 17, root: .emptyRoot), origin: "patron/shop/1")
        let lines = checkpoint.note.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 6)
        #expect(lines[0] == "patron/shop/1" && lines[1] == "17" && lines[3] == "" && lines[5] == "")
        #expect(lines[2] == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        #expect(lines[4].hasPrefix("— patron/shop/1 "))
        #expect(Checkpoint(note: checkpoint.note) == checkpoint)
        #expect(checkpoint.isSigned(by: Samples.signer.key(for: "patron/shop/1")))
        #expect(!checkpoint.isSigned(by: Samples.signer.key(for: "patron/shop/2")))
        let other = try #require(CheckpointSigner(seed: [UInt8](repeating: 8, count: 32)))
        #expect(!checkpoint.isSigned(by: other.key(for: "patron/shop/1")))
    }

    @Test func `signatures of others are ignored, and a wrong one of the log spoils the note`() throws {
        let checkpoint = try Samples.signer.sign(TreeHead(size: 17, root: .emptyRoot), origin: "patron/shop/1")
        let key = Samples.signer.key(for: "patron/shop/1")
        let witness =
            "— witness.example/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ\n"
        #expect(Checkpoint(note: checkpoint.note + witness)?.isSigned(by: key) == true)
        let wrong = "— patron/shop/1 \(Base64.encode(key.id + [UInt8](repeating: 1, count: 64)))\n"
        #expect(Checkpoint(note: checkpoint.note + wrong)?.isSigned(by: key) == false)
        #expect(Checkpoint(note: checkpoint.note + "\n") == nil)
        #expect(Checkpoint(note: checkpoint.note + "x\n")?.isSigned(by: key) == false)
        for size in ["-1", "017", "1e3", ""] {
            #expect(Checkpoint(note: checkpoint.note.replacing("\n17\n", with: "\n\(size)\n")) == nil)
        }
    }

    @Test func `an origin names organization and log, and is fit for a key's name`() {
        let id = LogID(high: 0x0011_2233_4455_6677, low: 0x8899_aabb_ccdd_eeff)
        #expect(
            CheckpointSigner.origin(organization: "a+b é", logID: id)
                == "patron/a%2Bb%20%C3%A9/7766554433221100ffeeddccbbaa9988"
        )
    }

    @Test func `base 64 is that of others, and one text only is read`() throws {
        try Property.forAll(seeds: 300) { generator in
            let bytes = generator.bytes(generator.below(80))
            let text = Base64.encode(bytes)
            try requireEqual(text, Data(bytes).base64EncodedString(), "the text")
            try requireEqual(Base64.decode(text), bytes, "the bytes")
        }
        for text in ["A", "AA", "AA=", "AB==", "AAB=", "A===", "AA==AAAA", "AAAA\n", "AA-_", "A A="] {
            #expect(Base64.decode(text) == nil, "\(text)")
        }
    }

    @Test func `a checkpoint is due at the first growth, after a seal, after its time, and at the end`() {
        var schedule = CheckpointSchedule(lastSize: 5, interval: .seconds(60))
        func isDue(_ size: Int, _ seconds: Int64, isLast: Bool = false) -> Bool {
            schedule.isDue(size, now: .seconds(seconds), isLast: isLast)
        }
        #expect(!isDue(5, 0) && !isDue(5, 0, isLast: true) && isDue(6, 0))
        schedule.note(6, at: .seconds(100))
        #expect(!isDue(7, 159) && isDue(7, 160) && isDue(7, 99) && isDue(7, 101, isLast: true))
        schedule.isForced = true
        #expect(isDue(7, 101) && !isDue(6, 101))
        schedule.note(7, at: .seconds(101))
        #expect(!isDue(8, 102))
    }

    @Test func `the pause ends when a checkpoint is due`() {
        var schedule = CheckpointSchedule(lastSize: 5, interval: .seconds(60))
        #expect(schedule.pause(5, now: .seconds(0)) == .seconds(60))
        schedule.note(6, at: .seconds(100))
        #expect(schedule.pause(6, now: .seconds(159)) == .seconds(60))
        #expect(schedule.pause(7, now: .seconds(159)) == .seconds(1))
        #expect(schedule.pause(7, now: Timestamp(microseconds: 159_999_500)) == .milliseconds(1))
        #expect(schedule.pause(7, now: .seconds(200)) == .milliseconds(1))
        #expect(schedule.pause(7, now: .seconds(0)) == .seconds(60))
        #expect(CheckpointSchedule(lastSize: 0, interval: .zero).pause(0, now: .seconds(0)) == .milliseconds(1))
        let forEver = CheckpointSchedule(lastSize: 0, interval: .seconds(Int64.max))
        #expect(forEver.pause(0, now: .seconds(0)) > .seconds(3_000_000_000))
        #expect(LogOptions().checkpointInterval < .seconds(60))
    }

    @Test func `there are never more files than the limit, and the old ones are the sparser`() {
        var sizes: [Int] = []
        for size in 1...20_000 {
            sizes.append(size)
            let surplus = Set(CheckpointStore.surplus(sizes))
            sizes.removeAll { surplus.contains($0) }
            #expect(sizes.count <= CheckpointStore.countLimit)
        }
        #expect(sizes.first == 1)
        #expect(Array(sizes.suffix(512)) == Array(19_489...20_000))
    }
}

enum Samples {
    static let signer: CheckpointSigner = {
        guard let signer = CheckpointSigner(seed: [UInt8](repeating: 7, count: 32)) else { fatalError("no key") }
        return signer
    }()
}
