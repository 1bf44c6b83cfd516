import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// Views: filters of the list of customers that are kept under a name.
enum ViewRoutes {
    static var routes: [Route] { [list, create, get, patch, remove] }

    private static let chapter = "Views"
    private static let id = Parameter.path("viewId", .identifier(ViewKind.self), "The view.")
    private static let count = Parameter.query("count", .boolean, "Whether to say who is in it now.")
    private static let viewAnswer = Answer(status: 200, description: "The view.", schema: ViewAnswer.view)

    static let list = Route(
        method: .get,
        path: "/api/v1/views",
        operation: "listViews",
        summary: "One's own views and those that are shared, the oldest first",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: [count] + Paging.parameters,
        answers: [
            .page("ViewPage", of: ViewAnswer.view)
        ],
        handler: { call in
            let request = try Paging.request(call.query)
            let actor = try call.scope().actor
            let page = try await call.read { state, _ in try state.views(shownTo: actor, page: request) }
            var shown: [ShownView] = []
            // One by one, so that nobody waits for the queries of all.
            for view in page.elements { shown.append(try await show(view, call)) }
            let shownPage = Page(elements: shown, count: page.count, hasMore: page.hasMore, nextCursor: page.nextCursor)
            return .page(call, request, shownPage) { $0.value($1) }
        }
    )

    static let create = Route(
        method: .post,
        path: "/api/v1/views",
        operation: "createView",
        summary: "Keeps filters, order and columns of the list of customers under a name",
        chapter: chapter,
        access: .needs(.manageViews),
        body: .json(ViewBody.create),
        answers: [
            .created("The new view.", ViewAnswer.view)
        ],
        problems: [.viewNameTaken, .limitReached],
        handler: { call in
            let saved = ViewSaved(id: call.organization.identifiers.next(), terms: try ViewBody.terms(call.body))
            let result = try await call.execute(.saveView(saved))
            let made = try result.made("The new view") {
                if case .viewSaved(let saved) = $0 { saved.id } else { nil }
            }
            let shown = try await view(call, made)
            return .json(.created, headers: [.location: "/api/v1/views/\(made)"]) { $0.value(shown) }
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/views/{viewId}",
        operation: "getView",
        summary: "A view; others' that are not shared are not there",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: [id, count],
        answers: [viewAnswer],
        problems: [.viewNotFound],
        handler: { call in
            let shown = try await view(call, try call.identifier("viewId"))
            return .json { $0.value(shown) }
        }
    )

    static let patch = Route(
        method: .patch,
        path: "/api/v1/views/{viewId}",
        operation: "updateView",
        summary: "Changes one's own view by a JSON merge patch (RFC 7396); an admin any",
        chapter: chapter,
        access: .needs(.manageViews),
        parameters: [id],
        body: .mergePatch(ViewBody.patch),
        answers: [viewAnswer],
        problems: [.viewNotFound, .viewNameTaken, .viewOfAnother],
        handler: { call in
            let id = try call.identifier("viewId", ViewKind.self)
            try await call.execute(.changeView(try ViewBody.change(call.body, of: id)))
            let shown = try await view(call, id)
            return .json { $0.value(shown) }
        }
    )

    static let remove = Route(
        method: .delete,
        path: "/api/v1/views/{viewId}",
        operation: "deleteView",
        summary: "Removes one's own view; an admin any",
        chapter: chapter,
        access: .needs(.manageViews),
        parameters: [id],
        answers: [Answer(status: 204, description: "It is no more.")],
        problems: [.viewNotFound, .viewOfAnother],
        handler: { call in
            try await call.execute(.removeView(try call.identifier("viewId")))
            return .noContent()
        }
    )

    private static func view(_ call: Call, _ id: ViewID) async throws -> ShownView {
        let scope = try call.scope()
        let view = try await call.read { state, _ in state.view(id) }
        guard let view, view.isShown(to: scope.actor) || scope.role == .admin else {
            throw CommandError.rejected(.viewNotFound(id))
        }
        return try await show(view, call)
    }

    private static func show(_ view: SavedView, _ call: Call) async throws -> ShownView {
        var shown = ShownView(view: view, isOwn: view.createdBy == (try call.scope().actor))
        guard call.query.text("count") == "true" else { return shown }
        let count: Int? = try await call.read { state, time in
            // What a view names may be no more.
            guard var query = try? CustomerFilter.query(QueryString(of: view.terms), state) else { return nil }
            query.page = .offset(limit: 1)
            return try state.list(query, at: time).count
        }
        shown.count = .some(count)
        return shown
    }
}
