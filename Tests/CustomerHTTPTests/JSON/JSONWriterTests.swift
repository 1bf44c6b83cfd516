@testable import CustomerHTTP
import CustomerDomain
import EventSourcing
import Testing

struct JSONWriterTests {
    private func written(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(arguments: [0, 1, .max, 0x0123_4567_89AB_CDEF, 1 << 63] as [UInt64])
    func `identifiers are written as they describe themselves`(_ bits: UInt64) {
        for id in [CustomerID(high: bits, low: ~bits), CustomerID(high: ~bits, low: bits)] {
            #expect(written { $0.value(id) } == "\"\(id)\"")
        }
    }

    @Test(arguments: [0, -1, 1, 1_710_057_600_000_000, -62_135_596_800_000_000, 253_402_300_799_999_999] as [Int64])
    func `instants read back`(_ microseconds: Int64) throws {
        let time = Timestamp(microseconds: microseconds)
        let text = written { $0.value(time) }
        #expect(Timestamp(rfc3339: String(text.dropFirst().dropLast())) == time)
    }

    @Test func `whole seconds have no fraction`() {
        #expect(written { $0.value(Timestamp.seconds(1_710_057_600)) } == "\"2024-03-10T08:00:00Z\"")
    }

    @Test(arguments: [Int64.min, -1, 0, 9, 10, .max])
    func `numbers are written in full`(_ number: Int64) {
        #expect(written { $0.value(number) } == String(number))
    }
}
