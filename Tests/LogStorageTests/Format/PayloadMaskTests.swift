import TestSupport
import Testing

@testable import LogStorage

@Suite struct PayloadMaskTests {
    /// A block with a stored payload, which the compressor would never leave so.
    private func block(_ payload: [UInt8], at offset: Int) -> (header: BlockHeader, bytes: [UInt8]) {
        var header = BlockHeader()
        header.offset = offset
        header.rawByteCount = payload.count
        header.storedByteCount = payload.count
        var bytes = [UInt8](repeating: 0, count: BlockHeader.byteCount) + payload
        bytes += [UInt8](repeating: 0, count: header.extent - bytes.count)
        BlockBuilder.finish(&header, in: &bytes)
        return (header, bytes)
    }

    /// The repeated mask as a payload that it would turn into zeroes.
    private func antidote(_ index: UInt16, count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        PayloadMask.apply(index, to: &bytes, 0..<count)
        return bytes
    }

    @Test(arguments: [0, 1, 511, 1023, 5000])
    func `zeroes are masked, and come back`(_ count: Int) {
        let payload = [UInt8](repeating: 0, count: count)
        let (header, bytes) = block(payload, at: 4096)
        #expect((header.maskIndex == 0) == (count < 1000))
        #expect(PayloadMask.hasNoLostPiece(bytes, 0..<bytes.count, at: 4096))
        var decoder = LinkedDecoder()
        let range = BlockHeader.byteCount..<BlockHeader.byteCount + count
        let decodes = decoder.decode(header, bytes, range)
        #expect(decodes)
        #expect(Array(decoder.window[decoder.block]) == payload)
    }

    @Test func `a payload that undoes the first masks gets another`() {
        // Sectors of zeroes, and sectors that the masks 1 and 2 would make zeroes.
        let payload = [UInt8](repeating: 0, count: 1024) + antidote(1, count: 1024) + antidote(2, count: 1024)
        let (header, bytes) = block(payload, at: 4096)
        #expect(header.maskIndex == 3)
        #expect(PayloadMask.hasNoLostPiece(bytes, 0..<bytes.count, at: 4096))
    }
}
