public import EventSourcing
import Synchronization

/// Pages of the customer list as they were sent since the last event: who asks for one again gets it again.
///
/// A page is kept under the target that it was asked for by, until any event comes, or until time alone would change it.
public final class KeptPages: Sendable {
    /// How many pages are kept; when there is one more, it is kept alone.
    public static let capacity = 64

    /// A page as it was sent.
    public struct Page: Sendable {
        /// The body.
        public var bytes: [UInt8]
        /// The value of the header `Link`.
        public var links: String?
        /// When it is as it is if nothing happens.
        public var validity: Range<Timestamp>

        /// A page of these parts.
        public init(bytes: [UInt8], links: String?, validity: Range<Timestamp>) {
            self.bytes = bytes
            self.links = links
            self.validity = validity
        }
    }

    private let kept = Mutex<(head: SequenceNumber, byTarget: [String: Page])>((.none, [:]))

    init() {}

    /// The page of a target, as it is after this event at this time; `nil` when it is not kept.
    public func page(_ target: String, after head: SequenceNumber, at time: Timestamp) -> Page? {
        kept.withLock { kept in
            guard kept.head == head, let page = kept.byTarget[target], page.validity.contains(time)
            else { return nil }
            return page
        }
    }

    /// Keeps the page of a target as it was after an event, unless others are kept that are newer.
    public func keep(_ page: Page, of target: String, after head: SequenceNumber) {
        kept.withLock { kept in
            guard kept.head <= head else { return }
            if kept.head < head || kept.byTarget.count >= Self.capacity { kept = (head, [:]) }
            kept.byTarget[target] = page
        }
    }

    /// Drops all pages, and takes none that was made before this event.
    func drop(after head: SequenceNumber) {
        kept.withLock { $0 = (head, [:]) }
    }
}
