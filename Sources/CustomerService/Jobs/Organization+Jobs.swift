public import CustomerDomain
public import CustomerProjections
import EventSourcing
import LogStorage

/// Whom a job is about.
public enum JobSelection: Hashable, Sendable {
    /// These, in this order.
    case customers([CustomerID])
    /// All that a query asks for, by ordinal, whatever its order and page.
    case matching(CustomerQuery)
}

// Jobs: asked for here, done in the background, kept in the log.
extension Organization {
    /// Asks for an export; whom it is about is settled now, what it says of them when their row is written.
    ///
    /// - Parameters:
    ///   - request: What to write, and how.
    ///   - selection: Whom.
    ///   - count: How many these are, as the asker knows; `nil` for any number.
    ///   - scope: Who asks; the job acts as this.
    ///   - context: What comes with the request.
    /// - Returns: The job's identifier; that of the first attempt for a retry.
    /// - Throws: ``CommandError``.
    public func createExport(
        _ request: ExportRequest,
        of selection: JobSelection,
        expecting count: Int? = nil,
        scope: Scope,
        context: CommandContext = CommandContext()
    ) async throws -> JobID {
        try scope.require(.exportCustomers)
        if request.records == .orders || request.fields.contains(where: { $0.group == "orderHistory" }) {
            try scope.require(.readOrders)
        }
        if let id = try await retried(.export, .exportCustomers, scope, context) { return id }
        let customers = try await customers(of: selection, expecting: count)
        if request.format == .xlsx, request.records == .customers, UInt64(customers.count) > Limits.spreadsheetRows {
            throw CommandError.rejected(
                .invalid(field: "format", reason: "takes at most \(Limits.spreadsheetRows) rows: choose another")
            )
        }
        return try await create(
            .export(request, customers),
            .export,
            .exportCustomers,
            request.work,
            scope,
            context
        )
    }

    /// Asks for the same change of many customers.
    ///
    /// - Parameters:
    ///   - change: What happens to each.
    ///   - selection: Whom.
    ///   - count: How many these are, as the asker knows; `nil` for any number.
    ///   - scope: Who asks; the job acts as this.
    ///   - context: What comes with the request.
    /// - Returns: The job's identifier; that of the first attempt for a retry.
    /// - Throws: ``CommandError``.
    public func createBulkChange(
        _ change: BulkChange,
        of selection: JobSelection,
        expecting count: Int? = nil,
        scope: Scope,
        context: CommandContext = CommandContext()
    ) async throws -> JobID {
        try scope.require(change.permission)
        if let id = try await retried(.bulk, change.permission, scope, context) { return id }
        if case .joinGroup(let group) = change { try await checkGroup(group) }
        if case .leaveGroup(let group) = change { try await checkGroup(group) }
        let customers = try await customers(of: selection, expecting: count)
        return try await create(.bulk(change, customers), .bulk, change.permission, change.work, scope, context)
    }

    private func checkGroup(_ id: GroupID) async throws {
        guard try await read({ state, _ in state.group(id) }) != nil else {
            throw CommandError.rejected(.groupNotFound(id))
        }
    }

    /// The customers that a selection names, as things stand.
    private func customers(of selection: JobSelection, expecting count: Int?) async throws -> [CustomerOrdinal] {
        let customers = try await customers(of: selection)
        if let count, count != customers.count {
            let reason = "is another number than match now: \(customers.count)"
            throw CommandError.rejected(.invalid(field: "expectedCount", reason: reason))
        }
        return customers
    }

    private func customers(of selection: JobSelection) async throws -> [CustomerOrdinal] {
        try await read { state, time in
            switch selection {
            case .matching(let query): return state.ordinals(query, at: time)
            case .customers(let ids):
                var ordinals: [CustomerOrdinal] = []
                var known: Set<CustomerOrdinal> = []
                for (index, id) in ids.enumerated() {
                    guard let ordinal = state.customer(id), state.isStanding(ordinal) else {
                        let reason = "names no customer that stands"
                        throw CommandError.rejected(.invalid(field: "ids/\(index)", reason: reason))
                    }
                    if known.insert(ordinal).inserted { ordinals.append(ordinal) }
                }
                return ordinals
            }
        }
    }

    /// The job that the first attempt of a retry made, whatever has happened since; `nil` for a first attempt.
    private func retried(
        _ kind: JobType,
        _ permission: Permission,
        _ scope: Scope,
        _ context: CommandContext
    ) async throws(CommandError) -> JobID? {
        guard let key = context.idempotency?.key,
            peek({ state, _ in state.idempotency(actor: scope.actor, key: key) }) != nil
        else { return nil }
        let created = JobCreated(id: identifiers.next(), kind: kind, permission: permission, work: "retry", total: 0)
        return try Self.jobID(of: try await execute(.createJob(created), scope: scope, context: context))
    }

    static func jobID(of result: CommandResult) throws(CommandError) -> JobID {
        guard case .jobCreated(let created)? = result.events.first?.event else { throw .idempotencyKeyReused }
        return created.id
    }

    /// Keeps the plan, then records the job: what a crash leaves in between is a plan that nobody asked for.
    private func create(
        _ plan: JobPlan,
        _ kind: JobType,
        _ permission: Permission,
        _ work: String,
        _ scope: Scope,
        _ context: CommandContext
    ) async throws -> JobID {
        let desk = try jobDesk()
        let id: JobID = identifiers.next()
        desk.arrivals.expect(id)
        defer { desk.arrivals.arrived(id) }
        let created = JobCreated(
            id: id,
            kind: kind,
            permission: permission,
            work: Self.fitting(work),
            total: UInt64(plan.customers.count)
        )
        let result: CommandResult
        do {
            try await writing { () throws(LogStorageError) in try await desk.files.write(plan, of: id) }
            result = try await execute(.createJob(created), scope: scope, context: context)
        } catch {
            try? await desk.files.destroy(id)
            throw error
        }
        // Two attempts at the same time.
        if result.isReplay { try? await desk.files.destroy(id) }
        desk.bell.ring()
        return try Self.jobID(of: result)
    }

    /// A text that fits ``Limits/jobWork``.
    static func fitting(_ text: String) -> String {
        let limit = Limits.jobWork.upperBound
        return text.unicodeScalars.count <= limit ? text : String(text.unicodeScalars.prefix(limit - 1)) + "…"
    }

    /// Asks a job to stop; it does before its next slice.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - scope: Who asks, who must be allowed what the job does.
    ///   - context: What comes with the request.
    /// - Throws: ``CommandError``.
    public func cancelJob(_ id: JobID, scope: Scope, context: CommandContext = CommandContext()) async throws {
        _ = try await execute(.cancelJob(id), scope: scope, context: context)
        jobs?.bell.ring()
    }

    /// Opens the result of an export, and records who takes it away.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - scope: Who takes it.
    ///   - context: What comes with the request.
    /// - Returns: The file, piece by piece.
    /// - Throws: ``CommandError``.
    public func openJobResult(
        _ id: JobID,
        scope: Scope,
        context: CommandContext = CommandContext()
    ) async throws -> JobResult {
        let desk = try jobDesk()
        _ = try await execute(.fetchJobResult(id), scope: scope, context: context)
        let reader = try await writing { () throws(LogStorageError) in try await desk.files.openResult(of: id) }
        guard let reader else { throw CommandError.rejected(.jobExpired(id)) }
        return JobResult(files: desk.files, reader: reader)
    }

    /// What went wrong in the rows of a job that are done.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - scope: Who asks, who must be allowed what the job does.
    /// - Returns: The errors, in the order of the rows; at most ``Limits/errorsPerJob``.
    /// - Throws: ``CommandError``.
    public func jobErrors(_ id: JobID, scope: Scope) async throws -> [JobError] {
        let desk = try jobDesk()
        let job = try await read { state, _ in state.job(id) }
        guard let job else { throw CommandError.rejected(.jobNotFound(id)) }
        try scope.require(job.permission)
        guard job.mayHaveFiles(at: time) else { throw CommandError.rejected(.jobExpired(id)) }
        return try await writing { () throws(LogStorageError) in
            try await desk.files.errors(of: id, before: job.done + job.failed)
        }
    }

    /// What jobs may cost from now on.
    public func setJobLimits(_ limits: JobLimits) { jobs?.setLimits(limits) }

    /// What jobs may cost.
    public var jobLimits: JobLimits { jobs?.limits ?? JobLimits() }

    func jobDesk() throws(CommandError) -> JobDesk {
        guard let jobs else {
            throw .unavailable(.readOnly(reason: "jobs need an organization in files, with a vault"))
        }
        return jobs
    }

    /// Runs what may fail for want of the disk.
    func writing<Value>(_ work: () async throws(LogStorageError) -> Value) async throws(CommandError) -> Value {
        do {
            return try await work()
        } catch {
            throw .unavailable(error.isStorageFull ? .storageFull : .readOnly(reason: "\(error)"))
        }
    }
}

/// The file of an export, being read.
public struct JobResult: Sendable {
    fileprivate let files: JobFiles
    fileprivate var reader: SealedFileReader

    /// The next bytes of the file; `nil` at its end.
    ///
    /// - Throws: When the file is not what was written, or its end is missing.
    public mutating func next() async throws -> [UInt8]? {
        let (piece, rest) = try await files.next(reader)
        reader = rest
        if piece == nil {
            reader.close()
            guard reader.isAtEnd else {
                throw LogStorageError(.damaged, "The file of an export has no end")
            }
        }
        return piece
    }
}
