import CustomerDomain

// Comparisons of texts, lists and choices.
extension OrganizationState {
    func keep(
        _ field: SegmentField,
        _ texts: [String],
        _ isNegated: Bool,
        _ matches: inout Bitmap,
        _ time: QueryTime
    ) {
        switch field {
        case .accountStatus:
            keepChoice(customers.disabled, texts.contains("disabled"), texts.contains("active"), isNegated, &matches)
        case .type:
            keepChoice(
                customers.registered,
                texts.contains(AccountType.registered.description),
                texts.contains(AccountType.guest.description),
                isNegated,
                &matches
            )
        case .activity:
            var active = matches
            keep(&active, .active, time)
            keepChoice(active, texts.contains("active"), texts.contains("inactive"), isNegated, &matches)
        case .emailConsent: keep(.marketingEmail, texts, isNegated, &matches)
        case .smsConsent: keep(.sms, texts, isNegated, &matches)
        default: keep(field, TextTest(texts, ignoresCase: true), isNegated, &matches)
        }
    }

    /// Of two halves that make all rows, those asked for.
    private func keepChoice(
        _ half: Bitmap,
        _ isHalfIn: Bool,
        _ isRestIn: Bool,
        _ isNegated: Bool,
        _ matches: inout Bitmap
    ) {
        var kept = Bitmap(rowCount: customers.count)
        if isHalfIn != isNegated {
            kept = matches
            kept.formIntersection(half)
        }
        if isRestIn != isNegated {
            var rest = matches
            rest.subtract(half)
            kept.formUnion(rest)
        }
        matches = kept
    }

    private func keep(_ kind: ConsentKind, _ names: [String], _ isNegated: Bool, _ matches: inout Bitmap) {
        let shift = ConsentTable.shift(of: kind)
        // Zero is for who was not asked.
        let isIn = (0...3)
            .map { code in
                ConsentState(rawValue: UInt8(code)).map { names.contains($0.name) != isNegated } ?? false
            }
        consents.codes.withUnsafeBufferPointer { column in
            matches.filter(rowCount: customers.count) { isIn[Int(column[$0] >> shift & 3)] }
        }
    }

    private func keep(_ field: SegmentField, _ test: TextTest, _ isNegated: Bool, _ matches: inout Bitmap) {
        switch field {
        case .source:
            let isIn = [false] + sources.texts.map { test.holds($0) != isNegated }
            customers.source.withUnsafeBufferPointer { column in
                matches.filter(rowCount: customers.count) { isIn[Int(column[$0])] }
            }
        case .loyaltyTier:
            let isIn = [false] + (loyaltyProgram?.tiers ?? []).map { test.holds($0.name) != isNegated }
            customers.tier.withUnsafeBufferPointer { column in
                matches.filter(rowCount: customers.count) { isIn[Int(column[$0])] }
            }
        case .emailDomain:
            emailDomains.keep(customers.emailDomain, in: &matches, none: false) { test.holds($0) != isNegated }
        default: keep(metadata: SegmentField.languageKey, test, isNegated, &matches)
        }
    }

    func keep(metadata key: String, _ test: TextTest, _ isNegated: Bool, _ matches: inout Bitmap) {
        keep(metadata: key, none: false, &matches) { test.holds($0) != isNegated }
    }

    /// Keeps those for whose value `holds`, or, where they have none, `none` says so.
    private func keep(
        metadata key: String,
        none: Bool,
        _ matches: inout Bitmap,
        _ holds: (UnsafeBufferPointer<UInt8>) -> Bool
    ) {
        let bytes = Array(key.utf8)
        func holdsOf(_ row: Int) -> Bool {
            arena.withBytes(customers.metadata[row]) { metadataText(bytes, in: $0).map(holds) ?? none }
        }
        if key == SegmentField.languageKey {
            languages.keep(customers.language, in: &matches, none: none, where: holds, elsewhere: holdsOf)
        } else {
            matches.filterEach(holdsOf)
        }
    }

    /// Keeps those whose list has an element, or whose text has this in it.
    func keep(_ field: SegmentField, containing text: String, _ isNegated: Bool, _ matches: inout Bitmap) {
        switch field {
        case .tags, .groups:
            var members = Bitmap(rowCount: customers.count)
            if field == .tags {
                if let code = tagNames.code(of: text) { tagged[Int(code)].formUnion(into: &members) }
            } else if let group = groups.row(GroupID(text).map { .id($0) } ?? .name(text)) {
                groups.rows[Int(group)].members.formUnion(into: &members)
            }
            if isNegated { matches.subtract(members) } else { matches.formIntersection(members) }
        case .countries:
            let country = CountryCode(text)?.packed
            keepPlaces(isNegated, in: &matches) { $0.country == country }
        case .cities, .regions:
            let test = TextTest([text], ignoresCase: true)
            keepPlaces(isNegated, in: &matches) { place in
                (field == .cities ? place.city : place.state).map { test.holds($0) } ?? false
            }
        default: keep(field, TextTest([text], isPart: true, ignoresCase: true), isNegated, &matches)
        }
    }

    /// Keeps those who have an address at such a place; only of those who have several places their addresses are read.
    private func keepPlaces(_ isNegated: Bool, in matches: inout Bitmap, _ isWanted: (AddressBook.Place) -> Bool) {
        func hasAddress(_ row: Int) -> Bool {
            arena.withBytes(customers.addresses[row]) { AddressBook.hasPlace(in: $0, isWanted) != isNegated }
        }
        func isPlace(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { isWanted(AddressBook.Place(bytes)) != isNegated }
        places.keep(customers.place, in: &matches, none: isNegated, where: isPlace, elsewhere: hasAddress)
    }

    // MARK: Missing values

    func keepMissing(_ subject: SegmentSubject, _ isNegated: Bool, in matches: inout Bitmap) {
        let count = customers.count
        func keep(_ hasValue: (Int) -> Bool) { matches.filterEach { hasValue($0) == isNegated } }
        func keep(_ column: SortedColumn<Int64>) {
            matches.filter(rowCount: count) { (column.values[$0] != noTime) == isNegated }
        }
        switch subject {
        case .field(let field), .month(let field), .anniversary(let field):
            switch field {
            case .lastOrderDate, .daysSinceLastOrder: keep(customers.lastOrderAt)
            case .lastLoginDate: keep(customers.lastLoginAt)
            case .pointsBalance: keep(customers.points)
            case .firstOrderDate: keep { customers.firstOrderAt[$0] != noTime }
            case .averageOrderValue: keepAverages(in: &matches) { average in (average != nil) == isNegated }
            case .birthDate: keep { customers.birthday[$0] != 0 }
            case .tags: keep { customers.tags[$0] != Arena.none }
            case .groups:
                // Who was in a group that was deleted has it still, unseen.
                var members = Bitmap(rowCount: customers.count)
                for group in groups.rows where !group.isDeleted { group.members.formUnion(into: &members) }
                keep { members[$0] }
            case .countries: keepPlaces(!isNegated, in: &matches) { $0.country != 0 }
            case .cities: keepPlaces(!isNegated, in: &matches) { $0.city != nil }
            case .regions: keepPlaces(!isNegated, in: &matches) { $0.state != nil }
            case .emailDomain: keep { customers.emailDomain[$0] != 0 }
            case .language: keepMissing(.metadata(SegmentField.languageKey), isNegated, in: &matches)
            case .emailConsent, .smsConsent:
                let shift = ConsentTable.shift(of: field == .smsConsent ? .sms : .marketingEmail)
                keep { consents.codes[$0] >> shift & 3 != 0 }
            case .loyaltyTier:
                let hasTiers = loyaltyProgram?.tiers.isEmpty == false
                keep { hasTiers && customers.loyaltyAccount[$0] != noRow }
            case .source: keep { customers.source[$0] != 0 }
            case .amountSpent, .numberOfOrders, .customerAddedDate, .accountStatus, .type, .activity, .isLoyaltyMember,
                .storeCredit:
                keep { _ in true }
            }
        case .metadata(let key):
            self.keep(metadata: key, none: !isNegated, &matches) { _ in isNegated }
        case .orders, .products: keep { _ in true }
        }
    }
}

extension ProfileRecord {
    /// The date of birth, without making strings of the rest.
    static func birthDate(in bytes: UnsafeBufferPointer<UInt8>) -> CalendarDate? {
        guard !bytes.isEmpty else { return nil }
        var position = 0
        for _ in 0...Field.externalID.rawValue { _ = readText(bytes, &position) }
        let day = readVarint(bytes, &position)
        return day == 0 ? nil : CalendarDate(dayNumber: Int32(bitPattern: UInt32(day - 1)))
    }

    /// What stands behind the last @ of the e-mail address.
    static func emailDomain(in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard let email = text(.email, in: bytes), let at = email.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        return UnsafeBufferPointer(rebasing: email[(at + 1)...])
    }
}
