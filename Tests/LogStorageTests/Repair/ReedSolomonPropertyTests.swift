import TestSupport
import Testing

@testable import LogStorage

@Suite struct ReedSolomonPropertyTests {
    /// Multiplication in GF(2⁸) as a schoolbook has it, modulo x⁸ + x⁴ + x³ + x² + 1.
    private func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var (a, b, result) = (UInt16(left), right, UInt16(0))
        while b > 0 {
            if b & 1 != 0 { result ^= a }
            a <<= 1
            if a & 0x100 != 0 { a ^= 0x11d }
            b >>= 1
        }
        return UInt8(result)
    }

    private func inverse(_ value: UInt8) -> UInt8 { (1...255).first { product(value, $0) == 1 } ?? 0 }

    @Test func `parity is the sum that the format documents`() {
        var generator = SeededGenerator(seed: 1)
        let cellByteCount = 40
        var cells = generator.bytes(ReedSolomon.count * cellByteCount)
        let data = cells
        ReedSolomon().encode(&cells, cellByteCount: cellByteCount)
        #expect(
            cells.prefix(ReedSolomon.dataCount * cellByteCount) == data.prefix(ReedSolomon.dataCount * cellByteCount)
        )
        for shard in ReedSolomon.dataCount..<ReedSolomon.count {
            for place in 0..<cellByteCount {
                let sum = (0..<ReedSolomon.dataCount)
                    .reduce(UInt8(0)) {
                        $0 ^ product(inverse(UInt8(shard ^ $1)), data[$1 * cellByteCount + place])
                    }
                #expect(cells[shard * cellByteCount + place] == sum)
            }
        }
    }

    @Test func `any four lost cells come back, and five are refused`() throws {
        let code = ReedSolomon()
        try Property.forAll(seeds: 300) { generator in
            let cellByteCount = generator.number(in: 1...200)
            var whole = generator.bytes(ReedSolomon.count * cellByteCount)
            code.encode(&whole, cellByteCount: cellByteCount)
            var lost: Set<Int> = []
            for _ in 0..<generator.number(in: 1...6) { lost.insert(generator.below(ReedSolomon.count)) }
            var damaged = whole
            for shard in lost {
                for place in 0..<cellByteCount { damaged[shard * cellByteCount + place] = generator.bytes(1)[0] }
            }
            let before = damaged
            let isRebuilt = code.rebuild(&damaged, cellByteCount: cellByteCount, lost: lost)
            try #require(isRebuilt == (lost.count <= ReedSolomon.parityCount))
            try #require(damaged == (isRebuilt ? whole : before))
        }
    }
}
