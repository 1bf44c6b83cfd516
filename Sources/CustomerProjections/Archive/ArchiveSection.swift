import Crypto

/// The parts of an archived state, in their order.
///
/// An archive is a cache, so there is one version of each and nobody reads old ones: who finds another
/// ``fingerprint`` replays the log.
enum ArchiveSection: UInt32, CaseIterable {
    case organization = 1
    case symbols
    case customers
    case lists
    case merges
    case people
    case orders
    case spending
    case groups
    case loyalty
    case notes
    case timeline
    case metrics
    case idempotency
    case consents
    case dataRequests
    case reads
    case credit
    case jobs
    case segments
    case pricing
    case webhooks
    case contacts
    case customFields
    case rules
    case views
    case returns

    /// Raise it when the section's bytes change, or what `apply` puts into them for the same events.
    var version: UInt32 {
        switch self {
        case .organization: 8
        case .symbols: 1
        case .customers: 1
        case .lists: 1
        case .merges: 2
        case .people: 5
        case .orders: 2
        case .spending: 1
        case .groups: 2
        case .loyalty: 2
        case .notes: 2
        case .timeline: 2
        case .metrics: 2
        case .idempotency: 1
        case .consents: 1
        case .dataRequests: 1
        case .reads: 1
        case .credit: 1
        case .jobs: 1
        case .segments: 1
        case .pricing: 1
        case .webhooks: 1
        case .contacts: 1
        case .customFields: 1
        case .rules: 1
        case .views: 1
        case .returns: 1
        }
    }

    /// SHA-256 of all sections with their versions.
    static let fingerprint: [UInt8] = {
        let sections = allCases.map { "\($0.rawValue) \($0) \($0.version)\n" }.joined()
        return Array(SHA256.hash(data: Array(sections.utf8)))
    }()
}
