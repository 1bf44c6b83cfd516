import CustomerDomain

/// The API keys that open something.
struct KeyTable: Sendable {
    private(set) var keys: [APIKey] = []

    mutating func insert(_ key: APIKey) {
        remove(key.id)
        keys.append(key)
    }

    mutating func remove(_ id: APIKeyID) { keys.removeAll { $0.id == id } }

    func key(_ id: APIKeyID) -> APIKey? { keys.first { $0.id == id } }

    func key(withDigest digest: [UInt8]) -> APIKey? { keys.first { $0.secretDigest == digest } }

    var adminCount: Int { keys.count { $0.role == .admin } }
}
