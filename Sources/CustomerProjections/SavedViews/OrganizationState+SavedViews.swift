public import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// All views of the list of customers, oldest first.
    public var allViews: [SavedView] { views.views }

    /// The view of this identifier.
    public func view(_ id: ViewID) -> SavedView? { views[id] }

    /// The views that an actor is shown, oldest first.
    public func views(shownTo actor: String, page: PageRequest) throws(QueryError) -> Page<SavedView> {
        let shown = views.views.filter { $0.isShown(to: actor) }
        return try places(shown.count, page, kind: 42).map { shown[$0] }
    }

    func archiveViews(into writer: inout ArchiveWriter) throws {
        try writer.begin(.views)
        try writer.add(UInt64(views.views.count))
        for view in views.views {
            try writer.add(view.id.high)
            try writer.add(view.id.low)
            for time in [view.createdAt, view.updatedAt] { try writer.add(time.microseconds) }
            try writer.add(UInt8(view.terms.isShared ? 1 : 0))
            try writer.add(view.createdBy)
            try writer.add(view.terms.name)
            try writer.add(view.terms.condition)
            try writer.add(view.terms.sort)
            try writer.add(view.terms.filters.flatMap { [$0.name, $0.value] })
            try writer.add(view.terms.columns)
        }
    }

    mutating func loadViews(from reader: inout ArchiveReader) throws {
        try reader.begin(.views)
        var loaded: [SavedView] = []
        // What a view has without its texts.
        for _ in 0..<(try reader.count(of: 33)) {
            let id = ViewID(high: try reader.number(), low: try reader.number())
            let times = try (0..<2).map { _ in Timestamp(microseconds: try reader.number()) }
            let isShared = try reader.number(UInt8.self) == 1
            let createdBy = try reader.text()
            var terms = ViewTerms(name: try reader.text(), isShared: isShared)
            terms.condition = try reader.optionalText()
            terms.sort = try reader.optionalText()
            let pairs = try reader.texts()
            try reader.check(pairs.count.isMultiple(of: 2), "a view's filter has no value")
            terms.filters = stride(from: 0, to: pairs.count, by: 2)
                .map { ViewFilter(name: pairs[$0], value: pairs[$0 + 1]) }
            terms.columns = try reader.texts()
            loaded.append(
                SavedView(id: id, terms: terms, createdBy: createdBy, createdAt: times[0], updatedAt: times[1])
            )
        }
        views = ViewRegister(loaded)
    }

    func addViews(to digest: inout StateDigest) {
        digest.add(Int64(views.views.count))
        for view in views.views {
            digest.add(view.id.high)
            digest.add(view.id.low)
            for time in [view.createdAt, view.updatedAt] { digest.add(time.microseconds) }
            digest.add(view.terms.isShared ? 1 as Int64 : 0)
            digest.add(view.createdBy)
            digest.add(view.terms.name)
            digest.add(view.terms.condition)
            digest.add(view.terms.sort)
            digest.add(view.terms.filters.flatMap { [$0.name, $0.value] })
            digest.add(view.terms.columns)
        }
    }
}
