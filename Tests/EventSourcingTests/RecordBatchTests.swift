import EventSourcing
import TestSupport
import Testing

struct RecordBatchTests {
    @Test func `bodies come back as they were added`() {
        let bodies: [[UInt8]] = [[1, 2, 3], [], [4], [], [5, 6]]
        let batch = RecordBatch(bodies)
        #expect(batch.count == 5)
        #expect((0..<batch.count).map { Array(batch.body(at: $0)) } == bodies)
    }

    @Test func `a body that fails half-way leaves the batch as it was`() {
        struct Stop: Error {}
        var batch = RecordBatch([[1], [2, 2]])
        #expect(throws: Stop.self) {
            try batch.appendRecord { bytes in
                bytes += [9, 9, 9]
                throw Stop()
            }
        }
        #expect(batch.count == 2)
        #expect(batch.bytes == [1, 2, 2])
        batch.appendRecord { $0 += [3] }
        #expect(Array(batch.body(at: 2)) == [3])
    }
}
