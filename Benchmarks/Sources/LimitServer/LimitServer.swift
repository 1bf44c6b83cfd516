import Hummingbird

/// The HTTP limit that Patron is held against: the same server, with a ready buffer or a body read and thrown away.
@main
struct LimitServer {
    static func main() async throws {
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8081
        let ready = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 20)
        let router = Router()
        router.get("buffer/{size}") { _, context in
            let size = try context.parameters.require("size", as: Int.self)
            guard let buffer = ready.getSlice(at: 0, length: size) else { throw HTTPError(.badRequest) }
            return Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: .init(byteBuffer: buffer)
            )
        }
        router.post("discard") { request, _ in
            _ = try await request.body.collect(upTo: 1 << 20)
            return Response(status: .noContent)
        }
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { _ in print("listening on http://127.0.0.1:\(port)") }
        )
        try await application.runService()
    }
}
