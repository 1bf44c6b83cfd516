import CustomerDomain
import CustomerProjections
import EventSourcing

/// Brings a CSV file of customers into an organization; who is there already, by e-mail address, is left alone or updated.
public struct CustomerImport: ~Copyable {
    private let mapping: CustomerMapping
    private let updatesKnown: Bool
    private let totalByteCount: Int?
    private var reader: CSVReader
    private var columns: CustomerColumns?
    private var submitter: CommandSubmitter
    private var summary = ImportSummary()
    private var seenEmails: Set<String> = []
    private var groups: [String: GroupID] = [:]

    /// The rows that were not taken.
    public private(set) var report: ImportReport

    /// An import of `source`.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - mapping: Which column is what.
    ///   - updatesKnown: Whether customers who are there already get what the file says of them.
    ///   - organization: Where the customers go.
    ///   - scope: Who imports.
    ///   - report: Gets the rows that cannot be taken.
    public init(
        _ source: ByteSource,
        mapping: CustomerMapping = CustomerMapping(),
        updatesKnown: Bool = false,
        into organization: Organization,
        scope: Scope,
        report: ImportReport
    ) {
        self.mapping = mapping
        self.updatesKnown = updatesKnown
        self.report = report
        totalByteCount = source.byteCount
        reader = CSVReader(source, delimiter: mapping.delimiter, readsLatin1: mapping.readsLatin1)
        submitter = CommandSubmitter(organization: organization, scope: scope)
    }

    /// Imports everything, and returns when it is durable.
    ///
    /// - Parameter progress: Called after each chunk of the input.
    /// - Returns: What the import came to.
    /// - Throws: ``ImportError``; then what was taken until then stays.
    public mutating func run(progress: (ImportProgress) -> Void = { _ in }) async throws -> ImportSummary {
        var isDone = false
        while !isDone {
            var rows: [CustomerRow] = []
            isDone = try readChunk(&rows)
            for row in rows { try await take(row) }
            do {
                try await submitter.keepPace()
            } catch {
                throw ImportError.stopped(error)
            }
            progress(
                ImportProgress(
                    byteCount: reader.readByteCount,
                    totalByteCount: totalByteCount,
                    rowCount: summary.rowCount,
                    eventCount: submitter.eventCount
                )
            )
        }
        guard columns != nil else { throw ImportError.noHeader }
        do {
            try await submitter.finish()
        } catch {
            throw ImportError.stopped(error)
        }
        try report.flush()
        summary.reportedRowCount = report.rowCount
        summary.eventCount = submitter.eventCount
        return summary
    }

    /// Reads once; returns whether that was all.
    private mutating func readChunk(_ rows: inout [CustomerRow]) throws -> Bool {
        let mapping = mapping
        var columns = columns
        var report = report
        var rowCount = 0
        defer {
            self.columns = columns
            self.report = report
            summary.rowCount += rowCount
        }
        let goesOn = try reader.visitRows { row in
            guard let columns else {
                columns = try mapping.find(row)
                return
            }
            rowCount += 1
            if let finding = row.malformed(columnCount: columns.names.count) { return try report.add(finding) }
            let line = row.line
            let parsed = try CustomerRow(row, columns) { field, reason, detail in
                try report.add(
                    ImportFinding(line: line, column: columns.name(field), reason: reason, detail: detail)
                )
            }
            if let parsed { rows.append(parsed) }
        }
        return !goesOn
    }

    private mutating func take(_ row: CustomerRow) async throws {
        guard seenEmails.insert(row.email.normalized).inserted else {
            return try refuse(row, .email, .repeatedInFile, "")
        }
        do {
            if let known = find(row) {
                try await update(known, row)
            } else {
                try await create(row)
            }
        } catch .rejected(.externalIDTaken) {
            try refuse(row, .externalID, .alreadyUsed, row.externalID ?? "")
        } catch .rejected(let rejection) {
            try refuse(row, .email, .refused, rejection.text)
        } catch {
            throw ImportError.stopped(error)
        }
    }

    private mutating func refuse(
        _ row: CustomerRow,
        _ field: CustomerMapping.Field,
        _ reason: ImportReason,
        _ detail: String
    ) throws {
        let column = columns?.name(field) ?? field.templateName
        try report.add(ImportFinding(line: row.line, column: column, reason: reason, detail: detail))
    }
}

// MARK: - Commands

extension CustomerImport {
    private func find(_ row: CustomerRow) -> CustomerOrdinal? {
        submitter.organization.peek { state, _ in
            state.customer(withEmail: row.email.normalized, accountType: mapping.accountType)
        }
    }

    private mutating func create(_ row: CustomerRow) async throws(CommandError) {
        var groups: [GroupID] = []
        for name in row.groups { groups.append(try await group(name)) }
        let created = CustomerCreated(
            id: submitter.organization.identifiers.next(),
            accountType: mapping.accountType,
            externalID: row.externalID,
            source: mapping.source,
            profile: Profile(
                email: row.email,
                firstName: row.firstName,
                lastName: row.lastName,
                phone: row.phone
            )
        )
        let creation = CreateCustomer(created, tags: row.tags, groups: groups, isTakenOver: true)
        try await submitter.submit(.createCustomer(creation))
        summary.customerCount += 1
        summary.takenRowCount += 1
    }

    private mutating func update(_ customer: CustomerOrdinal, _ row: CustomerRow) async throws(CommandError) {
        guard updatesKnown else {
            summary.knownCustomerCount += 1
            summary.knownRowCount += 1
            return
        }
        let (id, tags) = submitter.organization.peek { state, _ in
            (state.standing(of: customer).id, state.tags(of: customer))
        }
        var edit = ProfileEdit()
        if let name = row.firstName { edit.firstName = .set(name) }
        if let name = row.lastName { edit.lastName = .set(name) }
        if let phone = row.phone { edit.phone = .set(phone) }
        let update = UpdateCustomer(
            id: id,
            profile: edit,
            externalID: row.externalID.map { .set($0) } ?? .keep,
            tags: tags + row.tags.filter { !tags.contains($0) }
        )
        var eventCount = try await submitter.submit(.updateCustomer(update))
        for name in row.groups {
            eventCount += try await submitter.submit(.addGroupMembers(try await group(name), [id]))
        }
        if eventCount > 0 {
            summary.updatedCustomerCount += 1
            summary.takenRowCount += 1
        } else {
            summary.knownCustomerCount += 1
            summary.knownRowCount += 1
        }
    }

    /// The group of this name, made when there is none.
    private mutating func group(_ name: String) async throws(CommandError) -> GroupID {
        if let known = groups[name] { return known }
        let found: GroupID? = submitter.organization.peek { state, _ in
            state.group(named: name).map { state.groupView($0).id }
        }
        if let found {
            groups[name] = found
            return found
        }
        let created = GroupCreated(id: submitter.organization.identifiers.next(), name: name)
        try await submitter.submit(.createGroup(created))
        groups[name] = created.id
        return created.id
    }
}
