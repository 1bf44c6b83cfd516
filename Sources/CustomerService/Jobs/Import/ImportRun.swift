import CustomerDomain
import CustomerProjections
import EventSourcing
import LogStorage

/// Takes the rows of a file, some hundred at a time; after a crash the last slice is taken again, which finds everybody there.
struct ImportRun {
    private static let sliceCount = 200

    private let job: JobRunner
    private let options: ImportOptions

    init(_ job: JobRunner, _ options: ImportOptions) {
        (self.job, self.options) = (job, options)
    }

    func run() async throws {
        let source = try await job.organization.writing { () throws(LogStorageError) in
            try await job.files.openSource(of: job.id)
        }
        guard let source else { throw JobRunner.Interruption.failed(.filesLost) }
        var rows = ImportRows(source, job.files, options)
        var (done, failed) = job.progress
        let start = done + failed
        if start == 0 {
            try await job.organization.writing { () throws(LogStorageError) in
                try await job.files.removeErrors(of: job.id)
            }
        }
        var decider: ImportDecider?
        var place: UInt64 = 0
        do {
            while let batch = try await rows.next() {
                guard let columns = rows.columns else { break }
                var taking = decider ?? ImportDecider(options, columns)
                for first in stride(from: 0, to: batch.count, by: Self.sliceCount) {
                    let slice = batch[first..<min(first + Self.sliceCount, batch.count)]
                    let errors = try await take(slice, &taking, from: place, start)
                    place += UInt64(slice.count)
                    guard place > start else { continue }
                    let taken = place - max(start, place - UInt64(slice.count))
                    try await job.keep(errors, from: place - UInt64(slice.count), failedBefore: failed)
                    let bad = UInt64(Set(errors.map(\.line)).count)
                    failed += bad
                    done += taken - bad
                    try await job.record(done: done, failed: failed)
                }
                decider = taking
            }
        } catch is ImportHeaderError {
            throw JobRunner.Interruption.failed(.filesLost)
        } catch let error as LogStorageError {
            guard error.code == .damaged else { throw CommandError.unavailable(.readOnly(reason: "\(error)")) }
            throw JobRunner.Interruption.failed(.filesLost)
        }
        try await job.finish(.completed)
        try await job.organization.destroyUnkeptJobFiles()
    }

    /// Takes a slice that begins with row `place`; rows before `start` were taken before, and are only remembered.
    private func take(
        _ slice: ArraySlice<ImportRow>,
        _ decider: inout ImportDecider,
        from place: UInt64,
        _ start: UInt64
    ) async throws -> [JobError] {
        let scope = try job.check()
        let organization = job.organization
        var submitter = CommandSubmitter(organization: organization, scope: scope, requestID: job.id.description)
        var errors: [JobError] = []
        for (index, row) in slice.enumerated() {
            var taking = decider
            let decision = organization.peek { state, _ in
                taking.decide(row, state, by: scope.deciding) { organization.identifiers.next() }
            }
            decider = taking
            guard place + UInt64(index) >= start else { continue }
            errors += decision.errors
            guard decision.errors.isEmpty, decision.action != .skip, let command = decision.command else { continue }
            do {
                try await submit(command, decision, &submitter)
            } catch .rejected(let rejection) {
                let (line, code) = (UInt64(row.line), rejection.code)
                errors.append(JobError(line: line, column: "", code: code, text: rejection.text))
            } catch .forbidden {
                throw JobRunner.Interruption.failed(.keyRevoked)
            } catch {
                throw error
            }
        }
        try await submitter.finish()
        return errors
    }

    private func submit(
        _ command: Command,
        _ decision: ImportDecision,
        _ submitter: inout CommandSubmitter
    ) async throws(CommandError) {
        try await submitter.submit(command)
        var id = decision.customer
        if case .createCustomer(let creation) = command { id = creation.customer.id }
        guard let id else { return }
        for name in decision.groups {
            let known: GroupID? = job.organization.peek { state, _ in
                state.group(named: name).map { state.groupView($0).id }
            }
            let group: GroupID = known ?? job.organization.identifiers.next()
            if known == nil { try await submitter.submit(.createGroup(GroupCreated(id: group, name: name))) }
            try await submitter.submit(.addGroupMembers(group, [id]))
        }
    }
}
