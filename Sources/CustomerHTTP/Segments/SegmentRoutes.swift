import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// Segments: questions about customers that are kept, and who is in them.
enum SegmentRoutes {
    static var routes: [Route] {
        [list, create, templates, preview, get, patch, remove, members, explain, ofCustomer]
    }

    private static let id = Parameter.path("segmentId", .line(Limits.name), "The segment: its id, key or name.")
    private static let segmentAnswer = Answer(status: 200, description: "The segment.", schema: SegmentAnswer.segment)

    static let list = Route(
        method: .get,
        path: "/api/v1/segments",
        operation: "listSegments",
        summary: "All segments, the oldest first, with who is in them now",
        chapter: "Segments",
        access: .needs(.readCustomers),
        parameters: Paging.parameters,
        answers: [.page(SegmentAnswer.page)],
        handler: { call in
            let request = try Paging.request(call.query)
            let page = try await call.read { state, _ in try state.segments(page: request) }
            var counted: [CountedSegment] = []
            // One by one, so that nobody waits for the queries of all.
            for view in page.elements { counted.append(try await count(call, view)) }
            return .page(call, request, page.with(counted)) { $0.value($1) }
        }
    )

    static let create = Route(
        method: .post,
        path: "/api/v1/segments",
        operation: "createSegment",
        summary: "Defines a segment, of its own or from a template",
        chapter: "Segments",
        access: .needs(.manageSegments),
        body: .json(SegmentBody.create),
        answers: [.created("The new segment.", SegmentAnswer.segment)],
        problems: [.segmentNameTaken, .segmentKeyTaken, .limitReached],
        handler: { call in
            let definition = try SegmentBody.definition(call.body, id: call.organization.identifiers.next())
            let result = try await call.execute(.defineSegment(definition))
            let id = try result.made("The new segment") {
                if case .segmentDefined(let new) = $0 { new.id } else { nil }
            }
            let segment = try await counted(call, id.description)
            return .json(.created, headers: [.location: "/api/v1/segments/\(id)"]) { $0.value(segment) }
        }
    )

    static let templates = Route(
        method: .get,
        path: "/api/v1/segments/templates",
        operation: "listSegmentTemplates",
        summary: "Segments that many shops want, to be defined with template",
        chapter: "Segments",
        access: .needs(.readCustomers),
        answers: [Answer(status: 200, description: "All templates.", schema: SegmentAnswer.templates)],
        handler: { _ in
            .json { $0.data(SegmentTemplate.all) { $0.value($1) } }
        }
    )

    static let preview = Route(
        method: .post,
        path: "/api/v1/segments/preview",
        operation: "previewSegment",
        summary: "How many customers a query finds, and the first of them; nothing is kept",
        chapter: "Segments",
        access: .needs(.readCustomers),
        body: .json(SegmentBody.preview),
        answers: [Answer(status: 200, description: "What it finds.", schema: SegmentAnswer.preview)],
        handler: { call in
            var query = CustomerQuery()
            query.condition = try SegmentBody.query(call.body)
            query.page = .offset(limit: Int(call.body.whole("limit") ?? Int64(Paging.standard)))
            if let sort = call.body.text("sort") { query.sort = try CustomerFilter.sortKeys(sort) }
            let page = try await call.read { [query] state, time in try state.list(query, at: time) }
            return .json(capacity: 256 + page.elements.count * 800) { writer in
                writer.beginObject()
                writer.field("count", page.count)
                writer.array("data", page.elements) { $0.value($1) }
                writer.endObject()
            }
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/segments/{segmentId}",
        operation: "getSegment",
        summary: "A segment, with who is in it now",
        chapter: "Segments",
        access: .needs(.readCustomers),
        parameters: [id],
        answers: [segmentAnswer],
        problems: [.segmentNotFound],
        handler: { call in
            let segment = try await counted(call, try call.text("segmentId"))
            return .json { $0.value(segment) }
        }
    )

    static let patch = Route(
        method: .patch,
        path: "/api/v1/segments/{segmentId}",
        operation: "updateSegment",
        summary: "Changes a segment by a JSON merge patch (RFC 7396)",
        chapter: "Segments",
        access: .needs(.manageSegments),
        parameters: [id],
        body: .mergePatch(SegmentBody.patch),
        answers: [segmentAnswer],
        problems: [.segmentNotFound, .segmentNameTaken, .ruleCircle],
        handler: { call in
            let id = try await segmentID(call)
            try await call.execute(.changeSegment(try SegmentBody.change(call.body, of: id)))
            let segment = try await counted(call, id.description)
            return .json { $0.value(segment) }
        }
    )

    static let remove = Route(
        method: .delete,
        path: "/api/v1/segments/{segmentId}",
        operation: "deleteSegment",
        summary: "Removes a segment; its name and key are free again",
        chapter: "Segments",
        access: .needs(.manageSegments),
        parameters: [id],
        answers: [Answer(status: 204, description: "It is no more.")],
        problems: [.segmentNotFound, .segmentInUse],
        handler: { call in
            try await call.execute(.removeSegment(try await segmentID(call)))
            return .noContent()
        }
    )

    static let members = Route(
        method: .get,
        path: "/api/v1/segments/{segmentId}/members",
        operation: "listSegmentMembers",
        summary: "Who is in a segment, with the filters and orders of the customer list",
        chapter: "Segments",
        access: .needs(.readCustomers),
        parameters: [id] + CustomerFilter.parameters + [
            .query("recorded", .boolean, "Who is recorded to be in it, and not who is by its query now.")
        ] + Paging.parameters,
        answers: [.page(CustomerRoutes.customerPage)],
        problems: [.segmentNotFound],
        handler: { call in
            let name = try call.text("segmentId")
            let (request, page) = try await call.read { state, time in
                var query = try CustomerFilter.query(call.query, state)
                let id = state.segmentView(try state.knownSegment(name)).id
                if call.query.text("recorded") == "true" {
                    query.recordedSegment = id
                } else {
                    query.segments.append(id)
                }
                return (query.page, try state.list(query, at: time))
            }
            return .page(call, request, page) { $0.value($1) }
        }
    )

    static let explain = Route(
        method: .get,
        path: "/api/v1/segments/{segmentId}/members/{customerId}",
        operation: "explainSegmentMember",
        summary: "Why a customer is in a segment, or is not",
        chapter: "Segments",
        access: .needs(.readCustomers),
        parameters: [id, .path("customerId", .identifier(CustomerKind.self), "The customer.")],
        answers: [
            Answer(
                status: 200,
                description: "The query, part by part, with what the customer has there.",
                schema: SegmentAnswer.explanation
            ),
            CustomerRoutes.moved,
        ],
        problems: [.segmentNotFound] + CustomerRoutes.standing,
        handler: { call in
            let name = try call.text("segmentId")
            let customer = try call.identifier("customerId", CustomerKind.self)
            let (id, isRecorded, explanation) = try await call.read { state, time in
                let segment = try state.knownSegment(name)
                let ordinal = try state.standingCustomer(customer)
                guard let query = state.query(of: segment) else {
                    throw Problem(.internalError, "This version does not read the segment's query.")
                }
                return (
                    state.segmentView(segment).id, state.isRecorded(ordinal, in: segment),
                    state.explain(query, of: ordinal, at: time)
                )
            }
            return .json { writer in
                writer.beginObject()
                writer.field("segment", id)
                writer.field("customer", customer)
                writer.field("isMember", explanation.truth == .yes)
                writer.field("isRecorded", isRecorded)
                writer.key("explanation")
                writer.value(explanation)
                writer.endObject()
            }
        }
    )

    static let ofCustomer = Route(
        method: .get,
        path: "/api/v1/customers/{id}/segments",
        operation: "listCustomerSegments",
        summary: "The segments that a customer is in, or is recorded to be in",
        chapter: "Segments",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id],
        answers: [
            Answer(status: 200, description: "All of them, the oldest first.", schema: SegmentAnswer.ofCustomer),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            let segments = try await call.read { state, time in
                state.segments(of: try state.standingCustomer(id), at: time)
            }
            return .json { writer in writer.data(segments) { $0.value($1) } }
        }
    )

    private static func segmentID(_ call: Call) async throws -> SegmentID {
        let name = try call.text("segmentId")
        return try await call.read { state, _ in state.segmentView(try state.knownSegment(name)).id }
    }

    private static func counted(_ call: Call, _ name: String) async throws -> CountedSegment {
        let view = try await call.read { state, _ in state.segmentView(try state.knownSegment(name)) }
        return try await count(call, view)
    }

    private static func count(_ call: Call, _ view: SegmentView) async throws -> CountedSegment {
        try await call.read { state, time in
            CountedSegment(
                view: view,
                memberCount: state.memberCount(of: view.ordinal, at: time),
                recordedCount: view.terms.tracksMembership ? state.recordedCount(of: view.ordinal) : nil
            )
        }
    }
}

extension OrganizationState {
    /// The segment of this identifier, key or name.
    borrowing func knownSegment(_ text: String) throws(Problem) -> SegmentOrdinal {
        guard let segment = segment(called: text) else {
            throw Problem(.segmentNotFound, "There is no segment with the id, key or name \(text.prefix(80)).")
        }
        return segment
    }
}
