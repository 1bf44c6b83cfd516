import CustomerDomain
import EventSourcing

extension OrganizationState {
    func addKeys(to digest: inout StateDigest) {
        digest.add(Int64(keys.rows.count))
        for row in keys.rows.sorted(by: { $0.key.id < $1.key.id }) {
            let key = row.key
            digest.add(key.id.high)
            digest.add(key.id.low)
            digest.add(key.name)
            key.secretDigest.withUnsafeBufferPointer { digest.add($0) }
            digest.add(Int64(key.role.rawValue))
            digest.add(key.permissions.map(\.name).sorted().joined(separator: ","))
            digest.add(key.template?.description)
            digest.add(row.createdAt.microseconds)
            for time in [key.expiresAt, row.rotatedAt, row.lastUsedOn, row.previous?.until] {
                digest.add(time == nil ? 0 as Int64 : 1)
                digest.add(time?.microseconds ?? 0)
            }
            (row.previous?.digest ?? []).withUnsafeBufferPointer { digest.add($0) }
        }
        digest.add(Int64(keys.roles.count))
        for role in keys.roles.sorted(by: { $0.id < $1.id }) {
            digest.add(role.id.high)
            digest.add(role.id.low)
            digest.add(role.name)
            digest.add(role.permissions.map(\.name).sorted().joined(separator: ","))
        }
    }
}
