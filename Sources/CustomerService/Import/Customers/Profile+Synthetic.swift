import CustomerDomain

extension Profile {
    /// A made-up name and e-mail address for a customer of whom only an id is known; always the same for the same id.
    ///
    /// The domain `synthetic.example` cannot exist (RFC 2606), so nobody can take it for a real one.
    static func synthetic(forExternalID externalID: String, country: CountryCode?) -> Profile {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in externalID.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var random = SampleRandom(seed: hash)
        let culture = SampleCulture.of(country) ?? SampleCulture.all[0]
        let given = random.pick(culture.givenNames)
        let family = random.pick(culture.familyNames)
        let id = String(
            externalID.lowercased().unicodeScalars
                .filter { $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        )
        let email = "\(given.ascii).\(family.ascii).\(id)@synthetic.example"
        return Profile(
            email: EmailAddress(email) ?? EmailAddress("\(id.prefix(40))@synthetic.example"),
            firstName: given.text,
            lastName: family.text
        )
    }
}
