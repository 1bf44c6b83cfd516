import Crypto
import Foundation
import TestSupport
import Testing

@testable import LogStorage

/// What a data key seals is AES-256-GCM as another library knows it.
@Suite struct DataKeyTests {
    @Test func `what is sealed opens elsewhere, and the other way round`() throws {
        try Property.forAll(seeds: 300) { generator in
            let bytes = generator.bytes(32)
            let (key, other) = (DataKey(bytes), SymmetricKey(data: bytes))
            let plain = generator.bytes(generator.below(400))
            let clear = generator.bytes(generator.below(90))
            var sealed: [UInt8] = [1, 2]
            key.seal(plain.span.bytes, authenticating: clear, into: &sealed)
            sealed.removeFirst(2)
            try requireEqual(sealed.count, plain.count + DataKey.overhead, "size")
            let box = try AES.GCM.SealedBox(combined: sealed)
            try requireEqual(
                Array(try AES.GCM.open(box, using: other, authenticating: clear)),
                plain,
                "opened elsewhere"
            )
            let theirs = try AES.GCM.seal(plain, using: other, authenticating: clear).combined
            var opened: [UInt8] = [9]
            let isRight = key.open(Array(theirs ?? Data()).span.bytes, authenticating: clear, into: &opened)
            try requireEqual(isRight ? opened : nil, [9] + plain, "opened here")
        }
    }

    @Test func `changed in any bit, nothing opens, and nothing is appended`() throws {
        var generator = SeededGenerator(seed: 4)
        let key = DataKey(generator.bytes(32))
        let clear = generator.bytes(20)
        var sealed: [UInt8] = []
        key.seal(generator.bytes(30).span.bytes, authenticating: clear, into: &sealed)
        var opened: [UInt8] = []
        for bit in 0..<(sealed.count * 8) {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.open(changed.span.bytes, authenticating: clear, into: &opened) && opened.isEmpty)
        }
        for count in 0..<sealed.count {
            #expect(!key.open(Array(sealed[..<count]).span.bytes, authenticating: clear, into: &opened))
        }
        #expect(!key.open(sealed.span.bytes, authenticating: clear + [0], into: &opened))
        #expect(!DataKey(generator.bytes(32)).open(sealed.span.bytes, authenticating: clear, into: &opened))
        #expect(opened.isEmpty)
        #expect(key.open(sealed.span.bytes, authenticating: clear, into: &opened) && opened.count == 30)
    }

    @Test func `no nonce comes twice`() {
        var nonces: Set<[UInt8]> = []
        for _ in 0..<10_000 {
            var nonce: [UInt8] = []
            Nonces.append(to: &nonce)
            #expect(nonce.count == 12)
            #expect(nonces.insert(nonce).inserted)
        }
    }
}
