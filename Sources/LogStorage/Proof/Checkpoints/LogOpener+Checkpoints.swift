import EventSourcing

/// What the checkpoints say of a log that is being opened.
struct CheckpointStanding {
    /// How the newest checkpoint that was signed here differs from the records; `nil` when it does not.
    var disagreement: LogFinding?
    /// The size of the newest checkpoint, signed or not, of as many records as there are or fewer.
    var lastSize = 0
}

extension LogOpener {
    var checkpointStore: CheckpointStore {
        CheckpointStore(fileSystem: fileSystem, organizationDirectory: directory)
    }

    /// Compares the newest checkpoint that was signed here with the records; reads at most 1,024 of them.
    ///
    /// What was signed once must never be contradicted: a log that was cut, changed or replaced since is opened to read only.
    /// Without a key nothing is compared.
    func checkpointStanding(_ inspection: LogInspection) throws(LogStorageError) -> CheckpointStanding {
        guard let signer = options.checkpointSigner else { return CheckpointStanding() }
        do {
            let size = inspection.tree.size
            let sizes = try checkpointStore.sizes()
            var standing = CheckpointStanding(lastSize: sizes.last { $0 <= size } ?? 0)
            // What rotted, or came from elsewhere, must not hide what was signed before.
            for size in sizes.reversed() {
                guard let checkpoint = try checkpointStore.read(size: size),
                    checkpoint.isOfOrganization(organization),
                    checkpoint.isSigned(by: signer.key(for: checkpoint.origin))
                else { continue }
                standing.disagreement = try disagreement(checkpoint, inspection)
                break
            }
            return standing
        } catch let error as FileError {
            throw LogStorageError(error)
        } catch let error as LogStorageError {
            throw error
        } catch {
            throw LogStorageError(.damaged, "\(error)", path: directory)
        }
    }

    private func disagreement(_ checkpoint: Checkpoint, _ inspection: LogInspection) throws -> LogFinding? {
        guard let header = inspection.segments.first?.header else { return .missing(through: checkpoint, from: 0) }
        guard checkpoint.origin == CheckpointSigner.origin(organization: organization, logID: header.logID) else {
            return .replaced(checkpoint)
        }
        let size = inspection.tree.size
        guard checkpoint.head.size <= size else { return .missing(through: checkpoint, from: size) }
        let log = makeReadOnly(inspection, RecoveryReport(), reason: "")
        return try log.treeHead(at: checkpoint.head.size) == checkpoint.head ? nil : .tampered(checkpoint, from: 0)
    }

    func makeCheckpointKeeper(_ logID: LogID, _ standing: CheckpointStanding) -> CheckpointKeeper? {
        options.checkpointSigner.map { signer in
            CheckpointKeeper(
                signer: signer,
                origin: CheckpointSigner.origin(organization: organization, logID: logID),
                store: checkpointStore,
                schedule: CheckpointSchedule(lastSize: standing.lastSize, interval: options.checkpointInterval)
            )
        }
    }
}
