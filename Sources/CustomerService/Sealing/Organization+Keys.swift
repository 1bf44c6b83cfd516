import CustomerDomain
import CustomerProjections
import EventSourcing
import LogStorage

extension PersonKeyRing {
    /// Makes sure that those who come to be with these events have keys.
    func reserve(for events: [RecordedEvent], of customerCount: Int) throws(CommandError) {
        let newCount = events.count { event in
            if case .customerCreated = event.event { true } else { false }
        }
        guard newCount > 0 else { return }
        do {
            try reserve(newCount, after: customerCount)
        } catch {
            throw .unavailable(error)
        }
    }
}

extension Organization {
    /// Ends the keys of those whom a command erased, merged ones among them; returns once that is durable.
    ///
    /// The erasure is durable before. When ending a key fails, the next start does it.
    func destroyKeys(of result: CommandResult) async throws(CommandError) {
        guard let keys else { return }
        let erased = result.events.compactMap { event in
            if case .customerErased = event.event { event.customer } else { nil }
        }
        guard !erased.isEmpty else { return }
        let slots = erased.flatMap { customer in peek { state, _ in state.identities(of: customer) } }.map(\.index)
        let outcome = await Threads.run {
            Result { () throws(LogStorageError) in try keys.vault.destroy(slots, by: result.sequence) }
        }
        do {
            try outcome.get()
        } catch {
            throw .unavailable(
                .failed(
                    reason: """
                        The erasure is in the log and nothing answers with the data any more, but the key could not be \
                        destroyed yet: \(error). The next start does it.
                        """
                )
            )
        }
    }
}
