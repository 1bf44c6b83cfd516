import CustomerDomain
import EventSourcing

/// What one row says about one line of an order.
struct OrderRow {
    var line: OrderLine
    var isReturn: Bool
    var occurredAt: Timestamp
    var currency: CurrencyCode
    var country: CountryCode?
}

/// Reads rows by a mapping; keeps what repeats from row to row.
struct OrderRowParser {
    let mapping: OrderMapping
    let columns: OrderColumns
    private let returnPrefix: [UInt8]?
    private let adjustmentPrefixes: [[UInt8]]
    private let customerSuffix: [UInt8]
    private var texts = StringTable()
    private var countries: [String: CountryCode?]
    private var lastDate: (bytes: [UInt8], instant: Timestamp)?
    private var lastCountry: (bytes: [UInt8], country: CountryCode?)?
    private(set) var findings: [ImportFinding] = []

    init(mapping: OrderMapping, columns: OrderColumns) {
        self.mapping = mapping
        self.columns = columns
        returnPrefix = mapping.orders.returnPrefix.map { Array($0.utf8) }
        adjustmentPrefixes = mapping.orders.adjustmentPrefixes.map { Array($0.utf8) }
        customerSuffix = Array((mapping.customers.dropSuffix ?? "").utf8)
        countries = mapping.countries
    }

    /// The customer's id in a row, cleaned up; empty for none.
    func customerBytes(_ row: borrowing CSVRow) -> UnsafeBufferPointer<UInt8> {
        let bytes = row[columns.customer].trimmed
        let kept = bytes.count - customerSuffix.count
        guard kept > 0, !customerSuffix.isEmpty,
            UnsafeBufferPointer(rebasing: bytes[kept...]).equals(customerSuffix)
        else { return bytes }
        return UnsafeBufferPointer(rebasing: bytes[..<kept])
    }

    /// Reads a row; `nil` when something is wrong with it, which ``findings`` then says.
    mutating func parse(_ row: borrowing CSVRow) -> OrderRow? {
        findings.removeAll(keepingCapacity: true)
        let number = row[columns.order].trimmed
        let isReturn = returnPrefix.map { number.starts(withBytes: $0) } ?? false
        if customerBytes(row).isEmpty { find(row, columns.customer, .noCustomer) }
        if number.isEmpty { find(row, columns.order, .noOrderNumber) }
        if adjustmentPrefixes.contains(where: { number.starts(withBytes: $0) }) {
            find(row, columns.order, .adjustment)
        }
        let occurredAt = instant(row)
        let currency = currency(row)
        let country = country(row)
        let line = orderLine(row, isReturn: isReturn, currency: currency)
        guard findings.isEmpty, let occurredAt, let currency, let line else { return nil }
        return OrderRow(line: line, isReturn: isReturn, occurredAt: occurredAt, currency: currency, country: country)
    }

    private mutating func orderLine(
        _ row: borrowing CSVRow,
        isReturn: Bool,
        currency: CurrencyCode?
    ) -> OrderLine? {
        let skuBytes = row[columns.sku].trimmed
        if skuBytes.isEmpty { find(row, columns.sku, .noSKU) }
        guard let quantity = quantity(row, isReturn: isReturn), let currency else { return nil }
        guard let price = DecimalNumber(row[columns.unitPrice].trimmed, separator: mapping.decimalSeparator) else {
            find(row, columns.unitPrice, .invalidPrice)
            return nil
        }
        guard price.mantissa >= 0 else {
            find(row, columns.unitPrice, .negativePrice)
            return nil
        }
        let digits = currency.minorDigitCount
        guard let unitPrice = price.minorUnits(minorDigitCount: digits),
            let total = price.minorUnits(times: quantity, minorDigitCount: digits),
            total <= Limits.amount, !unitPrice.multipliedReportingOverflow(by: quantity).overflow
        else {
            find(row, columns.unitPrice, .amountTooLarge)
            return nil
        }
        guard findings.isEmpty else { return nil }
        let sku = texts.text(skuBytes)
        let nameBytes = columns.name.map { row[$0].trimmed }
        let name = nameBytes.map { $0.isEmpty ? sku : texts.text($0) } ?? sku
        return OrderLine(sku: sku, name: name, quantity: quantity, unitPrice: unitPrice, total: total)
    }

    /// The quantity, above zero: that of a return without its sign.
    private mutating func quantity(_ row: borrowing CSVRow, isReturn: Bool) -> Int64? {
        guard let whole = DecimalNumber(row[columns.quantity].trimmed, separator: mapping.decimalSeparator)?.whole
        else {
            find(row, columns.quantity, .invalidQuantity)
            return nil
        }
        let quantity = isReturn ? -whole : whole
        guard quantity > 0 else {
            find(row, columns.quantity, isReturn ? .positiveReturn : .negativeQuantity)
            // The price is looked at all the same, so that the report is whole.
            return quantity == 0 ? 1 : quantity.magnitude <= Int64.max ? Int64(quantity.magnitude) : nil
        }
        return quantity
    }

    private mutating func instant(_ row: borrowing CSVRow) -> Timestamp? {
        let bytes = row[columns.occurredAt].trimmed
        if let lastDate, bytes.equals(lastDate.bytes) { return lastDate.instant }
        for pattern in mapping.datePatterns {
            guard let instant = pattern.instant(bytes, zoneOffsetSeconds: mapping.zoneOffsetSeconds) else { continue }
            lastDate = (Array(bytes), instant)
            return instant
        }
        find(row, columns.occurredAt, .invalidDate)
        return nil
    }

    private mutating func currency(_ row: borrowing CSVRow) -> CurrencyCode? {
        guard let column = columns.currency, !row[column].trimmed.isEmpty else {
            if mapping.currency == nil { find(row, columns.currency ?? columns.unitPrice, .unknownCurrency) }
            return mapping.currency
        }
        if let currency = CurrencyCode(row.text(column)) { return currency }
        find(row, column, .unknownCurrency)
        return nil
    }

    private mutating func country(_ row: borrowing CSVRow) -> CountryCode? {
        guard let column = columns.country else { return nil }
        let bytes = row[column].trimmed
        if let lastCountry, bytes.equals(lastCountry.bytes) { return lastCountry.country }
        guard !bytes.isEmpty else { return nil }
        let name = row.text(column)
        guard let country = countries[name.lowercased()] ?? CountryCode(name).map(Optional.some) else {
            find(row, column, .unknownCountry)
            return nil
        }
        lastCountry = (Array(bytes), country)
        return country
    }

    private mutating func find(_ row: borrowing CSVRow, _ column: Int, _ reason: ImportReason) {
        findings.append(
            ImportFinding(line: row.line, column: columns.names[column], reason: reason, detail: row.text(column))
        )
    }
}
