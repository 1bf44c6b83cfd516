import CustomerDomain
import CustomerService
import Hummingbird

/// Receipts of erasures, which hold nothing personal.
enum ReceiptRoutes {
    static var routes: [Route] { [ofRequest, ofCustomer] }

    private static let answer = Answer(
        status: 200,
        description: "The receipt.",
        schema: .named(
            "Receipt",
            .required(
                "document",
                .anyText,
                "A signed note, which 'patronctl check-proof' and Tests/Proof/verify.py check, as a file has it."
            )
        )
    )

    static let ofRequest = Route(
        method: .get,
        path: "/api/v1/data-requests/{requestId}/receipt",
        operation: "getDataRequestReceipt",
        summary: "The signed receipt of the erasure that executed a request",
        chapter: "Data requests",
        access: .needs(.readRequests),
        parameters: [.path("requestId", .identifier(DataRequestKind.self), "The request.")],
        answers: [answer],
        problems: [.dataRequestNotFound, .receiptNotReady],
        handler: { call in
            let id = try call.identifier("requestId", DataRequestKind.self)
            do throws(ReceiptError) {
                return receipt(try await call.organization.erasureReceipt(of: id))
            } catch {
                if error == .unknown { throw Problem(Rejection.dataRequestNotFound(id)) }
                throw problem(error)
            }
        }
    )

    static let ofCustomer = Route(
        method: .get,
        path: "/api/v1/customers/{id}/erasure-receipt",
        operation: "getErasureReceipt",
        summary: "The signed receipt of a customer's erasure, by whichever door",
        chapter: "Data requests",
        access: .needs(.readRequests),
        parameters: [CustomerRoutes.id],
        answers: [answer],
        problems: [.customerNotFound, .receiptNotReady],
        isPersonal: false,
        handler: { call in
            let id = try call.customerID()
            do throws(ReceiptError) {
                return receipt(try await call.organization.erasureReceipt(of: id))
            } catch {
                if error == .unknown { throw Problem(Rejection.customerNotFound(id)) }
                throw problem(error)
            }
        }
    )

    private static func receipt(_ note: String) -> Response {
        .json(capacity: note.utf8.count + 100) { writer in
            writer.beginObject()
            writer.field("document", note)
            writer.endObject()
        }
    }

    private static func problem(_ error: ReceiptError) -> Problem {
        switch error {
        case .unknown, .notErased: Problem(.notFound, "Nothing was erased here, so there is no receipt.")
        case .notSigned: Problem(.notFound, "This log signs nothing.")
        case .notYet:
            Problem(.receiptNotReady, "The erasure is recorded, and its end is not durable yet. Ask again shortly.")
        case .unreadable(let what): Problem(.internalError, what)
        }
    }
}
