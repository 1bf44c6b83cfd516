/// What a person is called, reached by and there for; all of it is personal data.
public struct Profile: Hashable, Sendable {
    /// The e-mail address as it was given.
    public var email: EmailAddress?
    /// The given name.
    public var firstName: String?
    /// The family name.
    public var lastName: String?
    /// The phone number as it was given.
    public var phone: PhoneNumber?
    /// The date of birth.
    public var birthDate: CalendarDate?
    /// What it does for whom it buys, in the shop's own words (buyer, approver); never what it may do here.
    public var role: String?

    /// A profile of these fields.
    public init(
        email: EmailAddress? = nil,
        firstName: String? = nil,
        lastName: String? = nil,
        phone: PhoneNumber? = nil,
        birthDate: CalendarDate? = nil,
        role: String? = nil
    ) {
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
        self.phone = phone
        self.birthDate = birthDate
        self.role = role
    }
}

/// A partial update of a ``Profile``.
public struct ProfileEdit: Hashable, Sendable {
    /// The edit of the e-mail address.
    public var email: Edit<EmailAddress> = .keep
    /// The edit of the given name.
    public var firstName: Edit<String> = .keep
    /// The edit of the family name.
    public var lastName: Edit<String> = .keep
    /// The edit of the phone number.
    public var phone: Edit<PhoneNumber> = .keep
    /// The edit of the date of birth.
    public var birthDate: Edit<CalendarDate> = .keep
    /// The edit of the role.
    public var role: Edit<String> = .keep

    /// An edit that keeps everything.
    public init() {}

    /// Whether it changes nothing, whatever the profile.
    public var isEmpty: Bool { self == ProfileEdit() }

    /// The profile after the edit.
    public func applied(to profile: Profile) -> Profile {
        Profile(
            email: email.applied(to: profile.email),
            firstName: firstName.applied(to: profile.firstName),
            lastName: lastName.applied(to: profile.lastName),
            phone: phone.applied(to: profile.phone),
            birthDate: birthDate.applied(to: profile.birthDate),
            role: role.applied(to: profile.role)
        )
    }

    /// The edit without what would not change `profile`.
    public func reduced(against profile: Profile) -> ProfileEdit {
        var edit = self
        edit.email = email.reduced(against: profile.email)
        edit.firstName = firstName.reduced(against: profile.firstName)
        edit.lastName = lastName.reduced(against: profile.lastName)
        edit.phone = phone.reduced(against: profile.phone)
        edit.birthDate = birthDate.reduced(against: profile.birthDate)
        edit.role = role.reduced(against: profile.role)
        return edit
    }
}
