import Crypto
import TestSupport
import Testing

@testable import LogStorage

/// The hashes of the tree against those of another library.
@Suite struct MerkleHashTests {
    private func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    @Test(arguments: Array(0...300) + [1000, 4095, 4096, 65_537, 1_000_003])
    func `a leaf is SHA-256 of a zero and the data, whatever its length and its place`(_ count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let room = (0..<count + 7).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        for start in [0, 1, 7] {
            let data = Array(room[start..<start + count])
            let leaf = MerkleHash.leaf(room.span.bytes.extracting(start..<start + count))
            #expect(leaf.bytes == sha256([0] + data))
        }
    }

    @Test func `a node is SHA-256 of a one and both halves`() throws {
        try Property.forAll(seeds: 300) { generator in
            let bytes = (0..<64).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            let left = try #require(MerkleHash(bytes.prefix(32)))
            let right = try #require(MerkleHash(bytes.suffix(32)))
            try requireEqual(MerkleHash.node(left, right).bytes, sha256([1] + bytes), "node")
        }
    }
}
