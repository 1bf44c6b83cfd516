import TestSupport
import Testing

@testable import LogStorage

@Suite struct TailRecoveryPropertyTests {
    /// A block somewhere, and zeroes behind it.
    private func tail(
        _ generator: inout SeededGenerator
    ) -> (tail: [UInt8], offset: Int, expected: BlockExpectation, extent: Int) {
        let offset = SegmentHeader.byteCount + 8 * Int.random(in: 0..<200, using: &generator)
        var maker = BlockMaker()
        let expected = maker.expected
        let bytes = maker.block(generator.bodies(count: 0...4), at: offset).bytes
        let room = Int.random(in: 64...2000, using: &generator)
        return (bytes + [UInt8](repeating: 0, count: room), offset, expected, bytes.count)
    }

    @Test func `a write that lost any of its sectors is torn`() throws {
        try Property.forAll(seeds: 500) { generator in
            var (tail, offset, expected, extent) = tail(&generator)
            let pieces = Array(SectorPieces(count: extent, at: offset))
            var lost = Set(pieces.indices.filter { _ in Bool.random(using: &generator) })
            lost.insert(Int.random(in: pieces.indices, using: &generator))
            for index in lost {
                for byte in pieces[index] { tail[byte] = 0 }
            }
            let verdict = TailRecovery.classify(tail, at: offset, expecting: expected)
            let usedEnd = (tail.lastIndex { $0 != 0 } ?? -1) + 1
            try #require(verdict == (lost.count == pieces.count ? .clean : .torn(byteCount: usedEnd)))
        }
    }

    @Test func `one changed byte never makes a torn tail of a whole block or of zeroes`() throws {
        try Property.forAll(seeds: 500) { generator in
            var (tail, offset, expected, extent) = tail(&generator)
            if Bool.random(using: &generator) {
                for index in 0..<extent { tail[index] = 0 }
            }
            let place = Int.random(in: tail.indices, using: &generator)
            tail[place] ^= UInt8.random(in: 1...255, using: &generator)
            switch TailRecovery.classify(tail, at: offset, expecting: expected) {
            case .damaged: break
            case let verdict: throw Unexpected(verdict: verdict, place: place)
            }
        }
    }

    @Test func `every flipped bit of one block is damage`() throws {
        var maker = BlockMaker()
        let expected = maker.expected
        let offset = SegmentHeader.byteCount + 480
        let bytes = maker.block([Array("a record".utf8), [UInt8](repeating: 0, count: 1200)], at: offset).bytes
        for bit in 0..<bytes.count * 8 {
            var tail = bytes + [UInt8](repeating: 0, count: 100)
            tail[bit / 8] ^= 1 << UInt8(bit % 8)
            guard case .damaged = TailRecovery.classify(tail, at: offset, expecting: expected) else {
                Issue.record("bit \(bit)")
                return
            }
        }
    }

    private struct Unexpected: Error {
        var verdict: TailVerdict
        var place: Int
    }
}

@Suite struct TailRecoveryTests {
    private let offset = SegmentHeader.byteCount

    @Test func `zeroes are a clean end`() {
        let expected = BlockMaker().expected
        #expect(TailRecovery.classify([UInt8](repeating: 0, count: 900), at: offset, expecting: expected) == .clean)
        #expect(TailRecovery.classify([], at: offset, expecting: expected) == .clean)
    }

    @Test func `a valid block behind a lost one is damage`() {
        var maker = BlockMaker()
        let expected = maker.expected
        let first = maker.block([[1, 2, 3]], at: offset).bytes
        let second = maker.block([[4]], at: offset + first.count).bytes
        let tail = [UInt8](repeating: 0, count: first.count) + second
        #expect(TailRecovery.classify(tail, at: offset, expecting: expected) == .damaged(.rotten))
    }

    @Test func `a torn block that does not follow is damage`() {
        var maker = BlockMaker(sequence: 9)
        let bytes = maker.block([[UInt8](0...255), [UInt8](repeating: 1, count: 2000)], at: offset).bytes
        let tail = bytes.dropLast(8) + [UInt8](repeating: 0, count: 100)
        let expected = BlockExpectation(sequence: 8, previousChecksum: 7, recordedAt: .min)
        #expect(TailRecovery.classify(Array(tail), at: offset, expecting: expected) == .damaged(.brokenChain))
    }

    @Test func `a file that ends inside a block is damage`() {
        var maker = BlockMaker()
        let expected = maker.expected
        let bytes = maker.block([SeededBytes.make(3000)], at: offset).bytes
        #expect(TailRecovery.classify(Array(bytes.prefix(1000)), at: offset, expecting: expected) == .damaged(.missing))
    }
}

enum SeededBytes {
    static func make(_ count: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: 1)
        return generator.randomBytes(count)
    }
}
