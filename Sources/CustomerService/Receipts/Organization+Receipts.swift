public import CustomerDomain
import CustomerProjections
import EventSourcing
import LogStorage

/// Why there is no receipt.
public enum ReceiptError: Error, Hashable, Sendable {
    /// There is no such customer.
    case unknown
    /// Nobody was erased, or not by this request.
    case notErased
    /// The log signs nothing: it is in memory, or only reads.
    case notSigned
    /// The erasure is in the log, but the keys are not destroyed yet, or the log's tree is not that far.
    case notYet
    /// Something cannot be read.
    case unreadable(String)
}

extension Organization {
    /// The receipt of a customer's erasure, signed.
    ///
    /// Of somebody who was merged before, it is that of who answers for both. Reads the customer's events since, and two
    /// thousand records at most for the tree.
    ///
    /// - Parameter id: The customer.
    /// - Returns: The receipt, as a signed note; always the same.
    /// - Throws: ``ReceiptError``.
    public func erasureReceipt(of id: CustomerID) async throws(ReceiptError) -> String {
        guard let storage, let keys else { throw .notSigned }
        let found: (CustomerOrdinal, [CustomerOrdinal], [CustomerID])? = peek { state, _ in
            guard var customer = state.customer(id) else { return nil }
            while let survivor = state.standing(of: customer).mergedInto { customer = survivor }
            let identities = state.identities(of: customer).sorted()
            return (customer, identities, identities.map { state.standing(of: $0).id })
        }
        guard let (customer, identities, ids) = found else { throw .unknown }
        let erased = try erasure(of: customer)
        let slots = identities.map(\.index)
        for slot in slots {
            guard case .destroyed = keys.vault.key(at: slot) else { throw .notYet }
        }
        let size = Int(erased.event.sequence.value)
        // The tree follows the acknowledgement by a moment.
        for _ in 0..<100 where storage.treeHead.size < size { try? await Task.sleep(for: .milliseconds(10)) }
        guard storage.treeHead.size >= size else { throw .notYet }
        do {
            guard let origin = storage.checkpointOrigin, storage.checkpointKey != nil else {
                throw ReceiptError.notSigned
            }
            let receipt = ErasureReceipt(
                origin: origin,
                request: erased.request,
                customer: peek { state, _ in state.standing(of: customer).id },
                identities: ids,
                erased: erased.event,
                slots: slots,
                head: try storage.makeCheckpoint(size: size).head
            )
            return try storage.sign(lines: receipt.lines).note
        } catch let error as ReceiptError {
            throw error
        } catch {
            throw .unreadable("\(error)")
        }
    }

    /// The receipt of the erasure that executed a request.
    ///
    /// - Parameter request: The request.
    /// - Returns: As ``erasureReceipt(of:)-(CustomerID)``.
    /// - Throws: ``ReceiptError``: `unknown` when there is no such request.
    public func erasureReceipt(of request: DataRequestID) async throws(ReceiptError) -> String {
        let found = peek { state, _ in
            state.dataRequest(request).map { ($0, state.standing(of: $0.customer).id) }
        }
        guard let (standing, customer) = found else { throw .unknown }
        guard standing.right == .erasure, standing.status == .executed else { throw .notErased }
        return try await erasureReceipt(of: customer)
    }

    /// The event that erased a customer, and the request that it executed.
    private func erasure(
        of customer: CustomerOrdinal
    ) throws(ReceiptError) -> (event: RecordedEvent, request: DataRequestID?) {
        guard peek({ state, _ in state.standing(of: customer).status }) == .erased else { throw .notErased }
        do {
            var before: SequenceNumber?
            while true {
                // Refunds and the like may follow.
                let page = peek { [before] state, _ in state.timeline(of: customer, before: before, limit: 100) }
                for reference in page {
                    guard let event = try event(reference.sequence), case .customerErased = event.event else {
                        continue
                    }
                    guard event.sequence.value > 1,
                        case .dataRequestExecuted(let executed)? = try self.event(
                            SequenceNumber(event.sequence.value - 1)
                        )?
                        .event,
                        peek({ state, _ in state.dataRequest(executed.id)?.right }) == .erasure
                    else { return (event, nil) }
                    return (event, executed.id)
                }
                guard let last = page.last else { throw ReceiptError.unreadable("the erasure is not in the log") }
                before = last.sequence
            }
        } catch let error as ReceiptError {
            throw error
        } catch {
            throw .unreadable("\(error)")
        }
    }
}
