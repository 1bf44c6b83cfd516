import CustomerDomain
import CustomerProjections
import CustomerService
import Foundation
import Hummingbird

/// What an organization can choose about itself.
enum OrganizationRoutes {
    static var routes: [Route] { [get, patch] }

    private static let answerSchema = Schema.named(
        "Organization",
        .required("name", .anyText, "By which operators know it; it never changes."),
        .required("displayName", .nullable(.anyText)),
        .required("currency", .nullable(.anyText)),
        .required("timeZone", .anyText),
        .required("activityWindowDays", .count),
        .required("recordedReads", .list(of: reads)),
        .required("recordsOrigin", .boolean),
        .required("joinsVerifiedGuests", .boolean)
    )

    private static let timeZone = Schema.text(
        TextRule(
            length: Limits.timeZone,
            pattern: "^(?:UTC|\(TimeZone.knownTimeZoneIdentifiers.sorted().joined(separator: "|")))$",
            description: "The IANA name of a time zone.",
            check: { name in
                let isKnown = name == "UTC" || TimeZone.knownTimeZoneIdentifiers.contains(name)
                return isKnown ? nil : "must be the IANA name of a time zone"
            }
        )
    )

    private static let reads = Schema.choice(of: ReadKind.self)

    private static let change = Schema.named(
        "OrganizationPatch",
        .optional("displayName", .nullable(.line(Limits.name)), "What people call it."),
        .optional("currency", .currency, "Stays once there are orders."),
        .optional("timeZone", timeZone, "Where months and days begin."),
        .optional(
            "activityWindowDays",
            .integer(Int64(Limits.activityWindowDays.lowerBound)...Int64(Limits.activityWindowDays.upperBound)),
            "For how many days after an order or login a customer counts as active."
        ),
        .optional(
            "recordedReads",
            .array(reads, 0...ReadKind.allCases.count),
            "Which looks at personal data become events: profile (a customer's page or a part of it), export, audit."
        ),
        .optional(
            "recordsOrigin",
            .boolean,
            "Whether events tell the address that their request came from; it stays in the log for good."
        ),
        .optional(
            "joinsVerifiedGuests",
            .boolean,
            "Whether an order of a guest goes to the registered customer whose e-mail address is verified to be the same."
        )
    )

    private static let answer = Answer(
        status: 200,
        description: "The organization.",
        schema: answerSchema,
        headers: [.entityTag]
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/organization",
        operation: "getOrganization",
        summary: "The organization's settings",
        chapter: "Organization",
        access: .needs(.readCustomers),
        answers: [answer],
        handler: { call in try await settings(call) }
    )

    static let patch = Route(
        method: .patch,
        path: "/api/v1/organization",
        operation: "updateOrganization",
        summary: "Changes settings by a JSON merge patch (RFC 7396)",
        chapter: "Organization",
        access: .needs(.manageOrganization),
        parameters: [.ifMatch],
        body: .mergePatch(change),
        answers: [answer],
        problems: [.currencyFixed],
        handler: { call in
            try await call.change(
                { try await call.read { state, _ in state.settings } },
                tag: \.tag,
                { .configureOrganization(changed($0, call.body), expecting: $0) }
            )
            return try await settings(call)
        }
    )

    private static func changed(_ settings: OrganizationSettings, _ body: JSONValue) -> OrganizationSettings {
        var settings = settings
        if body["displayName"] != nil { settings.displayName = body.text("displayName") }
        settings.currency = body.currency("currency") ?? settings.currency
        settings.timeZone = body.text("timeZone") ?? settings.timeZone
        settings.activityWindowDays = body.whole("activityWindowDays").map { Int($0) } ?? settings.activityWindowDays
        if let kinds = body["recordedReads"] {
            settings.recordedReads = Set(kinds.elements.compactMap { $0.text.flatMap { ReadKind(name: $0) } })
        }
        settings.recordsOrigin = body["recordsOrigin"]?.flag ?? settings.recordsOrigin
        settings.joinsVerifiedGuests = body["joinsVerifiedGuests"]?.flag ?? settings.joinsVerifiedGuests
        return settings
    }

    private static func settings(_ call: Call) async throws -> Response {
        let settings = try await call.read { state, _ in state.settings }
        return .json(headers: [.eTag: "\"\(settings.tag)\""]) { writer in
            writer.beginObject()
            writer.field("name", call.organization.name)
            writer.field("displayName", settings.displayName)
            writer.field("currency", settings.currency)
            writer.field("timeZone", settings.timeZone)
            writer.field("activityWindowDays", settings.activityWindowDays)
            writer.field("recordedReads", settings.recordedReads.map(\.name).sorted())
            writer.field("recordsOrigin", settings.recordsOrigin)
            writer.field("joinsVerifiedGuests", settings.joinsVerifiedGuests)
            writer.endObject()
        }
    }
}

extension OrganizationSettings {
    /// The opaque part of their entity tag.
    fileprivate var tag: String {
        ContentTag.of(
            [
                displayName, currency?.description, timeZone, String(activityWindowDays), String(recordsOrigin),
                String(joinsVerifiedGuests),
            ] + recordedReads.map(\.name).sorted()
        )
    }
}
