public import CustomerDomain

/// How a file of customers is taken over HTTP.
public struct ImportOptions: Hashable, Sendable {
    /// What happens to what a customer has already; an empty cell never changes anything.
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        /// The file's value takes its place.
        case overwrite
        /// It stays; only what is empty is filled.
        case fillEmpty
        /// It stays.
        case keep
    }

    /// By what a row's customer is known.
    public enum Key: String, Hashable, Sendable, CaseIterable {
        /// The e-mail address, among customers of the account type.
        case email
        /// The shop's own id.
        case externalID = "externalId"

        var field: CustomerMapping.Field { self == .email ? .email : .externalID }
    }

    /// Columns by their names in the file; `nil` for a column that is not taken. Others are found by their names.
    public var columns: [String: CustomerMapping.Field?] = [:]
    /// By what a row's customer is known.
    public var key = Key.email
    /// What holds for fields without a rule of their own.
    public var rule = Rule.overwrite
    /// What holds for single fields.
    public var rules: [CustomerMapping.Field: Rule] = [:]
    /// Tags that all get, new or not.
    public var tags: [String] = []
    /// The name of a group that all join, made when there is none.
    public var group: String?
    /// The byte between fields.
    public var delimiter = UInt8(ascii: ",")
    /// Whether rows that are not UTF-8 are ISO 8859-1.
    public var readsLatin1 = false
    /// Whether those who are new get an account.
    public var accountType = AccountType.registered

    /// A file with the columns of the template, by e-mail address.
    public init() {}

    /// What holds for a field.
    func rule(of field: CustomerMapping.Field) -> Rule { rules[field] ?? rule }

    /// What it does, for auditors.
    var work: String {
        "customers by \(key.rawValue), \(rule.rawValue)" + (tags.isEmpty ? "" : ", tags: \(tags.joined(separator: ", "))")
    }

    // MARK: Plans

    func write(to plan: inout PlanWriter) {
        let columns = columns.sorted { $0.key < $1.key }
        plan.add(columns.map(\.key))
        plan.add(columns.map { $0.value?.rawValue ?? "" })
        plan.add([key.rawValue, rule.rawValue, group == nil ? "" : "group", group ?? ""])
        let rules = rules.sorted { $0.key.rawValue < $1.key.rawValue }
        plan.add(rules.map(\.key.rawValue))
        plan.add(rules.map(\.value.rawValue))
        plan.add(tags)
        for number in [delimiter, readsLatin1 ? 1 : 0, accountType.rawValue] { plan.add(UInt64(number)) }
    }

    init(_ plan: inout PlanReader) throws(PlanReader.Malformed) {
        let (names, fields, choices) = (try plan.texts(), try plan.texts(), try plan.texts())
        let (ruled, rules, tags) = (try plan.texts(), try plan.texts(), try plan.texts())
        let numbers = (try plan.number(), try plan.number(), try plan.number())
        guard names.count == fields.count, choices.count == 4, let key = Key(rawValue: choices[0]),
            let rule = Rule(rawValue: choices[1]), ruled.count == rules.count,
            let accountType = AccountType(rawValue: UInt8(truncatingIfNeeded: numbers.2))
        else { throw PlanReader.Malformed() }
        for (name, field) in zip(names, fields) {
            columns.updateValue(CustomerMapping.Field(rawValue: field), forKey: name)
        }
        for (field, rule) in zip(ruled, rules) {
            guard let field = CustomerMapping.Field(rawValue: field), let rule = Rule(rawValue: rule) else {
                throw PlanReader.Malformed()
            }
            self.rules[field] = rule
        }
        (self.key, self.rule, self.tags, self.accountType) = (key, rule, tags, accountType)
        group = choices[2].isEmpty ? nil : choices[3]
        (delimiter, readsLatin1) = (UInt8(truncatingIfNeeded: numbers.0), numbers.1 == 1)
    }
}
