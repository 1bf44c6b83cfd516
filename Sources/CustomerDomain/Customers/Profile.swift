/// What a person is called and reached by; all of it is personal data.
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

    /// A profile of these fields.
    public init(
        email: EmailAddress? = nil,
        firstName: String? = nil,
        lastName: String? = nil,
        phone: PhoneNumber? = nil,
        birthDate: CalendarDate? = nil
    ) {
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
        self.phone = phone
        self.birthDate = birthDate
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
            birthDate: birthDate.applied(to: profile.birthDate)
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
        return edit
    }
}
