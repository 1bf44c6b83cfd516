import CustomerDomain
import EventSourcing

/// One row for each return, in the order of the log, by the number of its order, so that it goes where the order goes.
struct ReturnTable: Sendable {
    private(set) var rows: ContiguousArray<OrderReturn> = []
    private var rowByID: [ReturnID: Int] = [:]
    private var rowsByOrder: [String: [Int]] = [:]

    func row(_ id: ReturnID) -> OrderReturn? { rowByID[id].map { rows[$0] } }

    /// The returns of an order, oldest first.
    func rows(of orderNumber: String) -> [Int] { rowsByOrder[orderNumber] ?? [] }

    mutating func apply(_ event: Event, at time: Timestamp, sequence: SequenceNumber) {
        switch event {
        case .returnRequested(let requested): append(OrderReturn(requested, at: time, sequence: sequence))
        case .returnMoved(let moved):
            if let row = rowByID[moved.id] { rows[row].move(moved, at: time, sequence: sequence) }
        default: break
        }
    }

    private mutating func append(_ row: OrderReturn) {
        rowByID[row.id] = rows.count
        rowsByOrder[row.orderNumber, default: []].append(rows.count)
        rows.append(row)
    }
}

extension ReturnTable {
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(UInt64(rows.count))
        for row in rows {
            try writer.add(row.id.high)
            try writer.add(row.id.low)
            try writer.add(row.orderNumber)
            try writer.add(UInt64(row.items.count))
            for item in row.items {
                try writer.add(Int64(item.line))
                try writer.add(item.sku)
                try writer.add(item.quantity)
                try writer.add(item.cause.rawValue)
            }
            try writer.add(row.requestedAt.microseconds)
            try writer.add(row.status.rawValue)
            try writer.add(row.updatedAt.microseconds)
            try writer.add(row.refundReference)
            try writer.add(column: ContiguousArray(row.events.map(\.value)))
        }
    }

    mutating func load(from reader: inout ArchiveReader) throws {
        for _ in 0..<(try reader.count(of: 50)) {
            let id = ReturnID(high: try reader.number(), low: try reader.number())
            let orderNumber = try reader.text()
            var items: [ReturnItem] = []
            for _ in 0..<(try reader.count(of: 18)) {
                let line = Int(clamping: try reader.number(Int64.self))
                let sku = try reader.text()
                let quantity: Int64 = try reader.number()
                items.append(ReturnItem(line: line, sku: sku, quantity: quantity, cause: try reader.value()))
            }
            let requestedAt = Timestamp(microseconds: try reader.number())
            let status: ReturnStatus = try reader.value()
            let updatedAt = Timestamp(microseconds: try reader.number())
            let last = ReturnMoved(
                id: id,
                orderNumber: orderNumber,
                status: status,
                refundReference: try reader.optionalText()
            )
            let events = try reader.column(UInt64.self).map { SequenceNumber($0) }
            let requested = ReturnRequested(id: id, orderNumber: orderNumber, items: items)
            append(OrderReturn(requested, at: requestedAt, last, updatedAt: updatedAt, events: events))
        }
    }

    func add(to digest: inout StateDigest) {
        digest.add(Int64(rows.count))
        for row in rows {
            digest.add(row.id.high)
            digest.add(row.id.low)
            digest.add(row.orderNumber)
            digest.add(Int64(row.items.count))
            for item in row.items {
                digest.add(Int64(item.line))
                digest.add(item.sku)
                digest.add(item.quantity)
                digest.add(Int64(item.cause.rawValue))
            }
            digest.add(row.requestedAt.microseconds)
            digest.add(Int64(row.status.rawValue))
            digest.add(row.updatedAt.microseconds)
            digest.add(row.refundReference)
            digest.add(ContiguousArray(row.events.map(\.value)))
        }
    }
}
