import CustomerDomain
import CustomerProjections
import CustomerService
import HTTPTypes
import Hummingbird

/// Everything that is held on a person, to take along.
enum BundleRoutes {
    static var routes: [Route] { [make] }

    static let make = Route(
        method: .post,
        path: "/api/v1/customers/{id}/bundle",
        operation: "makeBundle",
        summary:
            "Everything held on a customer and all who were merged into it, as a ZIP archive encrypted with a passphrase",
        chapter: "Data requests",
        access: .needs(.exportCustomers),
        alsoNeeds: .manageRequests,
        parameters: [CustomerRoutes.id],
        body: .optionalJSON(
            .named(
                "Bundle",
                .optional(
                    "passphrase",
                    .line(Limits.bundlePassphrase),
                    "What opens it; when absent, the server makes one of 128 random bits and tells it in this answer alone."
                ),
                .optional(
                    "requestId",
                    .identifier(DataRequestKind.self),
                    "An approved request of the customer for access or portability, which is executed with this."
                )
            )
        ),
        answers: [
            Answer(
                status: 200,
                description: "The archive; nothing of it stays on the server.",
                schema: .anyText,
                mediaType: "application/zip",
                headers: [.bundlePassphrase]
            )
        ],
        problems: CustomerRoutes.changing + [
            .bundleTooLarge, .dataRequestNotFound, .dataRequestStatus,
        ],
        isHeavy: true,
        handler: { call in
            let id = try call.customerID()
            let request = call.body.identifier("requestId", DataRequestKind.self)
            if let request { try await check(request, of: id, call) }
            let given = call.body.text("passphrase")
            let passphrase = given ?? call.organization.identifiers.nextPassphrase()
            let limit = call.service.limits.bundleByteCount
            let data = try await PersonData(of: id, call, byteLimit: limit)
            let files = data.files
            if files.reduce(0, { $0 + $1.content.count }) > limit { throw Problem.bundleTooLarge(limit) }
            let archive = try EncryptedArchive.make(files, passphrase: passphrase, at: data.time)
            try await call.recordRead(.export, data.profiles.map(\.summary.id))
            if let request { try await call.execute(.executeDataRequest(DataRequestExecuted(id: request))) }
            var headers: HTTPFields = [
                .contentType: "application/zip",
                .contentDisposition: "attachment; filename=\"\(id).zip\"",
                .cacheControl: "no-store",
            ]
            if given == nil { headers[.bundlePassphrase] = passphrase }
            return Response(
                status: .ok,
                headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: archive))
            )
        }
    )

    /// The request is one that a bundle answers, of this customer; where it stands, its execution asks.
    private static func check(_ request: DataRequestID, of id: CustomerID, _ call: Call) async throws {
        let found = try await call.organization.read { state, time in
            _ = try state.standingCustomer(id)
            return state.dataRequestView(request, at: time)
        }
        guard let found else { throw CommandError.rejected(.dataRequestNotFound(request)) }
        guard found.customer == id, found.right == .access || found.right == .portability else {
            let detail = "must be a request of this customer for access or portability"
            throw Problem.invalid([FieldError(place: .pointer("/requestId"), detail: detail)])
        }
    }
}
