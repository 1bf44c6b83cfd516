/// A segment came to be; gets the next free segment ordinal.
public struct SegmentDefined: Hashable, Sendable {
    /// Its identifier.
    public var id: SegmentID
    /// The word that programs know it by, unique in the organization; never changes.
    public var key: String?
    /// What it is.
    public var terms: SegmentTerms

    /// A definition of these parts.
    public init(id: SegmentID, key: String? = nil, terms: SegmentTerms) {
        self.id = id
        self.key = key
        self.terms = terms
    }
}

/// What can change of a segment.
public struct SegmentTerms: Hashable, Sendable {
    /// Its name, unique in the organization whatever the case.
    public var name: String
    /// What it is for.
    public var description: String?
    /// Who is in it, in the language of ``SegmentQuery``.
    public var query: String
    /// Whether it is recorded who enters and leaves it.
    public var tracksMembership: Bool

    /// Terms of these parts.
    public init(name: String, description: String? = nil, query: String, tracksMembership: Bool = false) {
        self.name = name
        self.description = description
        self.query = query
        self.tracksMembership = tracksMembership
    }
}

/// Asks for changes of a segment.
public struct ChangeSegment: Hashable, Sendable {
    /// The segment.
    public var id: SegmentID
    /// Its name from now on; `nil` to keep.
    public var name: String?
    /// What it is for from now on.
    public var description: Edit<String>
    /// Who is in it from now on; `nil` to keep.
    public var query: String?
    /// Whether comings and goings are recorded from now on; `nil` to keep.
    public var tracksMembership: Bool?

    /// Asks for these changes.
    public init(
        id: SegmentID,
        name: String? = nil,
        description: Edit<String> = .keep,
        query: String? = nil,
        tracksMembership: Bool? = nil
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.query = query
        self.tracksMembership = tracksMembership
    }
}

/// Asks to record who entered a segment, and who left it.
public struct RecordSegmentMoves: Hashable, Sendable {
    /// The segment.
    public var id: SegmentID
    /// Who is in it now.
    public var entered: [CustomerID]
    /// Who is not in it any longer.
    public var left: [CustomerID]

    /// Asks to record these.
    public init(id: SegmentID, entered: [CustomerID] = [], left: [CustomerID] = []) {
        self.id = id
        self.entered = entered
        self.left = left
    }
}
