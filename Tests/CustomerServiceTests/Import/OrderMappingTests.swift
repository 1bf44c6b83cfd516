import CustomerDomain
import Foundation
import Testing

@testable import CustomerService

@Suite struct OrderMappingTests {
    private let least = """
        {"columns": {"order": "No", "customer": "Who", "sku": "What", "quantity": "How many", "unitPrice": ["Price", "Cost"],
        "occurredAt": "When"}, "currency": "EUR", "dates": {"format": "yyyy-MM-dd"}}
        """

    private func mapping(_ text: String) throws(ImportError) -> OrderMapping {
        try OrderMapping(json: Array(text.utf8))
    }

    @Test func `a mapping needs the columns, a currency and a date format`() throws {
        let mapping = try mapping(least)
        #expect(mapping.columns[.unitPrice] == ["Price", "Cost"])
        #expect(mapping.orders.openOrderCount == 64)
        #expect(mapping.customers.accountType == .registered)
    }

    @Test(arguments: [
        (#""currency": "EUR""#, #""currency": "EURO""#, "currency"),
        (#""currency": "EUR""#, #""curency": "EUR""#, "curency"),
        (#""order": "No""#, #""number": "No""#, "columns/number"),
        (#""order": "No", "#, "", "columns/order"),
        (#""yyyy-MM-dd""#, #""yesterday""#, "dates/format"),
        (#""format""#, #""zone": "CET", "format""#, "dates/zone"),
        (#""currency": "EUR""#, #""currency": "EUR", "orders": {"openOrders": 0}"#, "orders/openOrders"),
        (#""currency": "EUR""#, #""currency": "EUR", "orders": {"status": "cancelled"}"#, "orders/status"),
        (#""currency": "EUR""#, #""currency": "EUR", "countries": {"EIRE": "Ireland"}"#, "countries/EIRE"),
        (#""currency": "EUR""#, #""currency": "EUR", "delimiter": "tab""#, "delimiter"),
    ])
    func `a mistake is named by its key`(original: String, mistake: String, key: String) throws {
        let error = #expect(throws: ImportError.self) { try mapping(least.replacing(original, with: mistake)) }
        guard case .mapping(key, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `the example mapping is one`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let bytes = try Data(contentsOf: root.appending(path: "tools/mappings/online-retail.json"))
        let mapping = try OrderMapping(json: Array(bytes))
        #expect(mapping.currency == CurrencyCode("GBP"))
        #expect(mapping.countries["eire"] == CountryCode("IE"))
        #expect(mapping.countries["unspecified"] == .some(nil))
        #expect(mapping.orders.returnPrefix == "C")
        #expect(mapping.readsLatin1)
    }
}
