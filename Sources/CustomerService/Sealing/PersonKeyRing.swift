import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing
import LogStorage
import Synchronization

/// The personal keys of one organization at work: its vault, in which keys are minted ahead of need.
final class PersonKeyRing: PersonalKeys {
    /// How many keys are minted ahead of need at least: 256 KiB of the vault.
    static let aheadCount = 4 << 10

    let vault: KeyVault
    private let aheadCount: Int
    private let minting = Mutex(Minting())

    /// The work on a thread of its own, while there is some.
    private struct Minting {
        var isRunning = false
        /// Why the last one failed.
        var failure: AppendError?
    }

    init(_ vault: KeyVault, aheadCount: Int = aheadCount) {
        self.vault = vault
        self.aheadCount = aheadCount
    }

    var overhead: Int { DataKey.overhead }

    func seal(
        _ plain: RawSpan,
        of customer: CustomerOrdinal,
        authenticating clear: [UInt8],
        into bytes: inout [UInt8]
    ) -> PersonalSealing {
        guard case .live(let key) = vault.key(at: customer.index) else { return refusal(of: customer) }
        key.seal(plain, authenticating: clear, into: &bytes)
        return .done
    }

    func open(
        _ sealed: RawSpan,
        of customer: CustomerOrdinal,
        authenticating clear: [UInt8],
        into bytes: inout [UInt8]
    ) -> PersonalSealing {
        guard case .live(let key) = vault.key(at: customer.index) else { return refusal(of: customer) }
        return key.open(sealed, authenticating: clear, into: &bytes) ? .done : .forged
    }

    /// Why there is no key.
    private func refusal(of customer: CustomerOrdinal) -> PersonalSealing {
        switch vault.key(at: customer.index) {
        // Between two looks a key can only have been destroyed.
        case .live, .destroyed: .destroyed
        case .missing:
            .missing(
                reason: """
                    The vault has no key of customer \(customer.index): it is older than the log; put the newest backup of it \
                    in its place (patronctl vault restore FILE --data DIR).
                    """
            )
        case .damaged:
            .missing(
                reason: """
                    The key of customer \(customer.index) in the vault is damaged; put a backup of the vault in its place \
                    (patronctl vault restore FILE --data DIR).
                    """
            )
        }
    }

    /// Makes vault and log agree, whichever way a crash fell, and mints the first keys.
    ///
    /// - Parameters:
    ///   - customerCount: How many customers there are.
    ///   - erased: Who of them was erased; all of that is durable.
    /// - Throws: `LogStorageError`.
    func begin(customerCount: Int, erased: ErasedCustomers) throws(LogStorageError) {
        do {
            try vault.prepare(firstUnused: customerCount)
            try vault.mint(through: customerCount + aheadCount)
        } catch {
            // New people are refused until there is room; the others are served.
            guard error.isStorageFull else { throw error }
        }
        let left = erased.customers.map(\.index)
            .filter { slot in
                if case .live = vault.key(at: slot) { true } else { false }
            }
        // What erased them lies somewhere before; by which event is for the events that erase from now on.
        try vault.destroy(left, by: .none)
    }

    /// Makes sure that those who come to be with these events have keys, and mints more before they run out.
    ///
    /// - Parameters:
    ///   - newCount: How many people come to be.
    ///   - customerCount: How many there are.
    /// - Throws: `overloaded` while keys are being minted; `storageFull` or `failed` when that did not work.
    func reserve(_ newCount: Int, after customerCount: Int) throws(AppendError) {
        let needed = customerCount + newCount
        let slotCount = vault.slotCount
        guard slotCount - needed < aheadCount / 2 else { return }
        mintAhead(of: needed)
        guard slotCount < needed else { return }
        throw minting.withLock { $0.failure } ?? .overloaded
    }

    private func mintAhead(of count: Int) {
        let isFirst = minting.withLock { minting in
            defer { minting.isRunning = true }
            return !minting.isRunning
        }
        guard isFirst else { return }
        do {
            try Threads.start { [self] in
                var failure: AppendError?
                do throws(LogStorageError) {
                    // An import of a large shop shall not wait for the disk every few milliseconds.
                    try vault.mint(through: count + max(aheadCount, count / 8))
                } catch {
                    failure = error.isStorageFull ? .storageFull : .failed(reason: "\(error)")
                }
                minting.withLock { $0 = Minting(isRunning: false, failure: failure) }
            }
        } catch {
            minting.withLock { $0 = Minting(isRunning: false, failure: .failed(reason: "\(error)")) }
        }
    }
}
