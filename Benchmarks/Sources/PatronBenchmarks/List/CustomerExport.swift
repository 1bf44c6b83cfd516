import CustomerDomain
import CustomerProjections
import EventSourcing
import Foundation

/// The standing customers and the queries, in the text form that PostgreSQL's `COPY` reads.
struct CustomerExport: ~Copyable {
    private let lines: [String]
    private let addresses: [String]
    private let queries: [String]

    init(_ state: borrowing OrganizationState) {
        var lines: [String] = []
        var addresses: [String] = []
        for number in 0..<state.customerCount {
            let ordinal = CustomerOrdinal(UInt32(number))
            let status = state.standing(of: ordinal).status
            guard status == .active || status == .disabled else { continue }
            let summary = state.summary(of: ordinal, at: ListCase.time)
            lines.append(Self.line(summary))
            for address in state.addresses(of: ordinal) { addresses.append(Self.line(ordinal, address)) }
        }
        self.lines = lines
        self.addresses = addresses
        queries = ListCase.all(activityWindowDays: state.settings.activityWindowDays)
            .map { "\($0.name)\t\($0.countSQL)\t\($0.pageSQL)\n" }
    }

    /// Writes `path`, and `path` with `.addresses` and `.queries` after it.
    func write(to path: String) throws {
        try lines.joined().write(toFile: path, atomically: true, encoding: .utf8)
        try addresses.joined().write(toFile: path + ".addresses", atomically: true, encoding: .utf8)
        try queries.joined().write(toFile: path + ".queries", atomically: true, encoding: .utf8)
    }

    private static func line(_ summary: CustomerSummary) -> String {
        let email = summary.email ?? ""
        let name = summary.displayName == email ? "" : folded(summary.displayName)
        let digits = (summary.phone ?? "").filter(\.isWholeNumber)
        let lastActivity = max(summary.lastOrderAt?.microseconds ?? .min, summary.lastLoginAt?.microseconds ?? .min)
        return record([
            String(describing: summary.id),
            String(summary.ordinal.value),
            summary.status == .active ? "active" : "disabled",
            summary.accountType == .guest ? "guest" : "registered",
            String(summary.version),
            escaped(summary.email),
            escaped(summary.firstName),
            escaped(summary.lastName),
            escaped(summary.displayName),
            escaped(summary.phone),
            escaped(summary.externalID),
            escaped(summary.source),
            escaped(summary.country?.description),
            String(summary.createdAt.microseconds),
            String(summary.updatedAt.microseconds),
            summary.firstOrderAt.map { String($0.microseconds) } ?? "\\N",
            summary.lastOrderAt.map { String($0.microseconds) } ?? "\\N",
            summary.lastLoginAt.map { String($0.microseconds) } ?? "\\N",
            lastActivity == .min ? "\\N" : String(lastActivity),
            String(summary.orderCount),
            String(summary.grossSpent),
            String(summary.refunded),
            summary.hasLoyaltyAccount ? String(summary.pointsBalance) : "\\N",
            escaped(summary.tierName),
            "{" + summary.tags.joined(separator: ",") + "}",
            "{" + summary.groups.map(\.name).joined(separator: ",") + "}",
            name.isEmpty ? "\\N" : escaped(name),
            email.isEmpty ? "\\N" : escaped(folded(email)),
            escaped("\(name)|\(folded(email))|\(digits)"),
        ])
    }

    private static func line(_ customer: CustomerOrdinal, _ address: Address) -> String {
        let fields = address.fields
        return record([
            String(customer.value), String(describing: address.id), escaped(fields.label), escaped(fields.firstName),
            escaped(fields.lastName), escaped(fields.company), escaped(fields.line1), escaped(fields.line2),
            escaped(fields.city), escaped(fields.state), escaped(fields.postalCode),
            escaped(fields.country?.description), escaped(fields.phone), String(address.isDefaultShipping),
            String(address.isDefaultBilling),
        ])
    }

    private static func record(_ fields: [String]) -> String { fields.joined(separator: "\t") + "\n" }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
    }

    private static func escaped(_ text: String?) -> String {
        guard let text else { return "\\N" }
        guard text.utf8.contains(where: { $0 == 0x5C || $0 < 0x20 }) else { return text }
        return text.replacing("\\", with: "\\\\").replacing("\t", with: " ").replacing("\n", with: " ")
    }
}
