import CustomerDomain
import Testing

struct InvoiceTests {
    private func asking(_ email: String? = nil) -> Command {
        .requestInvoice("1001", to: email.map { EmailAddress(unchecked: $0) })
    }

    @Test func `an invoice goes to the customer's address or to another, which is kept`() throws {
        let shop = try Sample.shop().given(.placeOrder(Sample.ana, Sample.order()))
        let own = Event.invoiceRequested(InvoiceRequested(orderNumber: "1001", recipient: .customer))
        #expect(shop.when(asking()) == .events(.ana, own))
        #expect(shop.when(asking("ana@example.com")) == .events(.ana, own))
        let books = EmailAddress(unchecked: "books@example.com")
        let other = Event.invoiceRequested(InvoiceRequested(orderNumber: "1001", recipient: .other, email: books))
        #expect(shop.when(asking(books.text)) == .events(.ana, other))
        #expect(shop.when(.requestInvoice("9", to: nil)) == .rejected(.orderNotFound("9")))
    }

    @Test func `without an address, for a suppressed one and for the erased there is none`() throws {
        let shop = try Sample.shop().given(.placeOrder(Sample.ana, Sample.order()))
        let bounce = SuppressionChanged(channel: .email, reason: .bounce)
        let suppressed = try shop.given(.changeSuppression(Sample.ana, bounce))
        #expect(suppressed.when(asking()) == .rejected(.emailSuppressed(Sample.ana)))
        let erased = try shop.given(.eraseCustomer(Sample.ana, reason: nil))
        #expect(erased.when(asking()) == .rejected(.customerErased(Sample.ana)))
        let unknown = try Sample.shop()
            .given(
                Sample.create(Sample.other, externalID: "7"),
                .placeOrder(Sample.other, Sample.order())
            )
        #expect(unknown.when(asking()) == .rejected(.noEmail(Sample.other)))
    }
}
