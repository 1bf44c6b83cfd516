import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing
import LogStorage
import Synchronization

// Products of orders: made from the log when a query first asks for them, and kept up from then on.
extension Organization {
    /// Makes the index of products, once, however many ask at the same time.
    ///
    /// Costs a reading of the whole log, on a thread of its own.
    func indexProducts() async throws(CommandError) {
        let task = productTask.withLock { task in
            if let task { return task }
            let new = Task { await makeProducts() }
            task = new
            return new
        }
        let outcome = await task.value
        productTask.withLock { if $0 == task { $0 = nil } }
        try outcome.get()
    }

    private func makeProducts() async -> Result<Void, CommandError> {
        // What comes from now on is collected beside.
        guard let head = beginProducts() else { return .success(()) }
        do throws(CommandError) {
            try await waitUntilDurable(head)
        } catch {
            return .failure(error)
        }
        let outcome = await Threads.run { [self] in Result { try products(through: head) } }
        switch outcome {
        case .success(let products):
            finishProducts(products)
            return .success(())
        case .failure(let error): return .failure(.unreadable(String(describing: error)))
        }
    }

    private func products(through head: SequenceNumber) throws -> ProductIndex {
        var products = ProductIndex()
        var criteria = RecordCriteria()
        criteria.types = [.orderPlaced]
        try log.read(from: SequenceNumber(1), through: head) { sequence, body in
            if try codec.match(body, criteria, sequence: sequence).meets {
                products.add(try codec.decode(body, sequence: sequence))
            }
            return true
        }
        return products
    }
}
