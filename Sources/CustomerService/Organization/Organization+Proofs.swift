import CustomerDomain
import CustomerProjections
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
            let event = try self.event(sequence)
            let isErased = self.peek { state, _ in
                event?.customer.map { state.standing(of: $0).status == .erased } ?? false
            }
            guard !isErased else { throw ProofError.erased }
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
