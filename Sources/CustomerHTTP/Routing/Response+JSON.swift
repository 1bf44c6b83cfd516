import CustomerDomain
import HTTPTypes
import Hummingbird

extension Response {
    /// An answer whose body `write` makes.
    static func json(
        _ status: HTTPResponse.Status = .ok,
        version: UInt32? = nil,
        headers: HTTPFields = [:],
        capacity: Int = 1_024,
        _ write: (inout JSONWriter) -> Void
    ) -> Response {
        var writer = JSONWriter(capacity: capacity)
        write(&writer)
        return .json(writer.withBytes { ByteBuffer(bytes: $0) }, status, version: version, headers: headers)
    }

    /// An answer whose body was written before.
    static func json(
        _ body: ByteBuffer,
        _ status: HTTPResponse.Status = .ok,
        version: UInt32? = nil,
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.cacheControl] = "no-store"
        if let version { headers[.eTag] = entityTag(version) }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    static func noContent(version: UInt32? = nil) -> Response {
        Response(status: .noContent, headers: version.map { [.eTag: entityTag($0)] } ?? [:])
    }

    static func notModified(version: UInt32) -> Response {
        Response(status: .notModified, headers: [.eTag: entityTag(version), .cacheControl: "no-store"])
    }

    private static func entityTag(_ version: UInt32) -> String { "\"\(version)\"" }
}
