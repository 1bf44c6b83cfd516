import TestSupport
import Testing

@testable import LogStorage

@Suite struct LinkedCompressionPropertyTests {
    @Test func `blocks come back as they were, in their order and from any restart on`() throws {
        try Property.forAll(seeds: 40) { generator in
            var options = LogOptions()
            options.blockByteLimit = 20_000
            options.linkRestartInterval = Int.random(in: 0...60_000, using: &generator)
            var maker = BlockMaker(options: options)
            var offset = SegmentHeader.byteCount
            var blocks: [(header: BlockHeader, bytes: [UInt8], bodies: [[UInt8]])] = []
            for _ in 0..<Int.random(in: 1...20, using: &generator) {
                let bodies = generator.bodies(count: 1...5)
                let (header, bytes) = maker.block(bodies, at: offset)
                let readBack = BlockHeader(bytes.span.bytes)
                let fits = header.fits(bytes.span.bytes)
                try #require(readBack == header && fits)
                blocks.append((header, bytes, bodies))
                offset += header.extent
            }
            for start in blocks.indices where blocks[start].header.restartsLink {
                var decoder = LinkedDecoder()
                for block in blocks[start...] {
                    let payload = BlockHeader.byteCount..<BlockHeader.byteCount + block.header.storedByteCount
                    let decodes = decoder.decode(block.header, block.bytes, payload)
                    try #require(decodes)
                    try #require(Self.records(Array(decoder.window[decoder.block])) == block.bodies)
                }
            }
        }
    }

    @Test func `arbitrary bytes never trap the decoder`() throws {
        try Property.forAll(seeds: 200) { generator in
            var decoder = LinkedDecoder()
            for _ in 0..<5 {
                var header = BlockHeader()
                header.codec = .lz4
                header.restartsLink = Bool.random(using: &generator)
                header.maskIndex = UInt16.random(in: 0...2, using: &generator)
                let bytes = generator.randomBytes(Int.random(in: 0...300, using: &generator))
                header.storedByteCount = bytes.count
                header.rawByteCount = Int.random(in: bytes.count...5000, using: &generator)
                _ = decoder.decode(header, bytes, 0..<bytes.count)
            }
        }
    }

    private static func records(_ raw: [UInt8]) -> [[UInt8]] {
        var bodies: [[UInt8]] = []
        var next = 0
        while next < raw.count, let length = Varint.read(raw.span.bytes, at: &next) {
            bodies.append(Array(raw[next..<next + length]))
            next += length
        }
        return bodies
    }
}
