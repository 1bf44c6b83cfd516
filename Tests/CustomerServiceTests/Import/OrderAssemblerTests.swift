import CustomerDomain
import EventSourcing
import Testing

@testable import CustomerService

@Suite struct OrderAssemblerTests {
    private let mappingText = """
        {"columns": {"order": "No", "customer": "Who", "sku": "SKU", "name": "Name", "quantity": "Qty", "unitPrice": "Price",
        "occurredAt": "When", "country": "Country"}, "currency": "GBP",
        "dates": {"format": "yyyy-MM-dd HH:mm:ss"}, "countries": {"EIRE": "IE", "Unspecified": null},
        "customers": {"dropSuffix": ".0"},
        "orders": {"returnPrefix": "C", "adjustmentPrefixes": ["A"], "openOrders": 2}}
        """

    private func assemble(_ rows: String) throws -> (orders: [OrderDraft], findings: [ImportFinding]) {
        let mapping = try OrderMapping(json: Array(mappingText.utf8))
        var orders: [OrderDraft] = []
        var findings: [ImportFinding] = []
        var assembler: OrderAssembler?
        let text = "No,SKU,Name,Qty,When,Price,Who,Country\n" + rows
        var reader = CSVReader(ByteSource(Array(text.utf8), chunkByteCount: 11), chunkByteCount: 64)
        while try reader.visitRows({ row in
            guard assembler != nil else {
                assembler = OrderAssembler(mapping: mapping, columns: try OrderColumns(header: row, mapping: mapping))
                return
            }
            try assembler?.add(row, complete: { orders.append($0) }, report: { findings.append($0) })
        }) {}
        assembler?.finish { orders.append($0) }
        return (orders, findings)
    }

    private func row(
        _ number: String,
        _ quantity: String = "1",
        _ price: String = "1.00",
        customer: String = "17850.0"
    ) -> String {
        "\(number),S1,Thing,\(quantity),2010-12-01 08:26:00,\(price),\(customer),EIRE\n"
    }

    @Test func `lines of one number are one order, of the cleaned customer`() throws {
        let (orders, findings) = try assemble(row("1", "6", "2.55") + row("1", "2", "0.335") + row("2"))
        #expect(findings.isEmpty)
        #expect(orders.map(\.number) == ["1", "2"])
        #expect(orders[0].customer == "17850")
        #expect(orders[0].country == CountryCode("IE"))
        #expect(orders[0].lines.map(\.total) == [1_530, 67])
        #expect(orders[0].lines.map(\.unitPrice) == [255, 34])
        #expect(orders[0].fileLines == [2, 3])
    }

    @Test func `an order with two times has the earliest`() throws {
        let rows = row("1") + row("1").replacing("08:26", with: "08:25") + row("1").replacing("08:26", with: "08:27")
        #expect(try assemble(rows).orders.map(\.occurredAt.rfc3339) == ["2010-12-01T08:25:00Z"])
    }

    @Test func `a return has positive lines`() throws {
        let (orders, findings) = try assemble(row("C1", "-3", "2.00") + row("C2", "3") + row("1", "-1") + row("2", "0"))
        #expect(orders.count == 1)
        #expect(orders[0].isReturn)
        #expect(orders[0].lines.map(\.quantity) == [3])
        #expect(orders[0].total == 600)
        #expect(findings.map(\.reason) == [.positiveReturn, .negativeQuantity, .negativeQuantity])
        #expect(findings.map(\.column) == ["Qty", "Qty", "Qty"])
    }

    @Test func `a row that cannot be taken says every reason, with line and column`() throws {
        let (orders, findings) = try assemble(
            row("A1", "1", "-5.00", customer: "") + "1,,x,many,yesterday,free,1,Nowhere\n" + "1,2,3\n" + row("", "1")
        )
        #expect(orders.isEmpty)
        #expect(findings.filter { $0.line == 2 }.map(\.reason) == [.noCustomer, .adjustment, .negativePrice])
        #expect(
            findings.filter { $0.line == 3 }.map(\.reason) == [.invalidDate, .unknownCountry, .noSKU, .invalidQuantity]
        )
        #expect(findings.filter { $0.line == 4 }.map(\.reason) == [.malformedRow])
        #expect(findings.filter { $0.line == 5 }.map(\.reason) == [.noOrderNumber])
        #expect(findings.first { $0.reason == .negativePrice }?.column == "Price")
    }

    @Test func `lines apart are one order while it is open, and reported when it is closed`() throws {
        let (orders, findings) = try assemble(row("1") + row("2") + row("1") + row("3") + row("4") + row("1"))
        #expect(orders.map(\.number) == ["1", "2", "3", "4"])
        #expect(orders[0].lines.count == 2)
        #expect(findings.map(\.reason) == [.orderClosed])
        #expect(findings.map(\.line) == [7])
    }

    @Test func `a line of another customer is not the order's`() throws {
        let (orders, findings) = try assemble(row("1") + row("1", customer: "2") + row("1"))
        #expect(orders.map(\.lines.count) == [2])
        #expect(orders.map(\.isPartial) == [true])
        #expect(findings.map(\.reason) == [.otherCustomer])
    }

    @Test func `gifts stay, and a product without a name has that of its code`() throws {
        let (orders, findings) = try assemble("1,GIFT,,1,2010-12-01 08:26:00,0.00,1,Unspecified\n")
        #expect(findings.isEmpty)
        #expect(orders[0].lines == [OrderLine(sku: "GIFT", name: "GIFT", quantity: 1, unitPrice: 0)])
        #expect(orders[0].country == nil)
    }

    @Test func `a column that is not there is named`() throws {
        let mapping = try OrderMapping(json: Array(mappingText.utf8))
        var reader = CSVReader(ByteSource(Array("No,Who\n".utf8)))
        #expect(throws: ImportError.missingColumn("sku", names: ["SKU"])) {
            _ = try reader.visitRows { row in _ = try OrderColumns(header: row, mapping: mapping) }
        }
    }
}
