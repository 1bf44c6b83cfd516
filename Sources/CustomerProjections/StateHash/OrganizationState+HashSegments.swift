import CustomerDomain

extension OrganizationState {
    /// Adds segments, and who is recorded to be in them.
    func addSegments(to digest: inout StateDigest) {
        digest.add(Int64(segments.rows.count))
        for row in segments.rows {
            digest.add(row.id.high)
            digest.add(row.id.low)
            digest.add(row.key)
            digest.add(row.terms.name)
            digest.add(row.terms.description)
            digest.add(row.terms.query)
            digest.add(row.terms.tracksMembership ? 1 as Int64 : 0)
            digest.add(row.isRemoved ? 1 as Int64 : 0)
            digest.add(row.createdAt)
            digest.add(row.updatedAt)
            digest.add(row.recorded.members)
        }
    }
}
