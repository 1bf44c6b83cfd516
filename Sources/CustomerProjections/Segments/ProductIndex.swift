public import CustomerDomain
import EventSourcing
import Synchronization

/// Which products were in which orders, and how many pieces; made from the log when a query first asks for it.
///
/// Not a part of what the log makes of the state: lines are cold detail, and nearly all organizations never ask. An order is named by
/// its place in the log, so one index answers for every moment before it, too. Costs eight bytes a line.
public struct ProductIndex: Sendable {
    private static let quantityBits: UInt64 = 20

    private var skus = SymbolTable()
    /// By product: the sequence of the order and the pieces of a line, rising.
    private var lines: ContiguousArray<ContiguousArray<UInt64>> = []

    /// An index of no orders.
    public init() {}

    /// Takes in an event that comes after all before.
    public mutating func add(_ event: RecordedEvent) {
        guard case .orderPlaced(let order) = event.event else { return }
        for line in order.lines { add(line.sku, Self.packed(event.sequence, line.quantity)) }
    }

    /// Takes in what another index has of later events.
    public mutating func add(_ later: ProductIndex) {
        for (code, packed) in later.lines.enumerated() {
            for line in packed { add(later.skus[UInt32(code)], line) }
        }
    }

    private mutating func add(_ sku: String, _ packed: UInt64) {
        let code = Int(skus.insert(sku))
        if code == lines.count { lines.append([]) }
        lines[code].append(packed)
    }

    private static func packed(_ sequence: SequenceNumber, _ quantity: Int64) -> UInt64 {
        sequence.value << quantityBits | UInt64(min(max(quantity, 0), 1 << 20 - 1))
    }

    /// Calls `body` with the order and the pieces of each line of a product.
    func forEachLine(of sku: String, _ body: (_ sequence: UInt64, _ quantity: Int64) -> Void) {
        guard let code = skus.code(of: sku) else { return }
        for line in lines[Int(code)] {
            body(line >> Self.quantityBits, Int64(line & (1 << Self.quantityBits - 1)))
        }
    }

    /// The pieces of a product in an order; `nil` when it is not in it.
    func quantity(of sku: String, in order: SequenceNumber) -> Int64? {
        guard let code = skus.code(of: sku) else { return nil }
        let lines = lines[Int(code)]
        var (place, quantity) = (lines.lowerBound(of: order.value << Self.quantityBits), nil as Int64?)
        while place < lines.count, lines[place] >> Self.quantityBits == order.value {
            quantity = (quantity ?? 0) + Int64(lines[place] & (1 << Self.quantityBits - 1))
            place += 1
        }
        return quantity
    }
}

/// What a query knows of products, and whether it asked in vain: then its answer is none, until the index is there.
public final class ProductSource: Sendable {
    private let products: ProductIndex?
    private let asked = Atomic(false)

    /// The products of this index; `nil` as long as nobody has asked.
    public init(_ products: ProductIndex?) {
        self.products = products
    }

    /// Whether there was no index for who asked.
    public var wasMissed: Bool { asked.load(ordering: .relaxed) && products == nil }

    /// The index, when it is there.
    var index: ProductIndex? {
        asked.store(true, ordering: .relaxed)
        return products
    }
}
