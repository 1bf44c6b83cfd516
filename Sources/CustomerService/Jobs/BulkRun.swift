import CustomerDomain
import CustomerProjections
import EventSourcing

/// Changes many customers, some hundred at a time; after a crash the last slice is done again, which changes nothing.
struct BulkRun {
    /// How many customers are changed between two looks at whether to go on.
    static let sliceCount = 200

    private let job: JobRunner
    private let change: BulkChange
    private let customers: [CustomerOrdinal]

    init(_ job: JobRunner, _ change: BulkChange, _ customers: [CustomerOrdinal]) {
        (self.job, self.change, self.customers) = (job, change, customers)
    }

    func run() async throws {
        var (done, failed) = job.progress
        if done + failed == 0 { try await job.record(done: 0, failed: 0) }
        while Int(done + failed) < customers.count {
            let scope = try job.check()
            let start = done + failed
            let slice = customers[Int(start)..<min(Int(start) + Self.sliceCount, customers.count)]
            var submitter = CommandSubmitter(
                organization: job.organization,
                scope: scope,
                requestID: job.id.description
            )
            var errors: [JobError] = []
            for customer in slice {
                if let error = try await apply(customer, &submitter) { errors.append(error) }
            }
            try await submitter.finish()
            try await job.keep(errors, from: start, failedBefore: failed)
            failed += UInt64(errors.count)
            done += UInt64(slice.count - errors.count)
            try await job.record(done: done, failed: failed)
        }
        try await job.finish(.completed)
    }

    private func apply(_ customer: CustomerOrdinal, _ submitter: inout CommandSubmitter) async throws -> JobError? {
        let standing = job.organization.peek { state, _ in state.standing(of: customer) }
        do {
            try await submitter.submit(change.command(for: standing.id))
            return nil
        } catch .rejected(let rejection) {
            return JobError(customer: standing.id.description, code: rejection.code, text: rejection.text)
        } catch .forbidden {
            throw JobRunner.Interruption.failed(.keyRevoked)
        } catch {
            throw error
        }
    }
}
