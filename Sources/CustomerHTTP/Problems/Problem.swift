import CustomerDomain
import CustomerService
import Hummingbird
import HTTPTypes

/// Why a request did not come to its end: thrown anywhere below a route, answered as an RFC 9457 problem document.
struct Problem: Error, Hashable {
    var type: ProblemType
    /// What happened this time, for a person; never internals, never personal data the caller did not send.
    var detail: String
    var errors: [FieldError] = []
    /// The permission without which this cannot be done, where that is all that is missing.
    var missingPermission: String?
    /// What else the answer's head says: `Allow`, `Retry-After`.
    var headers: HTTPFields = [:]

    init(_ type: ProblemType, _ detail: String, errors: [FieldError] = [], headers: HTTPFields = [:]) {
        self.type = type
        self.detail = detail
        self.errors = errors
        self.headers = headers
    }

    /// The problem of fields that cannot be taken.
    static func invalid(_ errors: [FieldError]) -> Problem {
        let first = errors.first.map(\.sentence) ?? "The body cannot be taken."
        return Problem(.invalidFields, first, errors: errors)
    }

    /// The problem of one query parameter.
    static func parameter(_ name: String, _ detail: String) -> Problem {
        let error = FieldError(place: .parameter(name), detail: detail)
        return Problem(.invalidParameter, error.sentence, errors: [error])
    }

    /// The problem of one header.
    static func header(_ name: String, _ detail: String) -> Problem {
        let error = FieldError(place: .header(name), detail: detail)
        return Problem(.invalidParameter, error.sentence, errors: [error])
    }

    /// The problem as it goes out.
    ///
    /// It names `requestID`, by which the operator finds the request.
    func response(requestID: String) -> Response {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("type", "/problems/" + type.slug)
        writer.field("title", type.title)
        writer.field("status", type.status)
        writer.field("detail", detail)
        writer.field("instance", "urn:request:" + requestID)
        if let missingPermission { writer.field("missingPermission", missingPermission) }
        if !errors.isEmpty {
            writer.key("errors")
            writer.beginArray()
            for error in errors { writer.value(error) }
            writer.endArray()
        }
        writer.endObject()
        var headers = headers
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        return Response(
            status: HTTPResponse.Status(code: type.status),
            headers: headers,
            body: ResponseBody(byteBuffer: writer.withBytes { ByteBuffer(bytes: $0) })
        )
    }
}

extension FieldError {
    var sentence: String {
        switch place {
        case .pointer(let pointer): pointer.isEmpty ? "The body \(detail)." : "\(pointer) \(detail)."
        case .parameter(let name): "The parameter \(name) \(detail)."
        case .header(let name): "The header \(name) \(detail)."
        }
    }
}

extension JSONWriter {
    fileprivate mutating func value(_ error: FieldError) {
        beginObject()
        switch error.place {
        case .pointer(let pointer): field("pointer", pointer)
        case .parameter(let name): field("parameter", name)
        case .header(let name): field("header", name)
        }
        field("detail", error.detail)
        if let syntax = error.syntax {
            field("offset", syntax.range.offset)
            field("length", syntax.range.length)
            field("line", syntax.line)
            field("column", syntax.column)
            field("expected", syntax.expected)
            field("suggestion", syntax.suggestion)
        }
        endObject()
    }
}
