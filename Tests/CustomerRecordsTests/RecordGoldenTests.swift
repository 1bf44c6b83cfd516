import CustomerDomain
import CustomerRecords
import EventSourcing
import Testing

/// Records of earlier days, which every later program reads as they were meant.
///
/// A golden file is made once and never again: where one of these tests fails, the program is wrong, not the file.
/// `Golden/README.md` says how a new type or version gets its own.
@Suite struct RecordGoldenTests {
    private let codec = RecordCodec()

    @Test(arguments: GoldenRecord.all(version: 1))
    func `a record of version 1 still says what it said`(golden: GoldenRecord) throws {
        let recorded = try codec.event(golden.body())
        #expect(try GoldenRecord.text(of: recorded) == golden.text())
        #expect(recorded.event.name == golden.typeName)
    }

    /// Only while version 1 is what is written.
    @Test(arguments: GoldenRecord.all(version: 1))
    func `the same event is written as the same bytes`(golden: GoldenRecord) throws {
        let body = try golden.body()
        #expect(GoldenRecord.hex(codec.body(try codec.event(body))) == GoldenRecord.hex(body))
    }

    @Test func `every type has a golden record of every version`() {
        for type in EventType.allCases {
            for version in 1...Int(type.schemaVersion) {
                let isThere = GoldenRecord.all(version: version).contains { $0.typeName == type.name }
                #expect(isThere, "\(type.name) has none of version \(version): see Golden/README.md")
            }
        }
    }
}
