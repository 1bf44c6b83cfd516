/// What a survivor takes from whom is merged into it, with every default resolved.
///
/// Sides and identifiers only, never a value: both customers are in the state, so the event that records it holds nothing
/// personal. What no merge has a choice about (orders, points, tags, groups, notes) is not in it.
public struct MergeTerms: Hashable, Sendable {
    /// The fields whose value is that of the merged customer from now on; the others stay.
    public var fields: Set<MergeField>
    /// Whose value stays of a metadata key that both have; `nil` when no metadata came.
    public var metadata: MergeSide?
    /// The addresses that came, in their order; others of the merged customer are the survivor's already.
    public var addresses: [AddressID]

    /// These terms.
    public init(fields: Set<MergeField> = [], metadata: MergeSide? = nil, addresses: [AddressID] = []) {
        self.fields = fields
        self.metadata = metadata
        self.addresses = addresses
    }

    /// The survivor's profile under these terms.
    public func profile(_ survivor: Profile, taking merged: Profile) -> Profile {
        var profile = survivor
        for field in fields { profile.take(field, of: merged) }
        return profile
    }

    /// The survivor's metadata under these terms.
    public func metadata(_ survivor: [String: String], taking merged: [String: String]) -> [String: String] {
        switch metadata {
        case nil: survivor
        case .survivor: survivor.merging(merged) { own, _ in own }
        case .merged: survivor.merging(merged) { _, other in other }
        }
    }
}
