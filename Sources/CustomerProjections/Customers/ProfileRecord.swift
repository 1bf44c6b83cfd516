import CustomerDomain

/// The texts of one customer as they lie in the arena.
struct ProfileRecord {
    var email: String?
    var firstName: String?
    var lastName: String?
    var phone: String?
    /// Names on the latest order that had any.
    var orderFirstName: String?
    var orderLastName: String?
    var role: String?
    /// Not personal: it stays when the rest is erased.
    var externalID: String?
    var birthDate: CalendarDate?

    init() {}

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard !bytes.isEmpty else { return }
        var position = 0
        email = readText(bytes, &position).map(String.init(utf8:))
        firstName = readText(bytes, &position).map(String.init(utf8:))
        lastName = readText(bytes, &position).map(String.init(utf8:))
        phone = readText(bytes, &position).map(String.init(utf8:))
        orderFirstName = readText(bytes, &position).map(String.init(utf8:))
        orderLastName = readText(bytes, &position).map(String.init(utf8:))
        role = readText(bytes, &position).map(String.init(utf8:))
        externalID = readText(bytes, &position).map(String.init(utf8:))
        let day = readVarint(bytes, &position)
        if day != 0 { birthDate = CalendarDate(dayNumber: Int32(bitPattern: UInt32(day - 1))) }
    }

    func write(into bytes: inout ContiguousArray<UInt8>) {
        bytes.appendText(email)
        bytes.appendText(firstName)
        bytes.appendText(lastName)
        bytes.appendText(phone)
        bytes.appendText(orderFirstName)
        bytes.appendText(orderLastName)
        bytes.appendText(role)
        bytes.appendText(externalID)
        bytes.appendVarint(birthDate.map { Int(UInt32(bitPattern: $0.dayNumber)) + 1 } ?? 0)
    }

    /// Writes the record of a new customer.
    static func write(_ profile: ProfileView, externalID: TextView?, into bytes: inout ContiguousArray<UInt8>) {
        bytes.appendText(profile.email)
        bytes.appendText(profile.firstName)
        bytes.appendText(profile.lastName)
        bytes.appendText(profile.phone)
        bytes.appendText(nil as TextView?)
        bytes.appendText(nil as TextView?)
        bytes.appendText(profile.role)
        bytes.appendText(externalID)
        bytes.appendVarint(profile.birthDate.map { Int(UInt32(bitPattern: $0.dayNumber)) + 1 } ?? 0)
    }

    /// Writes a record with other names of orders; `false`, and nothing of use, when it has these already.
    static func write(
        _ record: UnsafeBufferPointer<UInt8>,
        orderFirstName first: TextView?,
        _ last: TextView?,
        into bytes: inout ContiguousArray<UInt8>
    ) -> Bool {
        var position = 0
        for _ in 0..<Field.orderFirstName.rawValue { _ = readText(record, &position) }
        let start = position
        let isFirst = isText(readText(record, &position), first?.bytes)
        let isLast = isText(readText(record, &position), last?.bytes)
        guard !isFirst || !isLast else { return false }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: record[..<start]))
        bytes.appendText(first)
        bytes.appendText(last)
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: record[position...]))
        return true
    }

    var profile: Profile {
        get {
            Profile(
                email: email.map(EmailAddress.init(unchecked:)),
                firstName: firstName,
                lastName: lastName,
                phone: phone.map(PhoneNumber.init(unchecked:)),
                birthDate: birthDate,
                role: role
            )
        }
        set {
            email = newValue.email?.text
            firstName = newValue.firstName
            lastName = newValue.lastName
            phone = newValue.phone?.text
            birthDate = newValue.birthDate
            role = newValue.role
        }
    }

    /// The names to show: those of the account when it has any, else those of the orders.
    private var shownNames: (first: String?, last: String?) {
        firstName != nil || lastName != nil ? (firstName, lastName) : (orderFirstName, orderLastName)
    }

    var displayName: String {
        switch shownNames {
        case (let first?, let last?): first + " " + last
        case (let name?, nil), (nil, let name?): name
        case (nil, nil): email ?? ""
        }
    }

    /// Which field of the record, counted from zero.
    enum Field: Int {
        case email, firstName, lastName, phone, orderFirstName, orderLastName, role, externalID
    }

    /// The bytes of one text, without making strings of the others.
    @inline(__always)
    static func text(_ field: Field, in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard !bytes.isEmpty else { return nil }
        var position = 0
        for _ in 0..<field.rawValue { _ = readText(bytes, &position) }
        return readText(bytes, &position)
    }
}
