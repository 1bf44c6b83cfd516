import CustomerDomain
import EventSourcing
import Testing

struct SegmentTests {
    private static let id = SegmentID.number(70)
    private static let terms = SegmentTerms(name: "New", query: "number_of_orders < 3", tracksMembership: true)

    private static var shop: OrganizationModel {
        var model = OrganizationModel()
        let created = CustomerCreated(id: Sample.ana, accountType: .guest, profile: Profile(firstName: "Ana"))
        model.run(.createCustomer(CreateCustomer(created)))
        model.run(.defineSegment(SegmentDefined(id: id, key: "new", terms: terms)))
        return model
    }

    @Test func `name and key are unique until a segment is removed`() throws {
        var model = Self.shop
        var other = SegmentDefined(id: .number(71), key: "new", terms: Self.terms)
        #expect(throws: Rejection.segmentKeyTaken("new")) { try decide(.defineSegment(other), facts: model) }
        other.key = nil
        other.terms.name = "NEW"
        #expect(throws: Rejection.segmentNameTaken("NEW")) { try decide(.defineSegment(other), facts: model) }
        model.run(.removeSegment(Self.id))
        other.key = "new"
        model.run(.defineSegment(other))
        #expect(model.segment(named: "new") == SegmentOrdinal(1))
        #expect(throws: Rejection.segmentNotFound(Self.id)) { try decide(.removeSegment(Self.id), facts: model) }
    }

    @Test func `a definition that cannot be taken names its field`() {
        func field(_ change: (inout SegmentDefined) -> Void) -> String? {
            var segment = SegmentDefined(id: .number(72), terms: SegmentTerms(name: "Other", query: "source = 'web'"))
            change(&segment)
            do throws(Rejection) {
                _ = try decide(.defineSegment(segment), facts: Self.shop)
                return nil
            } catch {
                return error.field
            }
        }
        #expect(field { _ in } == nil)
        #expect(field { $0.id = Self.id } == "id")
        #expect(field { $0.terms.name = " " } == "name")
        #expect(field { $0.terms.query = "sauce = 'web'" } == "query")
        #expect(field { $0.key = "High Value" } == "key")
        #expect(field { $0.key = "" } == "key")
        #expect(field { $0.terms.description = "\u{1}" } == "description")
    }

    @Test func `a change keeps what it does not name`() {
        var model = Self.shop
        #expect(model.run(.changeSegment(ChangeSegment(id: Self.id, name: "New"))).isEmpty)
        let events = model.run(.changeSegment(ChangeSegment(id: Self.id, description: .set("Fresh"))))
        var expected = Self.terms
        expected.description = "Fresh"
        #expect(events == [.segmentChanged(SegmentOrdinal(0), expected)])
    }

    @Test func `who entered or left is recorded once, while the segment tracks it`() {
        var model = Self.shop
        let entered = RecordSegmentMoves(id: Self.id, entered: [Sample.ana, Sample.ana, .number(99)])
        #expect(model.run(.recordSegmentMoves(entered)) == [.segmentEntered(SegmentOrdinal(0))])
        #expect(model.run(.recordSegmentMoves(entered)).isEmpty)
        let left = RecordSegmentMoves(id: Self.id, left: [Sample.ana])
        #expect(model.run(.recordSegmentMoves(left)) == [.segmentLeft(SegmentOrdinal(0))])
        model.run(.recordSegmentMoves(entered))
        model.run(.changeSegment(ChangeSegment(id: Self.id, tracksMembership: false)))
        #expect(!model.isRecorded(CustomerOrdinal(0), in: SegmentOrdinal(0)))
        #expect(model.run(.recordSegmentMoves(entered)).isEmpty)
        model.run(.changeSegment(ChangeSegment(id: Self.id, tracksMembership: true)))
        model.run(.eraseCustomer(Sample.ana, reason: nil))
        #expect(model.run(.recordSegmentMoves(entered)).isEmpty)
    }

    @Test func `more moves than a command may record are refused`() {
        let ids = (0...Limits.segmentMovesPerCommand).map { CustomerID.number(UInt64($0)) }
        #expect(throws: Rejection.self) {
            try decide(.recordSegmentMoves(RecordSegmentMoves(id: Self.id, entered: ids)), facts: Self.shop)
        }
    }
}
