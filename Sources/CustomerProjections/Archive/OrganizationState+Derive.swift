import CustomerDomain

// What a loaded state makes of the rest instead of having kept it.
extension OrganizationState {
    mutating func deriveColumns() {
        rowByID = HashIndex(expecting: customers.count)
        tagged = ContiguousArray(repeating: OrdinalSet(), count: tagNames.count)
        customers.standing = Bitmap(rowCount: customers.count)
        for row in 0..<customers.count {
            rowByID.insert(Hashing.hash(customers.ids[row].high, customers.ids[row].low), UInt32(row))
            for code in arena.numbers(at: customers.tags[row]) { tagged[Int(code)].insert(UInt32(row)) }
            let account = customers.loyaltyAccount[row]
            if account != noRow { customers.points[row] = loyalty.accounts[Int(account)].balance }
            guard customers.status[row] == .active || customers.status[row] == .disabled else { continue }
            customers.standing[row] = true
            customers.standingCount += 1
            if customers.accountType[row] == .registered { customers.standingRegisteredCount += 1 }
            for group in arena.numbers(at: customers.groups[row]) {
                groups.rows[Int(group)].members.insert(UInt32(row))
            }
        }
        deriveEmailIndex()
        orders.index = HashIndex(expecting: orders.count)
        for row in 0..<orders.count {
            orders.index.insert(arena.withBytes(orders.number[row]) { Hashing.hash($0) }, UInt32(row))
        }
    }

    private mutating func deriveEmailIndex() {
        rowByEmail = HashIndex(expecting: customers.standingCount)
        var lowered = ContiguousArray<UInt8>()
        for row in 0..<customers.count where customers.isStanding(row) {
            let salt = UInt64(customers.accountType[row].rawValue)
            let hash: UInt32? = arena.withBytes(customers.profile[row]) { profile in
                guard let email = ProfileRecord.text(.email, in: profile) else { return nil }
                guard email.allSatisfy({ $0 < 0x80 }) else {
                    return Hashing.hash(EmailAddress(unchecked: String(utf8: email)).normalized, salt: salt)
                }
                lowered.removeAll(keepingCapacity: true)
                for byte in email { lowered.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) }
                return lowered.withUnsafeBufferPointer { Hashing.hash($0, salt: salt) }
            }
            if let hash { rowByEmail.insert(hash, UInt32(row)) }
        }
    }
}

extension HashIndex {
    /// An index that takes so many rows without growing.
    init(expecting count: Int) {
        self.init()
        var slotCount = slots.count
        while count * 4 > slotCount * 3 { slotCount *= 2 }
        slots = ContiguousArray(repeating: 0, count: slotCount)
    }
}
