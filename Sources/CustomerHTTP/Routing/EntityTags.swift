/// The value of an `If-Match` or `If-None-Match` header (RFC 9110, section 13.1).
enum EntityTags: Hashable, Sendable {
    case any
    /// The opaque parts of the tags, and which are weak.
    case listed([EntityTag])

    init?(_ header: String) {
        guard header != "*" else {
            self = .any
            return
        }
        var tags: [EntityTag] = []
        for part in header.split(separator: ",", omittingEmptySubsequences: false) {
            var text = part.drop { $0 == " " || $0 == "\t" }
            while text.last == " " || text.last == "\t" { text.removeLast() }
            let isWeak = text.hasPrefix("W/")
            if isWeak { text.removeFirst(2) }
            guard text.utf8.count >= 2, text.first == "\"", text.last == "\"" else { return nil }
            let opaque = text.dropFirst().dropLast()
            guard opaque.utf8.allSatisfy({ $0 == 0x21 || $0 >= 0x23 && $0 != 0x7F }) else { return nil }
            tags.append(EntityTag(opaque: String(opaque), isWeak: isWeak))
        }
        guard !tags.isEmpty else { return nil }
        self = .listed(tags)
    }

    /// Whether one of them is, by the strong comparison, the tag of this version.
    func matchesStrongly(_ version: UInt32) -> Bool { matchesStrongly(String(version)) }

    /// The same of a tag whose opaque part this is.
    func matchesStrongly(_ opaque: String) -> Bool {
        switch self {
        case .any: true
        case .listed(let tags): tags.contains { !$0.isWeak && $0.opaque == opaque }
        }
    }

    /// Whether one of them is, by the weak comparison, the tag of this version.
    func matchesWeakly(_ version: UInt32) -> Bool {
        switch self {
        case .any: true
        case .listed(let tags): tags.contains { $0.opaque == String(version) }
        }
    }

    /// The version that a writer expects; `nil` for any.
    ///
    /// Several tags cannot be handed on as one expectation, so they are compared with `current` here.
    func expectedVersion(current: UInt32) -> UInt32? {
        switch self {
        case .any: nil
        case .listed: matchesStrongly(current) ? current : .max
        }
    }
}

/// One entity tag.
struct EntityTag: Hashable, Sendable {
    var opaque: String
    var isWeak: Bool
}
