import CustomerDomain
import CustomerProjections
import CustomerRecords
public import EventSourcing
import Glibc
public import LogStorage

extension Organization {
    /// Opens an organization to work in it: recovers its log, or makes a new one, and rebuilds the state.
    ///
    /// The state begins with the newest snapshot that fits log and program, and the log's later events are replayed; which
    /// snapshot that was, and why newer ones were not used, is in ``opening``.
    ///
    /// - Parameters:
    ///   - name: The organization's name, which is that of its directory.
    ///   - data: The data directory, locked by this process.
    ///   - options: The limits of the log; the data directory's key signs its checkpoints.
    ///   - masterKeys: What wraps the personal keys; `nil` for the data directory's own, made when there is none.
    ///   - now: The clock.
    ///   - identifiers: Where new identifiers come from; `nil` for the clock and the system's randomness.
    /// - Returns: The organization, with all that its log holds.
    /// - Throws: `LogStorageError`, or `RecordError` for a record that this program cannot read. Damage is not an error:
    ///   then the organization only reads, up to the damage; see ``status``.
    public static func open(
        _ name: String = defaultName,
        in data: DataDirectory,
        options: LogOptions = LogOptions(),
        masterKeys: [MasterKey]? = nil,
        now: @escaping @Sendable () -> Timestamp = systemTime,
        identifiers: IdentifierSource? = nil
    ) throws -> Organization {
        var options = options
        options.checkpointSigner = try signer(of: data)
        let directory = data.organizationDirectory(name)
        let log = try SegmentedLog.open(directory: directory, options: options)
        do {
            let keys = try PersonKeyRing.open(directory, log) { () throws(LogStorageError) in
                if let masterKeys { masterKeys } else { try data.masterKeys() }
            }
            return try Organization(name: name, storage: log, keys: keys, now: now, identifiers: identifiers)
        } catch let error as LogStorageError where error.code == .damaged && !options.readsAllAtOpen {
            // Opening does not read the blocks of sealed segments. Now that some are damaged, all is to be known.
            log.close()
            var options = options
            options.readsAllAtOpen = true
            return try open(
                name,
                in: data,
                options: options,
                masterKeys: masterKeys,
                now: now,
                identifiers: identifiers
            )
        }
    }

    /// The key that signs checkpoints; `nil` when there is none, and now no room for a new one: a later start signs.
    private static func signer(of data: DataDirectory) throws(LogStorageError) -> CheckpointSigner? {
        do {
            return try data.checkpointSigner()
        } catch {
            guard error.isStorageFull || error.forbidsWriting else { throw error }
            return nil
        }
    }

    /// Opens an organization to look at it, beside a process that works in it or without one; changes nothing.
    ///
    /// The state is made from the log alone, so that it tells what the log says.
    ///
    /// - Parameters:
    ///   - name: The organization's name, which is that of its directory.
    ///   - path: The data directory.
    ///   - reader: Who looks, which decides about personal data.
    /// - Returns: The organization.
    /// - Throws: As ``open(_:in:options:masterKeys:now:identifiers:)``.
    public static func openReadOnly(
        _ name: String = defaultName,
        inDirectory path: String,
        for reader: PersonalReader = .holder()
    ) throws -> Organization {
        let log = try SegmentedLog.openReadOnly(directory: DataDirectory.organizationDirectory(name, in: path))
        let codec = RecordCodec(keys: try reader.keys(of: name, in: path, log: log))
        return try Organization(name: name, lookingAt: log, codec: codec)
    }

    /// The organization that every data directory has.
    public static let defaultName = "default"

    /// Ends a snapshot that is being taken, finishes what was taken, syncs and closes the log; blocks meanwhile.
    ///
    /// Later commands are refused.
    public func close() {
        keeper?.close()
        storage?.close()
    }

    /// How the log is.
    public var status: OrganizationStatus {
        var status = OrganizationStatus(
            head: head,
            statistics: storage?.statistics,
            recovery: storage?.recovery,
            verification: storage?.verification
        )
        status.recoveryLines += opening.lines
        status.refusal = storage?.refusal
        let last = peek { state, _ in state.lastRecordedAt }
        status.clockLag = last.microseconds > 0 ? max(0, last.microseconds - now().microseconds) : 0
        return status
    }

    /// Makes the admin key of a new organization.
    ///
    /// - Parameter secret: The secret that the key shall have; `nil` for a random one.
    /// - Returns: The secret, when there was no admin key yet; otherwise `nil`, and nothing changed.
    /// - Throws: ``CommandError``.
    public func createFirstAdminKey(secret: Secret?) async throws(CommandError) -> Secret? {
        guard peek({ state, _ in state.adminKeyCount }) == 0 else { return nil }
        let secret = secret ?? identifiers.nextSecret()
        let key = APIKey(id: identifiers.next(), name: "First admin key", secretDigest: secret.digest, role: .admin)
        _ = try await execute(.createAPIKey(key), scope: .local(tool: "patron", organization: name))
        return secret
    }
}

extension OrganizationState {
    /// The state that the durable events of a log make, beginning with the newest snapshot that fits.
    init(
        replaying log: any EventLog,
        _ codec: RecordCodec,
        _ snapshots: StateBuilder?,
        _ report: inout OpeningReport
    ) throws {
        var replayed = snapshots?.newestSnapshot(&report) ?? OrganizationState()
        var room: [UInt8] = []
        replayed.beginReplay()
        try log.read(from: replayed.head.advanced(by: 1), through: nil) { sequence, body in
            try codec.withView(body, sequence: sequence, room: &room) { replayed.apply($0) }
            return true
        }
        replayed.finishReplay()
        self = replayed
    }
}

/// The system's clock, to the microsecond.
@Sendable
public func systemTime() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
}
