import CustomerDomain
import EventSourcing

/// Groups rows into orders while they stream by, with a bounded number of orders open.
struct OrderAssembler {
    private var parser: OrderRowParser
    private let openOrderCount: Int
    private var open: [String: OrderDraft] = [:]
    /// The numbers of the open orders and when they began, oldest first.
    private var openings: [String] = []
    private var current: OrderDraft?
    private var currentNumber: [UInt8] = []
    /// The numbers of orders completed lately, in two generations so that they stay few.
    private var closed: [Set<String>] = [[], []]

    /// Rows seen, without the header.
    private(set) var rowCount = 0

    init(mapping: OrderMapping, columns: OrderColumns) {
        parser = OrderRowParser(mapping: mapping, columns: columns)
        openOrderCount = mapping.orders.openOrderCount
    }

    private var columns: OrderColumns { parser.columns }
    private var mapping: OrderMapping { parser.mapping }

    /// Takes one row.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - complete: Gets each order that is complete by now, in the order in which they began.
    ///   - report: Gets what is wrong with the row.
    /// - Throws: What `complete` and `report` throw.
    mutating func add(
        _ row: borrowing CSVRow,
        complete: (OrderDraft) throws -> Void,
        report: (ImportFinding) throws -> Void
    ) throws {
        rowCount += 1
        if let malformed = row.malformed(columnCount: columns.names.count) { return try report(malformed) }
        let number = row[columns.order].trimmed
        guard let parsed = parser.parse(row) else {
            for finding in parser.findings { try report(finding) }
            markPartial(number)
            return
        }
        if !number.equals(currentNumber) || current == nil {
            try switchOrder(to: number, row, parsed, complete: complete, report: report)
        }
        guard var draft = current.take() else { return }
        if let finding = conflict(of: row, parsed, with: draft) {
            draft.isPartial = true
            try report(finding)
        } else {
            draft.lines.append(parsed.line)
            draft.fileLines.append(row.line)
            draft.occurredAt = min(draft.occurredAt, parsed.occurredAt)
            draft.country = parsed.country ?? draft.country
        }
        current = draft
    }

    /// Completes what is open.
    mutating func finish(complete: (OrderDraft) throws -> Void) rethrows {
        putBack()
        for number in openings {
            if let draft = open.removeValue(forKey: number) { try complete(draft) }
        }
        openings.removeAll()
    }

    private func conflict(of row: borrowing CSVRow, _ parsed: OrderRow, with draft: OrderDraft) -> ImportFinding? {
        if parser.customerBytes(row).differs(from: draft.customer) {
            return ImportFinding(
                line: row.line,
                column: columns.names[columns.customer],
                reason: .otherCustomer,
                detail: row.text(columns.customer)
            )
        }
        guard draft.lines.count < Limits.linesPerOrder.upperBound else {
            return ImportFinding(
                line: row.line,
                column: columns.names[columns.order],
                reason: .tooManyLines,
                detail: draft.number
            )
        }
        guard parsed.currency == draft.currency else {
            return ImportFinding(
                line: row.line,
                column: columns.names[columns.currency ?? columns.unitPrice],
                reason: .otherCurrency,
                detail: parsed.currency.description
            )
        }
        return nil
    }

    private mutating func markPartial(_ number: UnsafeBufferPointer<UInt8>) {
        if number.equals(currentNumber), current != nil {
            current?.isPartial = true
        } else {
            open[String(decoding: number, as: UTF8.self)]?.isPartial = true
        }
    }

    /// Makes the order of this number the current one: an open one, or a new one.
    private mutating func switchOrder(
        to bytes: UnsafeBufferPointer<UInt8>,
        _ row: borrowing CSVRow,
        _ parsed: OrderRow,
        complete: (OrderDraft) throws -> Void,
        report: (ImportFinding) throws -> Void
    ) throws {
        putBack()
        let number = String(decoding: bytes, as: UTF8.self)
        if let draft = open.removeValue(forKey: number) {
            currentNumber = Array(bytes)
            current = draft
            return
        }
        if closed[0].contains(number) || closed[1].contains(number) {
            return try report(
                ImportFinding(
                    line: row.line,
                    column: columns.names[columns.order],
                    reason: .orderClosed,
                    detail: number
                )
            )
        }
        if openings.count >= openOrderCount { try closeOldest(complete) }
        openings.append(number)
        currentNumber = Array(bytes)
        current = OrderDraft(
            number: number,
            isReturn: parsed.isReturn,
            customer: String(decoding: parser.customerBytes(row), as: UTF8.self),
            occurredAt: parsed.occurredAt,
            currency: parsed.currency,
            country: parsed.country,
            paymentMethod: columns.paymentMethod.map { row.text($0) }.flatMap { $0.isEmpty ? nil : $0 }
                ?? mapping.orders.paymentMethod,
            profile: profile(row)
        )
    }

    private func profile(_ row: borrowing CSVRow) -> ProfileDraft? {
        func text(_ column: Int?) -> String? {
            column.map { row.text($0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        guard columns.email ?? columns.firstName ?? columns.lastName ?? columns.phone != nil else { return nil }
        return ProfileDraft(
            email: text(columns.email).flatMap { EmailAddress($0) },
            firstName: text(columns.firstName),
            lastName: text(columns.lastName),
            phone: text(columns.phone).flatMap { PhoneNumber($0) }
        )
    }

    private mutating func putBack() {
        if let draft = current.take() { open[draft.number] = draft }
    }

    private mutating func closeOldest(_ complete: (OrderDraft) throws -> Void) throws {
        let number = openings.removeFirst()
        guard let draft = open.removeValue(forKey: number) else { return }
        if closed[0].count >= closedGenerationCount { closed = [[], closed[0]] }
        closed[0].insert(number)
        try complete(draft)
    }
}

/// How many completed orders are remembered at least, to tell late lines from new orders.
private let closedGenerationCount = 1 << 16

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes are not those of `text`.
    fileprivate func differs(from text: String) -> Bool {
        var text = text
        return text.withUTF8 { $0.count != count || !$0.elementsEqual(self) }
    }
}
