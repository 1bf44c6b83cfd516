import CustomerDomain
import CustomerProjections
import EventSourcing

/// One column of an export.
public struct ExportField: Hashable, Sendable {
    /// Its name, in the head of the file and in requests.
    public let name: String
    /// The group that it can be asked for by.
    public let group: String
    /// What a row is that has it.
    public let records: ExportRequest.Records
    let value: @Sendable (borrowing ExportSubject) -> ExportValue

    /// The field of this name; `nil` when there is none.
    public init?(name: String, of records: ExportRequest.Records) {
        guard let field = Self.fields(of: records).first(where: { $0.name == name }) else { return nil }
        self = field
    }

    init(
        _ name: String,
        _ group: String,
        of records: ExportRequest.Records = .customers,
        _ value: @escaping @Sendable (borrowing ExportSubject) -> ExportValue
    ) {
        (self.name, self.group, self.records, self.value) = (name, group, records, value)
    }

    /// All fields of what a row is, in the order in which a file has them.
    public static func fields(of records: ExportRequest.Records) -> [ExportField] {
        switch records {
        case .customers: customerFields
        case .orders: orderFields
        }
    }

    /// The groups of fields of what a row is, in the same order.
    public static func groups(of records: ExportRequest.Records) -> [String] {
        var groups: [String] = []
        for field in fields(of: records) where !groups.contains(field.group) { groups.append(field.group) }
        return groups
    }

    /// Equal names of equal records are equal fields.
    public static func == (one: ExportField, other: ExportField) -> Bool {
        one.name == other.name && one.records == other.records
    }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(records)
    }
}

/// What a cell holds.
enum ExportValue: Hashable, Sendable {
    case none
    case text(String)
    case number(Int64)
    case flag(Bool)
    case list([String])
    case map([String: String])

    init(_ text: String?) { self = text.map { .text($0) } ?? .none }

    init(_ time: Timestamp?) { self.init(time?.rfc3339) }

    init(_ number: Int64?) { self = number.map { .number($0) } ?? .none }

    /// The value where there is one place for it: lists by semicolons, as imports take them; maps as JSON.
    var cell: String? {
        switch self {
        case .none: nil
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .list(let texts): texts.isEmpty ? nil : texts.joined(separator: ";")
        case .map(let texts): texts.isEmpty ? nil : json
        }
    }

    /// The value as JSON.
    var json: String {
        switch self {
        case .none: return "null"
        case .text(let text): return JSONText.quoted(text)
        case .number(let number): return String(number)
        case .flag(let flag): return flag ? "true" : "false"
        case .list(let texts): return JSONText.list(texts)
        case .map(let texts):
            var object = JSONText()
            for (key, value) in texts.sorted(by: { $0.key < $1.key }) { object.add(key, value) }
            return object.closed
        }
    }
}

/// What the fields of a row are taken from.
struct ExportSubject {
    var profile: CustomerProfile
    var loyalty: LoyaltySummary?
    /// The order, where a row is one.
    var order: OrderView?

    var summary: CustomerSummary { profile.summary }
    var shipping: AddressFields? { profile.addresses.first { $0.isDefaultShipping }?.fields }
    var billing: AddressFields? { profile.addresses.first { $0.isDefaultBilling }?.fields }
}
