import CustomerDomain
import CustomerProjections
import EventSourcing
import LogStorage

/// Writes the file of an export; begun anew after a crash, and when somebody was erased whom it may hold.
struct ExportRun {
    /// How many customers are looked at while the organization's lock is held.
    private static let lookCount = 100
    /// How many looks lie between two records of progress.
    private static let looksPerRecord = 10
    /// How often it begins anew before it gives up.
    private static let tryCount = 5

    private let job: JobRunner
    private let request: ExportRequest
    private let customers: [CustomerOrdinal]

    init(_ job: JobRunner, _ request: ExportRequest, _ customers: [CustomerOrdinal]) {
        (self.job, self.request, self.customers) = (job, request, customers)
    }

    func run() async throws {
        for _ in 0..<Self.tryCount {
            do {
                return try await write()
            } catch JobRunner.Interruption.erasure {
                continue
            } catch CommandError.rejected(.jobStatus(_, let status)) where status.isOpen {
                // Somebody was erased between the last row and the end.
                continue
            }
        }
        throw JobRunner.Interruption.failed(.erasures)
    }

    private func write() async throws {
        var file = try await job.organization.writing { () throws(LogStorageError) in
            try await job.files.removeErrors(of: job.id)
            return try await job.files.beginResult(of: job.id)
        }
        do {
            try await job.record(done: 0, failed: 0)
            var writer = try request.writer()
            var counts = (done: UInt64(0), failed: UInt64(0))
            var pending: [UInt8] = []
            for start in stride(from: 0, to: customers.count, by: Self.lookCount) {
                let slice = customers[start..<min(start + Self.lookCount, customers.count)]
                let (rows, gone) = try await look(slice, try job.check())
                for row in rows { try writer.add(row) }
                pending += writer.take()
                if pending.count >= JobFiles.pieceByteCount { file = try await append(&pending, to: file) }
                try await job.keep(gone, from: UInt64(start), failedBefore: counts.failed)
                counts.failed += UInt64(gone.count)
                counts.done += UInt64(slice.count - gone.count)
                if (start / Self.lookCount + 1) % Self.looksPerRecord == 0 {
                    try await job.record(done: counts.done, failed: counts.failed)
                }
            }
            pending += try writer.finish()
            if customers.isEmpty { _ = try job.check() }
            _ = try await append(&pending, to: file, isLast: true)
            try await job.finish(.completed, done: counts.done, failed: counts.failed)
        } catch {
            file.close()
            throw error
        }
    }

    private func append(
        _ bytes: inout [UInt8],
        to file: SealedFileWriter,
        isLast: Bool = false
    ) async throws -> SealedFileWriter {
        let taken = bytes
        bytes = []
        do {
            return try await job.organization.writing { () throws(LogStorageError) in
                try await job.files.appended(taken, to: file, isLast: isLast)
            }
        } catch {
            // Its files were destroyed under it: somebody was erased.
            if organizationHoldsErased { throw JobRunner.Interruption.erasure }
            throw error
        }
    }

    private var organizationHoldsErased: Bool { job.organization.job(job.id)?.holdsErased == true }

    /// The rows of some customers, and who of them is not there any more; all of it durable.
    private func look(
        _ slice: ArraySlice<CustomerOrdinal>,
        _ scope: Scope
    ) async throws -> (rows: [[ExportValue]], gone: [JobError]) {
        let (rows, gone, shown) = try await job.organization.read { state, time in
            var rows: [[ExportValue]] = []
            var (gone, shown): ([JobError], [CustomerID]) = ([], [])
            for customer in slice {
                let id = state.standing(of: customer).id
                guard state.isStanding(customer) else {
                    let text = "The customer was merged or erased meanwhile."
                    gone.append(JobError(customer: id.description, code: "customer_gone", text: text))
                    continue
                }
                shown.append(id)
                rows += try self.rows(of: customer, state, time)
            }
            return (rows, gone, shown)
        }
        let context = CommandContext(requestID: job.id.description)
        _ = try job.organization.submit(.recordRead(.export, shown), scope: scope, context: context)
        return (rows, gone)
    }

    private func rows(
        of customer: CustomerOrdinal,
        _ state: borrowing OrganizationState,
        _ time: QueryTime
    ) throws -> [[ExportValue]] {
        var subject = ExportSubject(
            profile: state.profile(of: customer, at: time),
            loyalty: state.loyalty(of: customer, at: time.now)
        )
        guard request.records == .orders else { return [request.fields.map { $0.value(subject) }] }
        var query = OrderQuery()
        query.sort = [OrderSortKey(.placedAt, descending: false)]
        query.page = .offset(limit: .max)
        return try state.orders(of: customer, query).elements
            .map { order in
                subject.order = order
                return request.fields.map { $0.value(subject) }
            }
    }
}
