import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// Whether a customer is reached: codes that prove it, ways by which nothing is sent, and what keeps it from logging in.
enum ContactRoutes {
    static var routes: [Route] {
        [verify, confirmVerification, suppress, unsuppress, resetPassword, confirmReset, access]
    }

    private static let channel = Parameter.path("channel", ContactAnswer.channels, "The way to the customer.")

    private static let issued = Answer(
        status: 201,
        description: "It is asked for; whoever sends mail finds the event.",
        schema: ContactAnswer.code,
        headers: [.entityTag]
    )

    static let verify = Route(
        method: .post,
        path: "/api/v1/customers/{id}/verifications",
        operation: "requestVerification",
        summary:
            "Asks for a code that proves the e-mail address, another one that shall take its place, or the phone number",
        chapter: "Verification",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(
            .named(
                "VerificationRequest",
                .required("channel", ContactAnswer.channels),
                .optional("email", .email, "Takes the place of the present address once it is proved.")
            )
        ),
        answers: [issued],
        problems: CustomerRoutes.changing + [.emailTaken],
        handler: { call in
            let channel = call.body.choice("channel", ContactChannel.self) ?? .email
            return try await request(channel.purpose, email: call.body.email("email"), call)
        }
    )

    static let confirmVerification = Route(
        method: .post,
        path: "/api/v1/customers/{id}/verifications/confirm",
        operation: "confirmVerification",
        summary:
            "Proves an e-mail address or phone number; with it a guest of the same address becomes part of the account",
        chapter: "Verification",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(
            .named(
                "VerificationConfirm",
                .required("channel", ContactAnswer.channels),
                .required("code", .line(Limits.code)),
                .optional("email", .email, "The new address, where the code was asked for one.")
            )
        ),
        answers: [CustomerRoutes.customerAnswer],
        problems: CustomerRoutes.changing + codeProblems + [.emailTaken],
        handler: { call in
            let channel = call.body.choice("channel", ContactChannel.self) ?? .email
            return try await confirm(channel.purpose, email: call.body.email("email"), call)
        }
    )

    static let suppress = Route(
        method: .put,
        path: "/api/v1/customers/{id}/suppressions/{channel}",
        operation: "suppress",
        summary: "Nothing is to be sent by this way from now on",
        chapter: "Verification",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, channel, .ifMatch],
        body: .json(.named("SuppressionSet", .required("reason", ContactAnswer.reasons))),
        answers: [CustomerRoutes.customerAnswer],
        problems: CustomerRoutes.changing,
        handler: { call in
            try await change(call.body.choice("reason", SuppressionReason.self) ?? .manual, call)
        }
    )

    static let unsuppress = Route(
        method: .delete,
        path: "/api/v1/customers/{id}/suppressions/{channel}",
        operation: "unsuppress",
        summary: "Something is sent by this way again",
        chapter: "Verification",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, channel, .ifMatch],
        answers: [CustomerRoutes.customerAnswer],
        problems: CustomerRoutes.changing,
        handler: { call in try await change(nil, call) }
    )

    static let resetPassword = Route(
        method: .post,
        path: "/api/v1/customers/{id}/password-reset",
        operation: "requestPasswordReset",
        summary: "Asks for a code that allows a new password; the password itself is the shop's",
        chapter: "Verification",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        answers: [issued],
        problems: CustomerRoutes.changing + [.customerDisabled, .noPassword, .noEmail, .emailSuppressed],
        handler: { call in try await request(.password, email: nil, call) }
    )

    static let confirmReset = Route(
        method: .post,
        path: "/api/v1/customers/{id}/password-reset/confirm",
        operation: "confirmPasswordReset",
        summary: "Proves that who sets a new password reads the customer's mail; a code does so once",
        chapter: "Verification",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(.named("PasswordResetConfirm", .required("code", .line(Limits.code)))),
        answers: [CustomerRoutes.customerAnswer],
        problems: CustomerRoutes.changing + codeProblems + [.customerDisabled],
        handler: { call in try await confirm(.password, email: nil, call) }
    )

    static let access = Route(
        method: .get,
        path: "/api/v1/customers/{id}/access",
        operation: "getAccess",
        summary: "What support checks when a customer cannot log in or gets no mail",
        chapter: "Verification",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id, .ifNoneMatch],
        answers: [
            Answer(status: 200, description: "The checklist.", schema: ContactAnswer.access, headers: [.entityTag]),
            CustomerRoutes.unchanged, CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in call.answer(try await call.profile(try call.customerID())) { $0.access($1) } }
    )

    private static let codeProblems: [ProblemType] = [.wrongCode, .codeMissing, .codeExpired, .codeSpent]

    /// The code goes to who sends mail and to nobody else, and is kept nowhere.
    private static func request(_ purpose: CodePurpose, email: EmailAddress?, _ call: Call) async throws -> Response {
        let id = try call.customerID()
        var issued = CodeIssued(purpose: purpose, email: email)
        var code: String?
        if try call.scope().allows(.sendMail) {
            let new = call.organization.identifiers.code(purpose)
            code = new
            let present = try await call.organization.read { state, _ in
                state.profile(of: try state.standingCustomer(id)).email?.normalized
            }
            issued.digest = digest(of: new, for: email?.normalized == present ? nil : email)
            let now = call.organization.time
            issued.expiresAt = Timestamp(microseconds: now.microseconds + Limits.codeMinutes(purpose) * 60_000_000)
        }
        let result = try await call.execute(.requestCode(id, issued), on: id)
        // A retry comes to what was made at first, whose code nobody knows any more.
        let made = result.events.lazy.compactMap { $0.event.issuedCode }.first
        let shown = made?.digest == issued.digest ? code : nil
        let version = result.events.last?.customerVersion ?? 0
        return .json(.created, version: version) { writer in
            writer.beginObject()
            writer.field("purpose", purpose.name)
            writer.field("code", shown)
            writer.field("expiresAt", made?.expiresAt)
            writer.endObject()
        }
    }

    private static func confirm(_ purpose: CodePurpose, email: EmailAddress?, _ call: Call) async throws -> Response {
        let id = try call.customerID()
        let present = try await call.organization.read { state, _ in
            state.profile(of: try state.standingCustomer(id)).email?.normalized
        }
        let new = email?.normalized == present ? nil : email
        let proof = ConfirmCode(
            purpose: purpose,
            digest: digest(of: call.body.text("code") ?? "", for: new),
            email: new
        )
        let result = try await call.execute(.confirmCode(id, proof, at: call.organization.time), on: id)
        if result.events.contains(where: { if case .verificationFailed = $0.event { true } else { false } }) {
            throw Problem(
                .wrongCode,
                "This is not the code that was sent.",
                errors: [
                    FieldError(place: .pointer("/code"), detail: "is not the code that was sent")
                ]
            )
        }
        return call.answer(try await call.profile(id)) { $0.value($1) }
    }

    /// A code for a new address proves that address alone.
    private static func digest(of code: String, for email: EmailAddress?) -> [UInt8] {
        Secret(email.map { "\(code)\n\($0.normalized)" } ?? code).digest
    }

    private static func change(_ reason: SuppressionReason?, _ call: Call) async throws -> Response {
        let id = try call.customerID()
        guard let channel = ContactChannel(name: try call.text("channel")) else {
            throw Problem(.notFound, "There is nothing at this path.")
        }
        try await call.execute(.changeSuppression(id, SuppressionChanged(channel: channel, reason: reason)), on: id)
        return call.answer(try await call.profile(id)) { $0.value($1) }
    }
}

extension Event {
    fileprivate var issuedCode: CodeIssued? {
        switch self {
        case .verificationRequested(let issued), .passwordResetRequested(let issued): issued
        default: nil
        }
    }
}

extension IdentifierSource {
    /// 128 random bits for mail; six digits, which somebody can type, for a phone.
    fileprivate func code(_ purpose: CodePurpose) -> String {
        guard purpose == .phone else { return nextPassphrase() }
        let drawn: CustomerID = next()
        let digits = String(drawn.low % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
}
