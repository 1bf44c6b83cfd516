import Testing

@testable import LogStorage

@Suite struct RecordLeafTests {
    private let kept = [UInt8](1...32)

    private func huskHash(_ body: [UInt8]) -> [UInt8]? { RecordLeaf.huskHash(body.span.bytes)?.bytes }

    @Test func `a husk has the leaf of the record that it stands for`() {
        let husk: [UInt8] =
            [0x08, 1, 0x10, 0x80, 0x80, 1, 0x2a, 2, 7, 7, 0x49, 0, 0, 0, 0, 0, 0, 0, 0, 0x72, 32] + kept
        #expect(huskHash(husk) == kept)
        #expect(huskHash(husk + [0x7d, 1, 2, 3, 4]) == kept)
        #expect(RecordLeaf.hash(husk.span.bytes).bytes == kept)
    }

    @Test(
        arguments: [
            [], [0x08], [0x08, 1], [0x08, 0, 0x72, 32], [0x10, 1, 0x72, 32], [0x08, 0x81, 0, 0x72, 32],
            [0x08, 1, 0x72, 31], [0x08, 1, 0x72, 33], [0x08, 1, 0x6a, 32], [0x08, 1, 0x0b, 0x72, 32],
            [0x08, 1, 0x2a, 0xff, 0x72, 32], [0x08, 1, 0x11, 0x72, 32],
        ] as [[UInt8]]
    )
    func `what is no whole husk is hashed like any record`(_ start: [UInt8]) {
        let body = start + kept
        #expect(huskHash(body) == nil)
        #expect(RecordLeaf.hash(body.span.bytes) == .leaf(body.span.bytes))
    }
}
