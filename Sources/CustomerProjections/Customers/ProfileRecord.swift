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
        bytes.appendText(externalID)
        bytes.appendVarint(birthDate.map { Int(UInt32(bitPattern: $0.dayNumber)) + 1 } ?? 0)
    }

    var profile: Profile {
        get {
            Profile(
                email: email.map(EmailAddress.init(unchecked:)),
                firstName: firstName,
                lastName: lastName,
                phone: phone.map(PhoneNumber.init(unchecked:)),
                birthDate: birthDate
            )
        }
        set {
            email = newValue.email?.text
            firstName = newValue.firstName
            lastName = newValue.lastName
            phone = newValue.phone?.text
            birthDate = newValue.birthDate
        }
    }

    /// The names to show: those of the account when it has any, else those of the orders.
    var shownNames: (first: String?, last: String?) {
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
        case email, firstName, lastName, phone, orderFirstName, orderLastName, externalID
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
