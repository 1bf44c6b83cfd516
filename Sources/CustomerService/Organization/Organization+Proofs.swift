public import CustomerDomain
import CustomerProjections
import CustomerRecords
public import EventSourcing
import LogStorage

/// What the log says of itself, signed.
public struct SignedHead: Hashable, Sendable {
    /// How many events there are.
    public let size: Int
    /// The root of the Merkle tree over them, 32 bytes.
    public let rootHash: [UInt8]
    /// The checkpoint, as a signed note.
    public let checkpoint: String
    /// The key to check it with, as text; `nil` when only checkpoints that were written are at hand.
    public let key: String?
}

/// Why there is no proof.
public enum ProofError: Error, Hashable, Sendable {
    /// The log has no checkpoints: it is in memory, or has none yet.
    case notSigned
    /// The tree asked for is larger than the log, or than its newest checkpoint.
    case beyond(size: Int)
    /// The log only reads, and has no checkpoint of that size; the next one written has the other size.
    case notWritten(size: Int, next: Int)
    /// The event, or the earlier tree, is not in the later tree.
    case outside(size: Int)
    /// The event is about somebody who was erased: its record is not given out any more.
    case erased
    /// So many records in one document are too many.
    case tooMany(limit: Int)
    /// There is no such customer.
    case noCustomer
    /// The records cannot be read, or are not those that were signed.
    case unreadable(String)
}

/// Proofs for outsiders; see `docs/PROOFS.md`. They read two thousand records at most.
///
/// A log that is open to write signs trees of any size; one that is open to read only has the checkpoints that were written.
extension Organization {
    /// The signed head of the durable log.
    ///
    /// - Throws: ``ProofError``.
    public func signedHead() throws(ProofError) -> SignedHead {
        try proving { (log) throws in
            let checkpoint = try self.checkpoint(log, nil)
            return SignedHead(
                size: checkpoint.head.size,
                rootHash: checkpoint.head.root.bytes,
                checkpoint: checkpoint.note,
                key: log.checkpointKey?.description
            )
        }
    }

    /// A document that shows an event to be in the log as it was at some size.
    ///
    /// - Parameters:
    ///   - sequence: The event.
    ///   - size: The size; `nil` for all that is durable, or for the newest checkpoint.
    /// - Returns: The document, with the event's record as it is stored.
    /// - Throws: ``ProofError``.
    public func inclusionProof(of sequence: SequenceNumber, in size: Int? = nil) throws(ProofError) -> String {
        try proving { (log) throws in
            let checkpoint = try self.checkpoint(log, size)
            guard sequence.value >= 1, sequence.value <= UInt64(checkpoint.head.size) else {
                throw ProofError.outside(size: checkpoint.head.size)
            }
            guard try !self.isOfErased(sequence) else { throw ProofError.erased }
            return try log.inclusionDocument(of: sequence, in: checkpoint).text
        }
    }

    /// A document that shows the log at some size to begin with all that it was at an earlier one.
    ///
    /// - Parameters:
    ///   - old: The earlier size, at least 1.
    ///   - new: The later size; `nil` for all that is durable, or for the newest checkpoint.
    /// - Returns: The document.
    /// - Throws: ``ProofError``.
    public func consistencyProof(from old: Int, to new: Int? = nil) throws(ProofError) -> String {
        try proving { (log) throws in
            let later = try self.checkpoint(log, new)
            guard old >= 1, old <= later.head.size else { throw ProofError.outside(size: later.head.size) }
            return try log.consistencyDocument(from: try self.checkpoint(log, old), to: later).text
        }
    }

    /// How many records one document may have.
    public static let proofRecordLimit = 1_000

    /// A document with all events of a range, in words and as records, that shows that they are in the log and none is left out.
    ///
    /// Of people who were erased it has the hashes alone. What the events say in words is signed by a log that is open to write, and
    /// left out otherwise.
    ///
    /// - Parameters:
    ///   - first: The first event.
    ///   - last: The last one; at most ``proofRecordLimit`` events.
    ///   - size: How many events the log shall have; `nil` for all that is durable, or for the newest checkpoint.
    /// - Returns: The document.
    /// - Throws: ``ProofError``.
    public func rangeProof(
        from first: SequenceNumber,
        through last: SequenceNumber,
        in size: Int? = nil
    ) throws(ProofError) -> String {
        try proving { (log) throws in
            let checkpoint = try self.checkpoint(log, size)
            guard first.value >= 1, first <= last, last.value <= UInt64(checkpoint.head.size) else {
                throw ProofError.outside(size: checkpoint.head.size)
            }
            guard last.value - first.value < UInt64(Self.proofRecordLimit) else {
                throw ProofError.tooMany(limit: Self.proofRecordLimit)
            }
            let sequences = (first.value...last.value).map { SequenceNumber($0) }
            return try self.recordsProof(log, sequences, .range(first, last), checkpoint)
        }
    }

    /// A document with all events of a customer up to some size of the log: versions 1 to n, all of them in the log and none missing.
    ///
    /// - Parameters:
    ///   - customer: The customer; events of those merged into it are in documents of their own.
    ///   - size: How many events the log shall have; `nil` for all that is durable, or for the newest checkpoint.
    /// - Returns: The document.
    /// - Throws: ``ProofError``; `erased` for somebody who was erased.
    public func historyProof(of customer: CustomerID, in size: Int? = nil) throws(ProofError) -> String {
        try proving { (log) throws in
            let checkpoint = try self.checkpoint(log, size)
            let found = self.peek { state, _ in state.customer(customer).map { ($0, state.standing(of: $0).status) } }
            guard let (ordinal, status) = found else { throw ProofError.noCustomer }
            guard status != .erased else { throw ProofError.erased }
            let sequences = try self.events(of: ordinal, through: SequenceNumber(UInt64(checkpoint.head.size)))
            guard !sequences.isEmpty else { throw ProofError.outside(size: checkpoint.head.size) }
            let claim = RecordsProof.Claim.history(holder: UInt64(ordinal.value), count: sequences.count)
            return try self.recordsProof(log, sequences, claim, checkpoint)
        }
    }

    /// Where a customer's own events are.
    private func events(of customer: CustomerOrdinal, through last: SequenceNumber) throws -> [SequenceNumber] {
        var criteria = RecordCriteria()
        criteria.customers = [customer]
        var own: [SequenceNumber] = []
        for sequence in history(of: customer).events where sequence <= last {
            try log.read(from: sequence, through: sequence) { sequence, body in
                if try codec.match(body, criteria, sequence: sequence).meets { own.append(sequence) }
                return true
            }
            guard own.count <= Self.proofRecordLimit else { throw ProofError.tooMany(limit: Self.proofRecordLimit) }
        }
        return own
    }

    private func recordsProof(
        _ log: SegmentedLog,
        _ sequences: [SequenceNumber],
        _ claim: RecordsProof.Claim,
        _ checkpoint: Checkpoint
    ) throws -> String {
        let isSigned = log.checkpointKey != nil
        let document = try log.recordsDocument(
            of: sequences,
            claim: claim,
            in: checkpoint,
            words: isSigned ? { try self.words(of: $0) } : nil,
            isWithheld: { sequence in (try? self.isOfErased(sequence)) ?? true }
        )
        return document.text
    }

    private func words(of sequence: SequenceNumber) throws -> String? {
        try event(sequence)
            .map { event in
                let id = peek { state, _ in event.customer.map { state.standing(of: $0).id } }
                return EventLine.json(event, customer: id)
            }
    }

    /// Whether an event is about somebody who was erased.
    private func isOfErased(_ sequence: SequenceNumber) throws -> Bool {
        let event = try self.event(sequence)
        return peek { state, _ in event?.customer.map { state.standing(of: $0).status == .erased } ?? false }
    }

    private func checkpoint(_ log: SegmentedLog, _ size: Int?) throws -> Checkpoint {
        if log.checkpointKey != nil {
            let head = log.treeHead
            if let size, size > head.size { throw ProofError.beyond(size: head.size) }
            return try log.makeCheckpoint(size: size)
        }
        let written = try log.writtenCheckpointSizes()
        guard let newest = written.last else { throw ProofError.notSigned }
        let size = size ?? newest
        guard let next = written.first(where: { $0 >= size }) else { throw ProofError.beyond(size: newest) }
        guard next == size else { throw ProofError.notWritten(size: size, next: next) }
        return try log.writtenCheckpoint(size: size)
    }

    private func proving<Value>(_ body: (SegmentedLog) throws -> Value) throws(ProofError) -> Value {
        guard let storage else { throw .notSigned }
        do {
            return try body(storage)
        } catch let error as ProofError {
            throw error
        } catch {
            throw .unreadable("\(error)")
        }
    }
}
