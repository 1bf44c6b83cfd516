import CustomerDomain
import EventSourcing

extension OrganizationState {
    mutating func create(_ created: CustomerCreatedView, _ record: RecordView) {
        let row = customers.append(
            id: created.id,
            accountType: created.accountType,
            createdAt: record.occurredAt.microseconds
        )
        consents.appendCustomer()
        if let source = created.source { customers.source[row] = sources.insert(source) + 1 }
        scratch.removeAll(keepingCapacity: true)
        ProfileRecord.write(created.profile, externalID: created.externalID, into: &scratch)
        storeProfile(of: row)
        if !isReplaying { makeFindable(created, row) }
        touch(row, record)
    }

    private mutating func makeFindable(_ created: CustomerCreatedView, _ row: Int) {
        rowByID.insert(Hashing.hash(created.id.high, created.id.low), UInt32(row))
        if let email = created.profile.email {
            rowByEmail.insert(Hashing.hash(email: email.bytes, created.accountType), UInt32(row))
        }
        if let externalID = created.externalID {
            rowByExternalID.insert(Hashing.hash(externalID.bytes), UInt32(row))
        }
    }

    mutating func update(_ row: Int, _ updated: CustomerUpdated) {
        var record = record(of: row)
        unindexEmail(record.email, of: row)
        record.profile = updated.profile.applied(to: record.profile)
        let externalID = updated.externalID.applied(to: record.externalID)
        if externalID != record.externalID {
            if !isReplaying {
                if let old = record.externalID { rowByExternalID.remove(Hashing.hash(old), UInt32(row)) }
                if let externalID { rowByExternalID.insert(Hashing.hash(externalID), UInt32(row)) }
            }
            record.externalID = externalID
        }
        store(record, of: row)
        indexEmail(record.email, of: row)
    }

    mutating func setAccountType(_ type: AccountType, of row: Int) {
        let email = record(of: row).email
        unindexEmail(email, of: row)
        customers.setAccountType(type, of: row)
        indexEmail(email, of: row)
    }

    mutating func logIn(_ row: Int, at time: Int64) {
        changeActivity(of: row) { $0.customers.lastLoginAt[row] = max($0.customers.lastLoginAt[row], time) }
    }

    /// Does `change` and keeps the histogram of last activities right.
    @inline(__always)
    mutating func changeActivity(of row: Int, _ change: (inout OrganizationState) -> Void) {
        guard !isReplaying else {
            change(&self)
            return
        }
        let before = countedActivity(of: row)
        change(&self)
        let after = countedActivity(of: row)
        guard before != after else { return }
        if let before { activity.add(-1, at: before) }
        if let after { activity.add(1, at: after) }
    }

    /// The quarter of the last activity of a customer that stands.
    @inline(__always)
    func countedActivity(of row: Int) -> Int? {
        guard customers.isStanding(row), customers.lastActivity(row) != noTime else { return nil }
        return QuarterHistogram.quarter(customers.lastActivity(row))
    }

    func record(of row: Int) -> ProfileRecord { arena.withBytes(customers.profile[row]) { ProfileRecord($0) } }

    /// Keeps a record, and what is found and sorted by it.
    mutating func store(_ record: ProfileRecord, of row: Int) {
        scratch.removeAll(keepingCapacity: true)
        record.write(into: &scratch)
        storeProfile(of: row)
    }

    /// Keeps the record that was put together, and what is found and sorted by it.
    private mutating func storeProfile(of row: Int) {
        arena.replace(&customers.profile[row], with: scratch)
        guard !isReplaying else { return }
        writeSearchText(of: row)
        search.textChanged(of: row, texts: customers.searchText, arena: arena)
    }

    /// Writes what is found, filtered and sorted by a profile.
    mutating func writeSearchText(of row: Int) {
        arena.withBytes(customers.profile[row]) { profile in
            roles.change(&customers.role[row], to: ProfileRecord.text(.role, in: profile))
            emailDomains.change(&customers.emailDomain[row], to: ProfileRecord.emailDomain(in: profile))
            customers.birthday[row] = ProfileRecord.birthDate(in: profile).map { Anniversaries.code(of: $0) } ?? 0
        }
        scratch.removeAll(keepingCapacity: true)
        arena.withBytes(customers.profile[row]) { SearchText.write($0, into: &scratch) }
        let (name, email) = scratch.withUnsafeBufferPointer {
            (SearchText.code(SearchText.name(in: $0)), SearchText.code(SearchText.email(in: $0)))
        }
        customers.nameCode[row] = name
        customers.emailCode[row] = email
        arena.replace(&customers.searchText[row], with: scratch)
    }

    // Not a method of a value: called on the state while it is being changed, that would copy it.
    private static func emailHash(_ email: String, _ type: AccountType) -> UInt32 {
        var email = email
        return email.withUTF8 { Hashing.hash(email: $0, type) }
    }

    mutating func indexEmail(_ email: String?, of row: Int) {
        guard let email, customers.isStanding(row), !isReplaying else { return }
        rowByEmail.insert(Self.emailHash(email, customers.accountType[row]), UInt32(row))
    }

    mutating func unindexEmail(_ email: String?, of row: Int) {
        guard let email, customers.isStanding(row), !isReplaying else { return }
        rowByEmail.remove(Self.emailHash(email, customers.accountType[row]), UInt32(row))
    }

    mutating func setMetadata(_ metadata: [String: String], of row: Int) {
        packMetadata(metadata)
        arena.replaceOrRemove(&customers.metadata[row], with: scratch)
        noteLanguage(of: row)
    }

    /// Puts metadata together as it is kept: nothing for none.
    mutating func packMetadata(_ metadata: [String: String]) {
        scratch.removeAll(keepingCapacity: true)
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            scratch.appendText(key)
            scratch.appendText(value)
        }
    }

    mutating func editAddresses(of row: Int, _ edit: (inout AddressBook) -> Void) {
        var book = arena.withBytes(customers.addresses[row]) { AddressBook($0) }
        edit(&book)
        customers.country[row] = book.country?.packed ?? 0
        scratch.removeAll(keepingCapacity: true)
        book.write(into: &scratch)
        if scratch.isEmpty {
            arena.remove(&customers.addresses[row])
        } else {
            arena.replace(&customers.addresses[row], with: scratch)
        }
        notePlace(of: row)
    }

    mutating func add(_ address: AddressView, of row: Int) {
        guard customers.addresses[row] == Arena.none else {
            editAddresses(of: row) { $0.add(Address(address)) }
            return
        }
        customers.country[row] = address.fields.country?.packed ?? 0
        scratch.removeAll(keepingCapacity: true)
        AddressBook.write(address, into: &scratch)
        arena.replace(&customers.addresses[row], with: scratch)
        notePlace(of: row)
    }

    mutating func updateAddress(_ id: AddressID, _ fields: AddressFields, of row: Int) {
        editAddresses(of: row) { book in
            for index in book.addresses.indices where book.addresses[index].id == id {
                book.addresses[index] = book.addresses[index].changed(to: fields)
            }
        }
    }

    mutating func verifyAddress(_ verified: AddressVerified, _ record: RecordView, _ row: Int) {
        let time = min(record.occurredAt, record.recordedAt)
        let actor = record.actor.map { String($0) } ?? ""
        editAddresses(of: row) { book in
            for index in book.addresses.indices where book.addresses[index].id == verified.address {
                book.addresses[index] = book.addresses[index].found(verified.outcome, at: time, by: actor)
            }
        }
    }

    mutating func setDefaults(_ shipping: AddressID?, _ billing: AddressID?, of row: Int) {
        editAddresses(of: row) { book in
            for index in book.addresses.indices {
                book.addresses[index].isDefaultShipping = book.addresses[index].id == shipping
                book.addresses[index].isDefaultBilling = book.addresses[index].id == billing
            }
        }
    }

    /// The names on an order, for customers who have none of their own.
    mutating func noteNames(_ first: TextView?, _ last: TextView?, of row: Int) {
        guard first != nil || last != nil else { return }
        scratch.removeAll(keepingCapacity: true)
        let isNew = arena.withBytes(customers.profile[row]) {
            ProfileRecord.write($0, orderFirstName: first, last, into: &scratch)
        }
        if isNew { storeProfile(of: row) }
    }
}

/// Whether a text is what these bytes say.
func isText(_ text: String?, _ bytes: UnsafeBufferPointer<UInt8>?) -> Bool {
    guard let text, let bytes else { return text == nil && bytes == nil }
    return text.utf8.elementsEqual(bytes)
}
