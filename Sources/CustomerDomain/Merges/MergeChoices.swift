/// Which side of a merge a client wants kept; what it does not say follows the rule of each field.
public struct MergeChoices: Hashable, Sendable {
    /// The side of a field of the profile; without one the survivor's value stays, and an empty one is filled.
    public var fields: [MergeField: MergeSide]
    /// Whose value stays of a metadata key that both have; otherwise the survivor's.
    public var metadata: MergeSide?

    /// These choices.
    public init(fields: [MergeField: MergeSide] = [:], metadata: MergeSide? = nil) {
        self.fields = fields
        self.metadata = metadata
    }
}
