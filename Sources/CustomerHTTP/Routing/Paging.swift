import CustomerDomain
import CustomerProjections
import HTTPTypes
import Hummingbird
import NIOCore

/// The three ways to ask for a page, and the links that answer with the next one.
enum Paging {
    /// The most rows of a page.
    static let maximum = 100
    /// The rows of a page when nobody says.
    static let standard = 20
    /// The furthest row that may be asked for by number.
    static let maximumOffset: Int64 = 1_000_000_000

    static let names: Set<String> = ["limit", "offset", "page", "display", "cursor"]

    static let parameters: [Parameter] = [
        .query(
            "limit",
            .integer(1...Int64(maximum)),
            "How many rows; 20 when absent. Not together with page or display."
        ),
        .query("offset", .integer(0...maximumOffset), "How many rows to pass over. Not together with cursor."),
        cursor,
        .query("page", .integer(1...10_000_000), "The page, from 1. Not together with limit, offset or cursor."),
        .query("display", .integer(1...Int64(maximum)), "How many rows a page has; 20 when absent."),
    ]

    private static let cursor = Parameter.query(
        "cursor",
        .text(TextRule(length: 1...4_096, pattern: "^[A-Za-z0-9_-]+$")),
        "nextCursor of the page before; rows that change in between are neither shown twice nor left out."
    )

    /// The page that a query asks for.
    ///
    /// - Throws: ``Problem`` when it mixes two ways.
    static func request(_ query: QueryString) throws(Problem) -> PageRequest {
        let numbered = query.text("page") ?? query.text("display")
        if numbered != nil, query.text("limit") ?? query.text("offset") ?? query.text("cursor") != nil {
            throw .parameter("page", "and display cannot be given together with limit, offset or cursor")
        }
        if numbered != nil {
            let display = Int(query.whole("display") ?? Int64(standard))
            return .offset(limit: display, offset: (Int(query.whole("page") ?? 1) - 1) * display)
        }
        let limit = Int(query.whole("limit") ?? Int64(standard))
        guard let offset = query.whole("offset") else { return .cursor(query.text("cursor"), limit: limit) }
        if query.text("cursor") != nil { throw .parameter("cursor", "cannot be given together with offset") }
        return .offset(limit: limit, offset: Int(offset))
    }

    /// The value of the `Link` header (RFC 8288); `nil` when there is neither a page before nor one after.
    ///
    /// Pages are numbered when `numbered` says so, or, without it, when the call asked for one by number.
    static func links(
        _ call: Call,
        _ request: PageRequest,
        hasMore: Bool,
        nextCursor: String?,
        numbered: Bool? = nil
    ) -> String? {
        var links = ""
        func add(_ relation: String, _ name: String, _ value: String) {
            if !links.isEmpty { links += ", " }
            links += "<"
            links += call.path
            links += "?"
            links += call.query.encoded(without: name, adding: (name, value))
            links += ">; rel=\""
            links += relation
            links += "\""
        }
        switch request {
        case .cursor:
            if let nextCursor { add("next", "cursor", nextCursor) }
        case .offset(let limit, let offset):
            let isNumbered = numbered ?? (call.query.text("page") != nil || call.query.text("display") != nil)
            let name = isNumbered ? "page" : "offset"
            let value = { (offset: Int) in String(isNumbered ? offset / limit + 1 : offset) }
            if hasMore { add("next", name, value(offset + limit)) }
            if offset > 0 { add("prev", name, value(max(0, offset - limit))) }
        }
        return links.isEmpty ? nil : links
    }
}

extension Call {
    /// Answers with the page that the query asks for, of what the state has.
    func page<Element>(
        _ rows: (borrowing OrganizationState, PageRequest, QueryTime) throws -> Page<Element>,
        _ write: (inout JSONWriter, Element) -> Void
    ) async throws -> Response {
        let request = try Paging.request(query)
        let page = try await read { state, time in try rows(state, request, time) }
        return .page(self, request, page, write)
    }
}

extension Page {
    /// The page with these in place of its rows.
    func with<Other>(_ elements: [Other]) -> Page<Other> {
        Page<Other>(elements: elements, count: count, hasMore: hasMore, nextCursor: nextCursor)
    }
}

extension PageRequest {
    /// How many rows to pass over; 0 for a cursor.
    var offset: Int {
        guard case .offset(_, let offset) = self else { return 0 }
        return offset
    }
}

extension Response {
    /// A page as the canonical paths have it: `{data, hasMore, nextCursor, count}`, with links.
    static func page<Element>(
        _ call: Call,
        _ request: PageRequest,
        _ page: Page<Element>,
        _ write: (inout JSONWriter, Element) -> Void
    ) -> Response {
        let body = JSONWriter.page(page) { writer in
            writer.beginArray()
            for element in page.elements { write(&writer, element) }
            writer.endArray()
        }
        let links = Paging.links(call, request, hasMore: page.hasMore, nextCursor: page.nextCursor)
        return .json(body, links: links)
    }

    /// A page that was written before.
    static func json(_ body: ByteBuffer, links: String?) -> Response {
        .json(body, headers: links.map { [.link: $0] } ?? [:])
    }
}

extension JSONWriter {
    /// The body of a page, whose rows `rows` writes as an array.
    static func page<Element>(_ page: Page<Element>, rows: (inout JSONWriter) -> Void) -> ByteBuffer {
        var writer = JSONWriter(capacity: 256 + page.elements.count * 1_024)
        writer.beginObject()
        writer.key("data")
        rows(&writer)
        writer.field("hasMore", page.hasMore)
        writer.field("nextCursor", page.nextCursor)
        writer.field("count", page.count)
        writer.endObject()
        return writer.withBytes { ByteBuffer(bytes: $0) }
    }
}

extension Schema {
    /// A page of these, as the canonical paths have it.
    static func page(_ name: String, of element: Schema) -> Schema {
        .named(
            name,
            .required("data", .list(of: element)),
            .required("hasMore", .boolean),
            .required("nextCursor", .nullable(.anyText)),
            .required("count", .count, "How many there are in all.")
        )
    }
}
