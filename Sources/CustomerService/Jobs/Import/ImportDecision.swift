import CustomerDomain
import CustomerProjections

/// What becomes of a row.
struct ImportDecision: Sendable {
    /// What happens to its customer.
    enum Action: String, Sendable, CaseIterable {
        case create
        case update
        /// Everything is as the row says.
        case skip
        case error
    }

    var action: Action
    /// Whom it is about, where that one is there already.
    var customer: CustomerID?
    /// What to do, groups apart.
    var command: Command?
    /// The names of groups to join.
    var groups: [String] = []
    var errors: [JobError] = []
}

/// Decides what becomes of the rows of a file, in their order; the preview and the import are both made from it.
struct ImportDecider {
    let options: ImportOptions
    let columns: ImportColumns
    /// The lines in which keys were first.
    private var lines: [String: Int] = [:]

    init(_ options: ImportOptions, _ columns: ImportColumns) {
        (self.options, self.columns) = (options, columns)
    }

    /// What becomes of a row, as things stand; `newID` makes the identifier of a customer who is new.
    mutating func decide(
        _ row: ImportRow,
        _ state: borrowing OrganizationState,
        by actor: Actor,
        newID: () -> CustomerID
    ) -> ImportDecision {
        var errors: [JobError] = []
        func refuse(_ field: CustomerMapping.Field?, _ code: String, _ text: String) {
            let column = field.map { columns.name(of: $0) } ?? ""
            errors.append(JobError(line: UInt64(row.line), column: column, code: code, text: text))
        }
        if let problem = row.problem { refuse(nil, "malformed_row", "The row is malformed: \(problem).") }
        let email = row.values[.email].flatMap { EmailAddress($0) }
        if row.values[.email] != nil, email == nil { refuse(.email, "invalid_email", "This is not an e-mail address.") }
        let phone = row.values[.phone].flatMap { PhoneNumber($0) }
        if row.values[.phone] != nil, phone == nil { refuse(.phone, "invalid_phone", "This is not a phone number.") }
        if row.problem == nil, row.values[options.key.field] == nil {
            refuse(options.key.field, "missing", "This is required.")
        }
        for (field, key) in [
            (CustomerMapping.Field.email, email?.normalized), (.externalID, row.values[.externalID]),
        ] {
            guard let key else { continue }
            if let first = lines["\(field.rawValue) \(key)"] {
                refuse(field, "repeated_in_file", "Line \(first) has the same; this is line \(row.line).")
            } else {
                lines["\(field.rawValue) \(key)"] = row.line
            }
        }
        guard errors.isEmpty else { return ImportDecision(action: .error, errors: errors) }
        let known =
            switch options.key {
            case .email: email.flatMap { state.customer(withEmail: $0.normalized, accountType: options.accountType) }
            case .externalID: row.values[.externalID].flatMap { state.customer(withExternalID: $0) }
            }
        var decision =
            if let known {
                update(known, row, email, phone, state)
            } else {
                create(row, email, phone, newID())
            }
        guard let command = decision.command else {
            refuse(.email, "missing", "A customer who is new needs an e-mail address.")
            return ImportDecision(action: .error, errors: errors)
        }
        do throws(Rejection) {
            let events = try CustomerDomain.decide(command, facts: copy state, by: actor)
            if known != nil, events.isEmpty, isMember(known, of: decision.groups, state) { decision.action = .skip }
        } catch {
            let field = error.field.flatMap { CustomerMapping.Field(rawValue: $0) }
            refuse(field, error.code, error.text)
            return ImportDecision(action: .error, customer: decision.customer, errors: errors)
        }
        return decision
    }

    private func isMember(
        _ customer: CustomerOrdinal?,
        of names: [String],
        _ state: borrowing OrganizationState
    ) -> Bool {
        guard let customer else { return false }
        for name in names {
            guard let group = state.group(named: name), state.isMember(customer, of: group) else { return false }
        }
        return true
    }

    private func create(
        _ row: ImportRow,
        _ email: EmailAddress?,
        _ phone: PhoneNumber?,
        _ id: CustomerID
    ) -> ImportDecision {
        guard let email else { return ImportDecision(action: .error) }
        let created = CustomerCreated(
            id: id,
            accountType: options.accountType,
            externalID: row.values[.externalID],
            source: "import",
            profile: Profile(
                email: email,
                firstName: row.values[.firstName],
                lastName: row.values[.lastName],
                phone: phone
            )
        )
        let command = Command.createCustomer(CreateCustomer(created, tags: tags(of: row), isTakenOver: true))
        return ImportDecision(action: .create, command: command, groups: groups(of: row))
    }

    private func update(
        _ customer: CustomerOrdinal,
        _ row: ImportRow,
        _ email: EmailAddress?,
        _ phone: PhoneNumber?,
        _ state: borrowing OrganizationState
    ) -> ImportDecision {
        let (id, profile, tags) = (
            state.standing(of: customer).id, state.profile(of: customer), state.tags(of: customer)
        )
        func edit<Value>(_ field: CustomerMapping.Field, _ value: Value?, isEmpty: Bool) -> Edit<Value> {
            guard let value else { return .keep }
            return switch options.rule(of: field) {
            case .overwrite: .set(value)
            case .fillEmpty: isEmpty ? .set(value) : .keep
            case .keep: .keep
            }
        }
        var change = UpdateCustomer(id: id)
        change.profile.firstName = edit(.firstName, row.values[.firstName], isEmpty: profile.firstName == nil)
        change.profile.lastName = edit(.lastName, row.values[.lastName], isEmpty: profile.lastName == nil)
        change.profile.phone = edit(.phone, phone, isEmpty: profile.phone == nil)
        if options.key != .email { change.profile.email = edit(.email, email, isEmpty: profile.email == nil) }
        if options.key != .externalID {
            let isEmpty = state.externalID(of: customer) == nil
            change.externalID = edit(.externalID, row.values[.externalID], isEmpty: isEmpty)
        }
        let added = self.tags(of: row).filter { !tags.contains($0) }
        if !added.isEmpty { change.tags = tags + added }
        return ImportDecision(action: .update, customer: id, command: .updateCustomer(change), groups: groups(of: row))
    }

    /// The tags that a row adds: its own where they are not kept out, and those that all get.
    private func tags(of row: ImportRow) -> [String] {
        Self.list(row.values[.tags]).appending(options.tags)
    }

    private func groups(of row: ImportRow) -> [String] {
        Self.list(row.values[.group]).appending(options.group.map { [$0] } ?? [])
    }

    /// The parts between commas or semicolons, each once.
    private static func list(_ text: String?) -> [String] {
        let parts = (text ?? "").split { $0 == "," || $0 == ";" }
            .map { String($0.trimmingBlanks) }
        return [].appending(parts.filter { !$0.isEmpty })
    }
}

extension [String] {
    /// These, and those of others that are not there yet.
    fileprivate func appending(_ others: [String]) -> [String] {
        others.reduce(into: self) { all, text in
            if !all.contains(text) { all.append(text) }
        }
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var text = self
        while text.first?.isWhitespace ?? false { text.removeFirst() }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return text
    }
}
