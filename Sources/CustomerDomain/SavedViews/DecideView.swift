extension Decision {
    func saveView(_ view: ViewSaved) throws(Rejection) -> [Decided] {
        guard facts.view(view.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        try checkTerms(view.terms, of: view.id, maker: actor.id)
        if facts.allViews.count >= Limits.views { throw .limitReached("views", limit: Limits.views) }
        return [Decided(customer: nil, event: .viewSaved(view))]
    }

    func changeView(_ change: ChangeView) throws(Rejection) -> [Decided] {
        let view = try ownView(change.id)
        let terms = change.applied(to: view.terms)
        try checkTerms(terms, of: view.id, maker: view.createdBy)
        if terms == view.terms { return [] }
        return [Decided(customer: nil, event: .viewChanged(ViewSaved(id: view.id, terms: terms)))]
    }

    func removeView(_ id: ViewID) throws(Rejection) -> [Decided] {
        [Decided(customer: nil, event: .viewRemoved(try ownView(id).id))]
    }

    private func checkTerms(_ terms: ViewTerms, of id: ViewID, maker: String) throws(Rejection) {
        try check(terms.name, "name", Limits.name)
        if let condition = terms.condition {
            try check(condition, "where", Limits.segmentQuery, .paragraphs)
            do {
                _ = try SegmentQuery(condition)
            } catch {
                throw .invalid(field: "where", reason: error.summary)
            }
        }
        guard terms.filters.count <= Limits.filtersPerView else {
            throw .invalid(field: "filters", reason: "must have at most \(Limits.filtersPerView) values")
        }
        for filter in terms.filters {
            guard ViewFilter.names.contains(filter.name) else {
                throw .invalid(field: "filters/\(filter.name)", reason: "is not a filter that a view keeps")
            }
            try check(filter.value, "filters/\(filter.name)", Limits.name)
        }
        try check(terms.sort, "sort", Limits.viewSort)
        guard terms.columns.count <= Limits.columnsPerView else {
            throw .invalid(field: "columns", reason: "must be at most \(Limits.columnsPerView)")
        }
        for (index, column) in terms.columns.enumerated() {
            try check(column, "columns/\(index)", Limits.name)
            if terms.columns[..<index].contains(column) {
                throw .invalid(field: "columns/\(index)", reason: "is named twice")
            }
        }
        let isTaken = facts.allViews.contains { other in
            other.id != id && other.createdBy == maker && other.terms.name.lowercased() == terms.name.lowercased()
        }
        if isTaken { throw .viewNameTaken(terms.name) }
    }

    /// The view, if the actor may change it; one that it does not see is not there.
    private func ownView(_ id: ViewID) throws(Rejection) -> SavedView {
        guard let view = facts.view(id), view.isShown(to: actor.id) || actor.isAdmin else { throw .viewNotFound(id) }
        guard view.createdBy == actor.id || actor.isAdmin else { throw .viewOfAnother(id) }
        return view
    }
}
