public import CustomerDomain
public import CustomerProjections
public import CustomerRecords
public import EventSourcing
import LogStorage
import Synchronization

/// One organization at work: its log, and the projections that answer for it.
///
/// A command is decided, encoded, handed to the log and applied under one lock, so there is one order and one way to
/// change state; its answer leaves once the log says that the events are durable. A read sees the newest state and
/// waits, if need be, until what it saw is durable. The lock is never held over I/O or a suspension.
public final class Organization: Sendable {
    /// The organization's name.
    public let name: String

    /// Where new identifiers come from.
    public let identifiers: IdentifierSource

    let log: any EventLog
    /// The log again, when it is in files.
    let storage: SegmentedLog?
    let codec: RecordCodec
    /// The keys of the people, when personal data is sealed.
    let keys: PersonKeyRing?
    /// Takes snapshots of ``storage``.
    let keeper: SnapshotKeeper?
    /// What this process knows of jobs, whose files are beside ``storage``.
    let jobs: JobDesk?
    /// What this process knows of webhooks, whose files are beside ``storage``.
    let hooks: WebhookDesk?
    /// How the state came to be.
    public let opening: OpeningReport
    let now: @Sendable () -> Timestamp
    private let state: Mutex<OrganizationState>
    /// Held by the one replay after a failure.
    private let replaying = Mutex(())
    let months = MonthStarts()
    let calendars = Calendars()
    /// The making of the index of products, while somebody waits for it.
    let productTask = Mutex<Task<Result<Void, CommandError>, Never>?>(nil)
    let pastStates = PastStates()
    /// The rows that the list sent last.
    public let keptRows = KeptRows()
    /// The pages that the list sent since the last event.
    public let keptPages = KeptPages()
    let keyUses = KeyUses()
    private let knownKeys = KnownKeys()
    /// The day, since 1970, on which tiers and birthdays were looked at last.
    let reviewedDay = Mutex<Int64?>(nil)

    /// An organization whose state is rebuilt from `log`.
    ///
    /// Cost: one decode and one apply for each record of the log.
    ///
    /// - Parameters:
    ///   - name: The organization's name.
    ///   - log: Its log, of which this becomes the one writer.
    ///   - keys: What opens the personal data of a log that is sealed; what is appended is not sealed.
    ///   - now: The clock.
    ///   - identifiers: Where new identifiers come from; `nil` for the clock and the system's randomness.
    /// - Throws: What reading the log throws, or `RecordError` for a record that this program cannot read.
    public convenience init(
        name: String,
        log: any EventLog,
        keys: (any PersonalKeys)? = nil,
        now: @escaping @Sendable () -> Timestamp,
        identifiers: IdentifierSource? = nil
    ) throws {
        try self.init(
            name: name,
            log: log,
            storage: log as? SegmentedLog,
            keys: nil,
            codec: RecordCodec(keys: keys),
            keeper: nil,
            now: now,
            identifiers: identifiers
        )
    }

    /// An organization whose log is in files, to work in it.
    ///
    /// Its state begins with the newest snapshot that fits, and further ones can be taken.
    convenience init(
        name: String,
        storage: SegmentedLog,
        keys: PersonKeyRing?,
        now: @escaping @Sendable () -> Timestamp,
        identifiers: IdentifierSource?
    ) throws {
        let keeper = storage.snapshots.map { SnapshotKeeper(log: storage, store: $0, keys: keys) }
        try self.init(
            name: name,
            log: storage,
            storage: storage,
            keys: keys,
            codec: RecordCodec(keys: keys),
            keeper: keeper,
            now: now,
            identifiers: identifiers
        )
        let (erased, count) = peek { state, _ in (state.erasedCustomers, state.customerCount) }
        if [nil, .storageFull].contains(storage.refusal) { try keys?.begin(customerCount: count, erased: erased) }
    }

    /// An organization whose log is in files, to look at it: the state is made from the log alone.
    convenience init(name: String, lookingAt storage: SegmentedLog, codec: RecordCodec) throws {
        try self.init(
            name: name,
            log: storage,
            storage: storage,
            keys: nil,
            codec: codec,
            keeper: nil,
            now: systemTime,
            identifiers: nil
        )
    }

    private init(
        name: String,
        log: any EventLog,
        storage: SegmentedLog?,
        keys: PersonKeyRing?,
        codec: RecordCodec,
        keeper: SnapshotKeeper?,
        now: @escaping @Sendable () -> Timestamp,
        identifiers: IdentifierSource?
    ) throws {
        self.name = name
        self.log = log
        self.storage = storage
        self.keys = keys
        self.codec = codec
        self.keeper = keeper
        jobs = keys.flatMap { keys in storage?.jobFiles(keys.vault) }.map { JobDesk(JobFiles(sealed: $0)) }
        hooks = keys.flatMap { keys in storage?.webhookFiles(keys.vault) }.map { WebhookDesk(WebhookFiles(sealed: $0)) }
        self.now = now
        self.identifiers = identifiers ?? IdentifierSource(now: now)
        var report = OpeningReport()
        let replayed = try OrganizationState(replaying: log, codec, keeper?.builder, &report)
        report.replayedEventCount = Int(replayed.head.value - report.snapshot.value)
        opening = report
        keeper?.note { $0.lastSnapshot = report.snapshot == .none ? nil : report.snapshot }
        state = Mutex(replayed)
    }

    // MARK: Commands

    /// Runs a command, and returns when its events are durable.
    ///
    /// - Throws: ``CommandError``. After ``CommandError/rejected(_:)``, ``CommandError/forbidden(_:)`` and
    ///   ``CommandError/idempotencyKeyReused`` nothing changed; after ``CommandError/unavailable(_:)`` nothing was
    ///   acknowledged.
    public func execute(
        _ command: Command,
        scope: Scope,
        context: CommandContext = CommandContext()
    ) async throws(CommandError) -> CommandResult {
        var result = try await submitPatiently(command, scope, context)
        try await waitUntilDurable(result.sequence)
        try await destroyKeys(of: result)
        try await destroyJobFiles(after: result)
        if let first = result.firstOfReplay {
            result.events = try events(from: first, through: result.sequence)
        }
        return result
    }

    /// Submits again for up to a second while more waits for the disk than the log allows.
    private func submitPatiently(
        _ command: Command,
        _ scope: Scope,
        _ context: CommandContext
    ) async throws(CommandError) -> CommandResult {
        for _ in 0..<100 {
            do {
                return try submit(command, scope: scope, context: context)
            } catch .unavailable(.overloaded) {
                try await waitUntilDurable(log.head.appended)
                try? await Task.sleep(for: .milliseconds(10))
                guard !Task.isCancelled else { throw .unavailable(.cancelled) }
            }
        }
        throw .unavailable(.overloaded)
    }

    /// Runs a command without waiting for the disk: its events are in order and visible, but not durable yet.
    ///
    /// For streams of commands, which wait for durability once in a while; see ``waitUntilDurable(_:)``.
    ///
    /// - Returns: What it came to; for a retry without the events of the first attempt, which are in the log.
    /// - Throws: As ``execute(_:scope:context:)``.
    public func submit(
        _ command: Command,
        scope: Scope,
        context: CommandContext = CommandContext()
    ) throws(CommandError) -> CommandResult {
        if let permission = command.requiredPermission {
            try scope.require(permission)
        } else {
            try scope.requireAdmin()
        }
        // The closure returns a result, since a lock passes untyped errors on only.
        return
            try state.withLock { state in
                Result { () throws(CommandError) in try run(command, scope, context, &state) }
            }
            .get()
    }

    private func run(
        _ command: Command,
        _ scope: Scope,
        _ context: CommandContext,
        _ state: inout OrganizationState
    ) throws(CommandError) -> CommandResult {
        if let idempotency = context.idempotency,
            let first = state.idempotency(actor: scope.actor, key: idempotency.key)
        {
            guard first.fingerprint == idempotency.fingerprint else { throw .idempotencyKeyReused }
            return CommandResult(
                events: [],
                sequence: first.firstSequence.advanced(by: first.eventCount - 1),
                firstOfReplay: first.firstSequence
            )
        }
        let decided: [Decided]
        do {
            decided = try decide(
                command,
                facts: state,
                expectedVersion: context.expectedVersion,
                at: context.occurredAt ?? max(now(), state.lastRecordedAt),
                by: scope.deciding
            )
        } catch {
            if case .permissionMissing(let permission) = error { throw .forbidden(permission) }
            throw .rejected(error)
        }
        guard !decided.isEmpty else { return CommandResult(events: [], sequence: state.head) }
        let events = record(decided, scope, context, state)
        try keys?.reserve(for: events, of: state.customerCount)
        var batch = RecordBatch(recordedAt: events[0].recordedAt)
        var isPersonal = false
        for event in events {
            batch.appendRecord { if codec.encode(event, into: &$0) { isPersonal = true } }
        }
        try append(batch, sealed: isPersonal ? try sealed(batch, after: state.head) : batch, &state)
        if state.products != nil { for event in events { state.products?.add(event) } }
        return CommandResult(events: events, sequence: state.head)
    }

    /// Hands a batch to the log, sealed, and applies the bytes that a replay will read: one way to change state.
    private func append(
        _ batch: RecordBatch,
        sealed: RecordBatch,
        _ state: inout OrganizationState
    ) throws(CommandError) {
        let first = state.head.advanced(by: 1)
        try batch.bytes.withUnsafeBufferPointer { (bytes) throws(CommandError) in
            var records: [RecordView] = []
            records.reserveCapacity(batch.count)
            var start = 0
            do throws(RecordError) {
                for (index, end) in batch.ends.enumerated() {
                    let body = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<end])
                    records.append(try codec.view(body.bytes, sequence: first.advanced(by: index)))
                    start = end
                }
            } catch {
                throw .unreadable(String(describing: error))
            }
            do throws(AppendError) {
                try log.append(sealed, expectedHead: state.head)
            } catch {
                throw .unavailable(error)
            }
            let (lastErasure, lastAccessChange) = (state.lastErasure, state.lastAccessChange)
            for record in records { state.apply(record) }
            if state.lastErasure != lastErasure { forgetAnswers(before: state.head) }
            if state.lastAccessChange != lastAccessChange { knownKeys.forgetAll() }
        }
    }

    /// Drops what was sent before, and whatever is still being made of it.
    private func forgetAnswers(before head: SequenceNumber) {
        keptRows.wipe()
        keptPages.drop(after: head)
    }

    /// A batch with its personal fields sealed.
    private func sealed(_ batch: RecordBatch, after head: SequenceNumber) throws(CommandError) -> RecordBatch {
        guard keys != nil else { return batch }
        var sealed = RecordBatch(recordedAt: batch.recordedAt)
        do {
            for index in 0..<batch.count {
                try sealed.appendRecord { (bytes) throws(RecordError) in
                    try codec.seal(
                        batch.body(at: index).span.bytes,
                        sequence: head.advanced(by: index + 1),
                        into: &bytes
                    )
                }
            }
        } catch {
            throw .unreadable(String(describing: error))
        }
        return sealed
    }

    /// Gives decided events their place, time and version.
    private func record(
        _ decided: [Decided],
        _ scope: Scope,
        _ context: CommandContext,
        _ state: borrowing OrganizationState
    ) -> [RecordedEvent] {
        let recordedAt = max(now(), state.lastRecordedAt)
        var versions: [CustomerOrdinal: UInt32] = [:]
        var events: [RecordedEvent] = []
        events.reserveCapacity(decided.count)
        for (index, change) in decided.enumerated() {
            var version: UInt32 = 0
            if let customer = change.customer {
                let isNew = customer.index >= state.customerCount
                version = (versions[customer] ?? (isNew ? 0 : state.standing(of: customer).version)) + 1
                // Most commands are one event, which nobody asks for the version of.
                if index + 1 < decided.count { versions[customer] = version }
            }
            events.append(
                RecordedEvent(
                    sequence: state.head.advanced(by: index + 1),
                    recordedAt: recordedAt,
                    occurredAt: context.occurredAt ?? recordedAt,
                    actor: scope.actor,
                    requestID: context.requestID,
                    origin: state.settings.recordsOrigin ? context.origin : nil,
                    customer: change.customer,
                    customerVersion: version,
                    idempotency: index == 0 ? context.idempotency : nil,
                    event: change.event
                )
            )
        }
        return events
    }

    // MARK: Reads

    /// Answers from the state, and returns when everything that the answer may show is durable.
    ///
    /// `body` runs under the organization's lock: let it only look things up.
    ///
    /// - Parameter body: Gets the state and the time at which it is asked.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or ``CommandError/unavailable(_:)``.
    public func read<Answer>(
        _ body: (borrowing OrganizationState, QueryTime) throws -> Answer
    ) async throws -> Answer {
        var (answer, head, isAnswered) = try look(body)
        while !isAnswered {
            try await indexProducts()
            (answer, head, isAnswered) = try look(body)
        }
        do {
            try await waitUntilDurable(head)
            return answer
        } catch {
            guard case .unavailable(.failed) = error else { throw error }
            // What the state shows will never be durable: answer from what is.
            try await dropWhatIsNotDurable()
            let (answer, head, _) = try look(body)
            try await waitUntilDurable(head)
            return answer
        }
    }

    private func look<Answer>(
        _ body: (borrowing OrganizationState, QueryTime) throws -> Answer
    ) rethrows -> (Answer, SequenceNumber, isAnswered: Bool) {
        try state.withLock { state in
            let time = queryTime(of: state)
            let answer = try body(state, time)
            return (answer, state.head, isAnswered: !time.products.wasMissed)
        }
    }

    /// Replays the durable part of a log that failed, on a thread of its own, so that reads go on.
    ///
    /// - Throws: ``CommandError/unreadable(_:)`` when the log cannot be read, either.
    private func dropWhatIsNotDurable() async throws(CommandError) {
        let outcome = await Threads.run { [self] in
            Result { () throws(CommandError) in
                do {
                    try replaying.withLock { _ in
                        guard peek({ state, _ in state.head }) > log.head.durable else { return }
                        var report = OpeningReport()
                        var replayed = try OrganizationState(replaying: log, codec, keeper?.builder, &report)
                        state.withLock { state in
                            swap(&state, &replayed)
                            forgetAnswers(before: state.head)
                            knownKeys.forgetAll()
                        }
                    }
                } catch {
                    throw .unreadable(String(describing: error))
                }
            }
        }
        try outcome.get()
    }

    /// Answers from the state as it is, durable or not; for tools that are the only caller.
    public func peek<Answer>(_ body: (borrowing OrganizationState, QueryTime) throws -> Answer) rethrows -> Answer {
        try state.withLock { state in try body(state, queryTime(of: state)) }
    }

    /// Returns once the event `sequence`, and all before it, are durable.
    ///
    /// - Throws: ``CommandError/unavailable(_:)``.
    public func waitUntilDurable(_ sequence: SequenceNumber) async throws(CommandError) {
        do {
            try await log.waitUntilDurable(sequence)
        } catch {
            throw .unavailable(error)
        }
    }

    /// How far the log reaches.
    public var head: LogHead { log.head }

    private func queryTime(of state: borrowing OrganizationState) -> QueryTime {
        let now = now()
        let timeZone = state.settings.timeZone
        return QueryTime(
            now: now,
            monthStart: months.start(of: now, timeZone: timeZone),
            calendar: calendars.calendar(of: timeZone),
            products: ProductSource(state.knowsAllProducts ? state.products : nil)
        )
    }

    /// Begins to collect the products of orders to come; the last event before them, or `nil` when all are known.
    func beginProducts() -> SequenceNumber? {
        state.withLock { state in
            guard !state.knowsAllProducts else { return nil }
            state.products = ProductIndex()
            return state.head
        }
    }

    /// Puts the products of orders before to those that were collected.
    func finishProducts(_ products: consuming ProductIndex) {
        state.withLock { state in
            // A state that was replayed in between collects nothing: who asks next begins anew.
            guard let later = state.products else { return }
            products.add(later)
            state.products = products
            state.knowsAllProducts = true
        }
    }

    // MARK: Authentication

    /// The scope of the holder of a secret, with what its role allows now; `nil` when no standing key has it.
    ///
    /// Notes the use, see ``recordKeyUses()``.
    public func authenticate(secret: Secret) -> Scope? {
        let (digest, now) = (secret.digest, now())
        let (known, changeCount) = knownKeys.scope(withDigest: digest, at: now)
        if let known { return known }
        guard let (key, end) = state.withLock({ $0.apiKey(withDigest: digest, at: now) }) else { return nil }
        keyUses.note(key.id, at: now)
        let scope = Scope(organization: name, key: key)
        // Tomorrow its use is noted again.
        let tomorrow = now.startOfDay.advanced(byDays: 1)
        knownKeys.note(scope, withDigest: digest, until: min(end ?? tomorrow, tomorrow), lookedUpAfter: changeCount)
        return scope
    }

    /// The scope of who asked for something before, as events name it, with what it may do now; `nil` when it stands no longer.
    ///
    /// Nobody can tell later what a token allows: its holder keeps the permission that it was asked with.
    func scope(ofActor actor: String, asked permission: Permission) -> Scope? {
        if let scope = Scope(organization: name, tokenActor: actor, asked: permission) { return scope }
        guard let id = APIKeyID(actor) else { return .local(tool: actor, organization: name) }
        let now = now()
        return state.withLock { $0.holder(of: id, at: now) }.map { Scope(organization: name, key: $0) }
    }
}
