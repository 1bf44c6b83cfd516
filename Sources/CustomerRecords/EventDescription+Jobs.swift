import CustomerDomain
import EventSourcing

extension EventDescription {
    func describeJob(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .jobCreated(let created):
            fields.field("id", created.id)
            fields.field("kind", created.kind.name)
            fields.field("permission", created.permission.name)
            fields.field("work", created.work)
            fields.field("total", Int64(clamping: created.total))
        case .jobProgressed(let progress):
            fields.field("id", progress.id)
            fields.field("done", Int64(clamping: progress.done))
            fields.field("failed", Int64(clamping: progress.failed))
        case .jobFinished(let finished):
            fields.field("id", finished.id)
            fields.field("outcome", finished.outcome.name)
            fields.field("done", Int64(clamping: finished.done))
            fields.field("failed", Int64(clamping: finished.failed))
            fields.field("failure", finished.failure?.name)
            fields.field("expiresAt", finished.expiresAt.rfc3339)
        case .jobCancelAsked(let id), .jobExpired(let id), .jobResultFetched(let id): fields.field("id", id)
        default: break
        }
    }
}
