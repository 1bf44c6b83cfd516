public import EventSourcing

/// The views that were not removed, in the order in which they were made.
///
/// What it says follows from the events alone: ``apply(_:at:by:)`` is the only way to change it.
public struct ViewRegister: Hashable, Sendable {
    /// The views, the oldest first; at most ``Limits/views``.
    public private(set) var views: [SavedView]

    /// A register of these views.
    public init(_ views: [SavedView] = []) { self.views = views }

    /// The view of this identifier.
    public subscript(id: ViewID) -> SavedView? { views.first { $0.id == id } }

    /// Takes in the next event of the log; those that are of no view change nothing.
    public mutating func apply(_ event: Event, at time: Timestamp, by actor: @autoclosure () -> String) {
        switch event {
        case .viewSaved(let saved):
            views.append(
                SavedView(id: saved.id, terms: saved.terms, createdBy: actor(), createdAt: time, updatedAt: time)
            )
        case .viewChanged(let changed):
            guard let index = views.firstIndex(where: { $0.id == changed.id }) else { return }
            views[index].terms = changed.terms
            views[index].updatedAt = max(views[index].updatedAt, time)
        case .viewRemoved(let id): views.removeAll { $0.id == id }
        default: break
        }
    }
}
