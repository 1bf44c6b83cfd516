import CustomerDomain
import CustomerProjections
import CustomerService
import HTTPTypes
import Hummingbird

/// Two customers who are one person: preview a merge, do it, undo it.
enum MergeRoutes {
    static var routes: [Route] { [merge, preview, unmerge] }

    static let merge = Route(
        method: .post,
        path: "/api/v1/customers/{id}/merge",
        operation: "mergeCustomers",
        summary: "Merges another customer into this one, which then answers for both",
        chapter: "Customers",
        access: .needs(.mergeCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(MergeBody.merge),
        answers: [CustomerRoutes.customerAnswer],
        problems: CustomerRoutes.changing + [.mergeWithItself, .emailTaken, .limitReached],
        handler: { call in
            let id = try call.customerID()
            let merged = try MergeBody.merged(call.body)
            let choices = MergeBody.choices(call.body)
            try await call.execute(.mergeCustomers(survivor: id, merged: merged, choices: choices), on: id)
            return call.answer(try await call.profile(id)) { $0.value($1) }
        }
    )

    static let preview = Route(
        method: .post,
        path: "/api/v1/customers/{id}/merge/preview",
        operation: "previewMerge",
        summary: "What a merge with this body would come to; changes nothing",
        chapter: "Customers",
        access: .needs(.mergeCustomers),
        parameters: [CustomerRoutes.id],
        body: .json(MergeBody.merge),
        answers: [Answer(status: 200, description: "What it would come to.", schema: MergeAnswer.preview)],
        problems: [.customerNotFound],
        handler: { call in
            let id = try call.customerID()
            let merged = try MergeBody.merged(call.body)
            let choices = MergeBody.choices(call.body)
            let preview = try await call.organization.read { state, _ in
                do throws(Rejection) {
                    return try state.mergePreview(merged, into: id, choices: choices)
                } catch {
                    throw CommandError.rejected(error)
                }
            }
            try await call.recordRead(.profile, [id, merged])
            return .json { $0.value(preview) }
        }
    )

    static let unmerge = Route(
        method: .post,
        path: "/api/v1/customers/{id}/unmerge",
        operation: "unmergeCustomers",
        summary: "Undoes the last merge into this customer, as long as nothing happened that belongs to both",
        chapter: "Customers",
        access: .needs(.mergeCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(MergeBody.unmerge),
        answers: [CustomerRoutes.customerAnswer],
        problems: CustomerRoutes.changing + [.notMerged, .mergeNotLatest, .mergeFixed, .emailTaken],
        handler: { call in
            let id = try call.customerID()
            try await call.execute(
                .unmergeCustomers(survivor: id, merged: try MergeBody.merged(call.body)),
                on: id
            )
            return call.answer(try await call.profile(id)) { $0.value($1) }
        }
    )
}
