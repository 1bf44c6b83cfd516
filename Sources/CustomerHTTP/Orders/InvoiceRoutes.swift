import CustomerDomain
import CustomerService
import EventSourcing
import Hummingbird

/// Invoices by e-mail: asked for here, and sent by whoever listens to webhooks.
enum InvoiceRoutes {
    static var routes: [Route] { [request] }

    private static let answer = Schema.named(
        "InvoiceRequest",
        .required("sequence", .anyInteger, "The event that a webhook carries."),
        .required("orderNumber", .anyText),
        .required("recipient", .choice(of: InvoiceRecipient.self), "Whose address it goes to."),
        .required("requestedBy", .anyText),
        .required("requestedAt", .dateTime)
    )

    static let request = Route(
        method: .post,
        path: "/api/v1/orders/{number}/invoice-requests",
        operation: "requestInvoice",
        summary: "Asks to mail an invoice; what is sent is up to who gets the webhook",
        chapter: "Orders",
        access: .needs(.updateOrders),
        parameters: [OrderRoutes.number],
        body: .optionalJSON(
            .named("InvoiceRequestCreate", .optional("email", .email, "The customer's own address when absent."))
        ),
        answers: [Answer(status: 201, description: "The request.", schema: answer)],
        problems: CustomerRoutes.standing + [.orderNotFound, .noEmail, .emailSuppressed],
        handler: { call in
            let result = try await call.execute(
                .requestInvoice(try call.text("number"), to: call.body.email("email"))
            )
            let (requested, event) = try result.recorded("The new request") { event in
                if case .invoiceRequested(let requested) = event { requested } else { nil }
            }
            return .json(.created) { writer in
                writer.beginObject()
                writer.field("sequence", Int64(clamping: event.sequence.value))
                writer.field("orderNumber", requested.orderNumber)
                writer.field("recipient", requested.recipient.name)
                writer.field("requestedBy", event.actor)
                writer.field("requestedAt", event.occurredAt)
                writer.endObject()
            }
        }
    )
}
