import CustomerDomain
import EventSourcing

/// The API keys that were not revoked, and the roles that the organization defined.
struct KeyTable: Sendable {
    private(set) var rows: [StandingKey] = []
    private(set) var roles: [RoleTemplate] = []
    /// Which key a digest opens: the secret of now, or the one before.
    private var rowByDigest: [[UInt8]: Int] = [:]

    mutating func apply(_ event: Event, at time: Timestamp) {
        switch event {
        case .apiKeyCreated(let key): insert(StandingKey(key: key, createdAt: time))
        case .apiKeyRevoked(let id): remove(id)
        case .apiKeyRotated(let rotated): rotate(rotated, at: time)
        case .roleTemplateDefined(let role), .roleTemplateChanged(let role): define(role)
        case .roleTemplateRemoved(let id): roles.removeAll { $0.id == id }
        default: break
        }
    }

    mutating func insert(_ row: StandingKey) {
        rows.removeAll { $0.key.id == row.key.id }
        rows.append(row)
        indexDigests()
    }

    private mutating func remove(_ id: APIKeyID) {
        rows.removeAll { $0.key.id == id }
        indexDigests()
    }

    private mutating func rotate(_ rotated: APIKeyRotated, at time: Timestamp) {
        guard let index = rows.firstIndex(where: { $0.key.id == rotated.id }) else { return }
        let old = rows[index].key.secretDigest
        rows[index].previous = rotated.previousUntil.map { StandingKey.Previous(digest: old, until: $0) }
        rows[index].key.secretDigest = rotated.secretDigest
        rows[index].key.expiresAt = rotated.expiresAt
        rows[index].rotatedAt = time
        indexDigests()
    }

    /// Anew each time, since there are few keys, and they seldom change; of two with one secret the older one is meant.
    private mutating func indexDigests() {
        rowByDigest.removeAll(keepingCapacity: true)
        for (index, row) in rows.enumerated() {
            for digest in [row.key.secretDigest] + (row.previous.map { [$0.digest] } ?? []) {
                rowByDigest[digest] = rowByDigest[digest] ?? index
            }
        }
    }

    mutating func note(_ used: APIKeyUsed) {
        guard let index = rows.firstIndex(where: { $0.key.id == used.id }) else { return }
        rows[index].lastUsedOn = used.day
    }

    mutating func define(_ role: RoleTemplate) {
        if let index = roles.firstIndex(where: { $0.id == role.id }) {
            roles[index] = role
        } else {
            roles.append(role)
        }
    }

    func row(_ id: APIKeyID) -> StandingKey? { rows.first { $0.key.id == id } }

    func role(_ id: RoleID) -> RoleTemplate? { roles.first { $0.id == id } }

    /// The key that a secret with this digest opens something with at this time, and until when; `nil` for always.
    func key(withDigest digest: [UInt8], at time: Timestamp) -> (key: APIKey, until: Timestamp?)? {
        guard let index = rowByDigest[digest] else { return nil }
        let end = rows[index].end(of: digest)
        return end.map { time < $0 } ?? true ? (rows[index].key, end) : nil
    }

    var lastingAdminCount: Int { rows.count { $0.key.isLastingAdmin } }
}
