import CustomerDomain
import EventSourcing

/// Who a customer of a sample is: everything follows from the seed and the number.
struct SamplePerson {
    var accountType: AccountType
    var profile: Profile
    var address: AddressFields
    /// How eager a buyer: few are very eager, most are not.
    var eagerness: Double
    var source: String

    init(seed: UInt64, index: Int) {
        var random = SampleRandom(seed: seed, stream: 1, index: UInt64(index))
        let culture = SampleCulture.all[random.pickIndex(SampleCulture.weightSums)]
        let given = random.pick(culture.givenNames)
        let family = random.pick(culture.familyNames)
        accountType = random.percent(72) ? .registered : .guest
        // A Pareto tail, cut at 40: one customer in a hundred is worth many.
        eagerness = min(40, 1 / (1 - random.fraction() * 0.999).squareRoot())
        source = ["web", "web", "web", "mobile", "pos"][random.below(5)]
        profile = Profile(
            email: EmailAddress(
                unchecked: Self.email(given, family, index, domain: emailDomains[random.below(emailDomains.count)])
            ),
            firstName: given.text,
            lastName: family.text,
            phone: random.percent(70) ? PhoneNumber(random.fill(culture.phone)) : nil,
            birthDate: accountType == .registered && random.percent(35) ? Self.birthDate(&random) : nil
        )
        address = Self.address(of: culture, &random)
        address.firstName = profile.firstName
        address.lastName = profile.lastName
        if random.percent(6) { address.company = "\(family.text) \(random.pick(companyWords))" }
    }

    private static func email(_ given: SampleName, _ family: SampleName, _ index: Int, domain: String) -> String {
        "\(given.ascii).\(family.ascii)\(index + 1)@\(domain)"
    }

    private static func birthDate(_ random: inout SampleRandom) -> CalendarDate? {
        CalendarDate(year: random.number(1945...2006), month: random.number(1...12), day: random.number(1...28))
    }

    /// An address such as people of this culture have.
    static func address(of culture: SampleCulture, _ random: inout SampleRandom) -> AddressFields {
        var fields = AddressFields()
        let city = random.pick(culture.cities)
        fields.line1 = random.pick(culture.streets).replacing("#", with: String(random.number(1...180)))
        if random.percent(15) { fields.line2 = "\(random.number(1...12))/\(random.number(1...40))" }
        fields.city = city.name
        fields.state = city.state
        fields.postalCode = culture.postalCode.isEmpty ? nil : random.fill(culture.postalCode)
        fields.country = culture.country
        return fields
    }
}

/// Reserved by RFC 2606: no mail can ever reach anybody.
private let emailDomains = [
    "mail.example", "post.example", "inbox.example", "example.com", "example.org", "example.net",
]

private let companyWords = ["GmbH", "Ltd", "& Co", "S.A.", "Studio", "Trading", "Design", "Café"]
