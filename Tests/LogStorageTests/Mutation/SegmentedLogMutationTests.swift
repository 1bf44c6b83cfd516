import TestSupport
import Testing

@testable import LogStorage

/// Every byte of a small log changes: it is noticed and named, nothing is cut, and no wrong record is given.
@Suite struct SegmentedLogMutationTests {
    private static let sliceCount = 4

    @Test func `the log is whole before anything changes`() throws {
        let small = try SmallLog()
        #expect(try LogVerifier.verify(directory: SmallLog.directory, fileSystem: small.disk).findings.isEmpty)
        let log = try SegmentedLog.open(directory: SmallLog.directory, options: small.options, fileSystem: small.disk)
        #expect(log.recovery.isClean)
        #expect(try log.records().map(\.body) == small.bodies)
        #expect(log.core.withState { $0.segments.map(\.header.isPacked) } == [true, false, false])
        #expect(Set(small.places.map(\.region)) == Set(SmallLog.Region.allCases))
    }

    @Test(arguments: 0..<sliceCount)
    func `one changed bit in any byte is noticed and named`(_ slice: Int) throws {
        let small = try SmallLog()
        for index in stride(from: slice, to: small.places.count, by: Self.sliceCount) {
            try small.checkFlip(at: small.places[index], mask: 1 << UInt8(index / Self.sliceCount % 8))
        }
    }

    @Test func `any changed byte is noticed and named`() async throws {
        try await Property.forAllConcurrently(seeds: 1000) { generator in
            let small = try Self.shared.get()
            // A copy: the disks of several threads must not share a change.
            let own = small.copy()
            for _ in 0..<4 {
                try own.checkFlip(at: generator.pick(own.places), mask: UInt8(generator.number(in: 1...255)))
            }
        }
    }

    private static let shared = Result { try SmallLog() }

    @Test func `what stands in the unused spare does not matter`() throws {
        let small = try SmallLog()
        let spare = Paths.join(SmallLog.directory, "log/" + SegmentName.spare)
        if small.disk.contents[spare] == nil { _ = try small.disk.open(spare, .create) }
        small.disk.tamper(spare) { $0 = [1, 2, 3] }
        let log = try SegmentedLog.open(directory: SmallLog.directory, options: small.options, fileSystem: small.disk)
        #expect(log.recovery.isClean)
        #expect(try log.records().map(\.body) == small.bodies)
    }
}
