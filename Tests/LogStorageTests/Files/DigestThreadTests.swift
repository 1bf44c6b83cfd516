import TestSupport
import Testing

@testable import LogStorage

@Suite struct DigestThreadTests {
    @Test(arguments: [true, false])
    func `with a thread or without, the digest is that of the bytes so far`(_ isWorthwhile: Bool) throws {
        try Property.forAll(seeds: 40) { generator in
            let digest = DigestThread(isWorthwhile: isWorthwhile)
            defer { digest.close() }
            var all: [UInt8] = []
            var piece: [UInt8] = []
            for _ in 0..<generator.number(in: 0...20) {
                // The array that was given is used again at once, as a reader does.
                piece.removeAll(keepingCapacity: true)
                piece += generator.bytes(generator.below(5000))
                let start = generator.below(piece.count + 1)
                digest.update(piece, start..<piece.count)
                all += piece[start...]
                if generator.chance(1, in: 5) { try requireEqual(digest.digest(), all.sha256, "the digest on the way") }
            }
            try requireEqual(digest.digest(), all.sha256, "the digest")
        }
    }
}
