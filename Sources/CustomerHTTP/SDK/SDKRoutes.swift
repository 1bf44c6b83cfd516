import Crypto
import EventSourcing
import HTTPTypes
import Hummingbird

/// The JavaScript client, served by the binary that it is for.
enum SDKRoutes {
    static var routes: [Route] { [module] }

    private static let bytes = PackageResources.patron_js
    /// Of the bytes, so that browsers keep them until they change.
    private static let entityTag =
        "\"" + Hexadecimal.text(SHA256.hash(data: bytes).prefix(16)) + "\""

    static let module = Route(
        method: .get,
        path: "/sdk/patron.js",
        operation: "getJavaScriptClient",
        summary: "The client for JavaScript: one ES module without dependencies",
        chapter: "Operations",
        access: .open,
        parameters: [.ifNoneMatch],
        answers: [
            Answer(
                status: 200,
                description: "The module.",
                schema: .anyText,
                mediaType: "text/javascript",
                headers: [.entityTag]
            ),
            CustomerRoutes.unchanged,
        ],
        handler: { call in
            var headers: HTTPFields = [.eTag: entityTag, .cacheControl: "no-cache"]
            if call.headers[.ifNoneMatch] == entityTag {
                return Response(status: .notModified, headers: headers)
            }
            headers[.contentType] = "text/javascript; charset=utf-8"
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    )
}
