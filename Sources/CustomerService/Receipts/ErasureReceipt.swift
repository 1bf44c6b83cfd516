public import CustomerDomain
public import EventSourcing
public import LogStorage

/// What the server signs about an erasure, for the person and for auditors: nothing personal.
///
/// Made on demand from the log and the vault, and stored nowhere.
public struct ErasureReceipt: Hashable, Sendable {
    /// The name of the log, which is also that of the key that signs.
    public var origin: String
    /// The request that was executed; `nil` where there was none.
    public var request: DataRequestID?
    /// Who was erased.
    public var customer: CustomerID
    /// That customer, and all who had been merged into it.
    public var identities: [CustomerID]
    /// The event that erased them.
    public var sequence: SequenceNumber
    /// When it was recorded.
    public var erasedAt: Timestamp
    /// The slots of the vault in which their keys were, in the order of ``identities``.
    public var slots: [Int]
    /// The log up to that event.
    public var head: TreeHead

    private static let title = "patron/erasure-receipt@v1"
    private static let names = [
        "origin", "request", "customer", "identities", "erased", "time", "slots", "checkpoint",
    ]

    init(
        origin: String,
        request: DataRequestID?,
        customer: CustomerID,
        identities: [CustomerID],
        erased: RecordedEvent,
        slots: [Int],
        head: TreeHead
    ) {
        self.origin = origin
        self.request = request
        self.customer = customer
        self.identities = identities
        sequence = erased.sequence
        erasedAt = erased.recordedAt
        self.slots = slots
        self.head = head
    }

    /// The lines that are signed.
    var lines: [String] {
        let values = [
            origin,
            request?.description ?? "-",
            customer.description,
            identities.map(\.description).joined(separator: " "),
            "\(sequence.value)",
            erasedAt.rfc3339,
            slots.map(String.init).joined(separator: " "),
            "\(head.size) \(head.root.base64)",
        ]
        return [Self.title] + zip(Self.names, values).map { "\($0) \($1)" }
    }

    /// The receipt that a note is; `nil` when it is none.
    ///
    /// Nothing in it is to be trusted before the statement's signature was checked, and the key's name is ``origin``.
    public init?(_ statement: SignedStatement) {
        let lines = statement.lines
        guard lines.count == Self.names.count + 1, lines[0] == Self.title else { return nil }
        var values: [String: String] = [:]
        for (name, line) in zip(Self.names, lines.dropFirst()) {
            guard line.hasPrefix(name + " ") else { return nil }
            values[name] = String(line.dropFirst(name.count + 1))
        }
        func words(_ name: String) -> [Substring] {
            (values[name] ?? "").split(separator: " ", omittingEmptySubsequences: false)
        }
        let request = values["request"].flatMap { DataRequestID($0) }
        let identities = words("identities").compactMap { CustomerID(String($0)) }
        let slots = words("slots").compactMap { Int($0) }
        let checkpoint = words("checkpoint")
        guard let origin = values["origin"], let customer = values["customer"].flatMap({ CustomerID($0) }),
            let sequence = values["erased"].flatMap({ UInt64($0) }),
            let erasedAt = values["time"].flatMap({ Timestamp(rfc3339: $0) }), checkpoint.count == 2,
            let size = Int(checkpoint[0]), let root = MerkleHash(base64: checkpoint[1])
        else { return nil }
        self.origin = origin
        self.request = request
        self.customer = customer
        self.identities = identities
        self.sequence = SequenceNumber(sequence)
        self.erasedAt = erasedAt
        self.slots = slots
        head = TreeHead(size: size, root: root)
        // Each receipt has one text.
        guard self.lines == lines, slots.count == identities.count, UInt64(size) >= sequence else { return nil }
    }
}
