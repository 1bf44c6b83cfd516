import CustomerDomain
import CustomerService
import EventSourcing
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Events as they become durable, as server-sent events (WHATWG HTML, section 9.2).
///
/// Nothing is read ahead of the client: the next events are looked for once the connection took those before. Whoever was cut off
/// goes on with the header `Last-Event-ID`, as browsers do by themselves, and misses nothing. Ends when the client goes away, the
/// server stops, the credential stands no longer, or nothing more can come.
struct EventStream: AsyncSequence, Sendable {
    /// After how long without an event a comment is sent, so that both ends notice a dead connection.
    static let heartbeat = Duration.seconds(15)

    fileprivate let query: EventQuery
    fileprivate let call: Call
    fileprivate let place: Places.Place

    /// A stream of what a query asks for.
    ///
    /// - Throws: ``Problem`` when too many streams are open, or the query cannot be answered.
    init(_ query: EventQuery, _ call: Call) throws {
        _ = try query.page(after: query.cursor, limit: 1)
        guard let place = call.service.followers.enter() else {
            throw Problem(
                .overloaded,
                "\(call.service.limits.followerCount) streams are open, and no more are taken.",
                headers: [.retryAfter: "15"]
            )
        }
        (self.query, self.call, self.place) = (query, call, place)
    }

    /// The answer.
    func response() -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody(asyncSequence: self)
        )
    }

    func makeAsyncIterator() -> Iterator { Iterator(stream: self, cursor: query.cursor) }

    /// Gives pieces of the stream, each once the one before was taken.
    struct Iterator: AsyncIteratorProtocol {
        /// How many events are looked for at a time.
        private static let pageSize = 100

        fileprivate let stream: EventStream
        fileprivate var cursor: SequenceNumber?
        private var hasBegun = false

        fileprivate init(stream: EventStream, cursor: SequenceNumber?) {
            (self.stream, self.cursor) = (stream, cursor)
        }

        mutating func next() async throws -> ByteBuffer? {
            // Said at once, so that clients know that the stream stands.
            guard hasBegun else {
                hasBegun = true
                return ByteBuffer(string: ": patron\n\n")
            }
            while !Task.isCancelled, stream.call.isStillAllowed(.viewAudit) {
                let page = try stream.query.page(after: cursor, limit: Self.pageSize)
                cursor = page.cursor
                if !page.events.isEmpty { return try await lines(of: page.events) }
                if page.hasMore { continue }
                if let last = stream.query.filter.last, page.cursor.value >= last { return nil }
                switch await wait(for: page.cursor.advanced(by: 1)) {
                case .durable: continue
                case .nothingYet: return stream.call.isStillAllowed(.viewAudit) ? ByteBuffer(string: ":\n\n") : nil
                case .stopped: return nil
                }
            }
            return nil
        }

        private func lines(of events: [RecordedEvent]) async throws -> ByteBuffer {
            let writer = try EventWriter(events, stream.query, stream.call)
            try await stream.call.recordRead(.audit, writer.shown)
            var buffer = ByteBuffer()
            for (index, event) in events.enumerated() {
                var json = JSONWriter(capacity: 600)
                writer.write(index, to: &json)
                buffer.writeString("id: \(event.sequence.value)\nevent: \(Organization.name(of: event.event))\ndata: ")
                buffer.writeBytes(json.bytes)
                buffer.writeString("\n\n")
            }
            return buffer
        }

        private enum Outcome {
            case durable
            case nothingYet
            case stopped
        }

        private func wait(for sequence: SequenceNumber) async -> Outcome {
            await cancelWhenGracefulShutdown { [organization = stream.call.organization] in
                await withTaskGroup(of: Outcome.self) { group in
                    group.addTask {
                        let isDurable: Void? = try? await organization.waitUntilDurable(sequence)
                        return isDurable == nil ? .stopped : .durable
                    }
                    group.addTask {
                        let hasSlept: Void? = try? await Task.sleep(for: EventStream.heartbeat)
                        return hasSlept == nil ? .stopped : .nothingYet
                    }
                    defer { group.cancelAll() }
                    return await group.next() ?? .stopped
                }
            }
        }
    }
}
