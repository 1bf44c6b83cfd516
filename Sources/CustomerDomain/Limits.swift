/// Every limit of what an organization may hold; the deciding code knows no other.
///
/// Characters are Unicode scalars, as JSON Schema counts them.
public enum Limits {
    /// Characters of a name: of a person, a group, a tier, a programme, an API key.
    public static let name = 1...200
    /// Characters of the subject of a token, which events name.
    public static let tokenSubject = 1...100
    /// Characters of the shop's own id of a customer.
    public static let externalID = 1...200
    /// Characters of the shop's word for what a customer does for whom it buys.
    public static let customerRole = 1...100
    /// Characters of the word for where a customer came from.
    public static let source = 1...100
    /// Addresses of a customer; merges of the first form may have brought more.
    public static let addressesPerCustomer = 100
    /// Characters of one field of an address.
    public static let addressField = 1...200
    /// Characters of a tag.
    public static let tag = 1...100
    /// Tags of a customer; merges of the first form may have brought more.
    public static let tagsPerCustomer = 250
    /// Keys in a customer's metadata.
    public static let metadataKeysPerCustomer = 50
    /// Characters of a metadata key.
    public static let metadataKey = 1...40
    /// Characters of a metadata value.
    public static let metadataValue = 0...500
    /// Keys of metadata of which an organization says what their values are.
    public static let customFields = 100
    /// Values of a choice among them.
    public static let choicesPerCustomField = 100
    /// Characters of such a value.
    public static let customFieldChoice = 1...100
    /// Characters of a note.
    public static let note = 1...5_000
    /// Characters of the reason of anything.
    public static let reason = 1...500
    /// Characters of the version of the wording that a consent was given to.
    public static let consentWording = 1...100
    /// Characters of what proves a consent.
    public static let consentEvidence = 1...1_000
    /// Lines of a customer's ledger of consents; beyond it only withdrawals of what is not withdrawn are taken.
    public static let consentsPerCustomer = 1_000
    /// Days in which a request of a person about its data must be done.
    public static let dataRequestDays: UInt32 = 30
    /// Characters of any text of such a request.
    public static let dataRequestText = 1...2_000
    /// Characters of the passphrase of a bundle.
    public static let bundlePassphrase = 12...200
    /// Open requests of one customer.
    public static let openDataRequestsPerCustomer = 20
    /// Characters of what a group is for.
    public static let groupDescription = 0...1_000
    /// Characters of the shop's own key of a group: letters, digits, `_` and `-`.
    public static let groupKey = 1...100
    /// Off every price, in hundredths of a percent.
    public static let discount: ClosedRange<Int64> = 1...10_000
    /// Days in which an invoice is due.
    public static let paymentTermsDays: ClosedRange<Int64> = 0...365
    /// Pricing rules of an organization.
    public static let pricingRules = 1_000
    /// Characters of the name of a list of prices.
    public static let priceList = 1...100
    /// Groups that a customer may be created into.
    public static let groupsPerCreation = 100
    /// Customers that one command may add to a group or take from it.
    public static let membersPerCommand = 10_000

    /// Characters of an order's number.
    public static let orderNumber = 1...64
    /// Characters of a refund's reference.
    public static let refundReference = 1...64
    /// Returns of an order.
    public static let returnsPerOrder = 100
    /// Characters of a payment method.
    public static let paymentMethod = 1...100
    /// Lines of an order; a refund may have none.
    public static let linesPerOrder = 1...10_000
    /// Characters of a product's code.
    public static let sku = 1...100
    /// Characters of a product's name; shops have products without one.
    public static let productName = 0...300
    /// Pieces in a line.
    public static let quantity: ClosedRange<Int64> = 1...1_000_000
    /// Minor units that one piece may cost.
    public static let unitPrice: ClosedRange<Int64> = 0...1_000_000_000_000
    /// Minor units that an order or a refund may come to.
    public static let amount: Int64 = 1_000_000_000_000_000
    /// Minor units that all orders and refunds of an organization may come to, so that sums fit an `Int64`.
    public static let recordedAmount: Int64 = 9_000_000_000_000_000_000

    /// Tiers of a loyalty programme.
    public static let tiersPerProgram = 1...20
    /// Points from which a tier may start.
    public static let tierThreshold: ClosedRange<Int64> = 0...1_000_000_000_000
    /// Points that one major unit may earn.
    public static let pointsPerUnit: ClosedRange<Int64> = 0...1_000_000
    /// Points that may be worth one major unit.
    public static let pointsPerRedeemedUnit: ClosedRange<Int64> = 1...1_000_000_000
    /// Characters of a loyalty card's number.
    public static let cardNumber = 1...40
    /// Points that one command may earn, adjust or redeem.
    public static let points: ClosedRange<Int64> = 1...1_000_000_000
    /// Points that an account may hold or have earned in all; an order earns no more than there is room for.
    public static let pointsPerAccount: Int64 = 1_000_000_000_000_000
    /// How many days, months or years points may be valid.
    public static func validity(_ unit: CalendarUnit) -> ClosedRange<Int> {
        switch unit {
        case .day: 1...36_500
        case .month: 1...1_200
        case .year: 1...100
        }
    }
    /// Days for which the points of an order may be pending.
    public static let pendingDays = 1...365
    /// Months whose points may decide a tier.
    public static let qualificationMonths = 1...120
    /// Texts about what members of a tier get.
    public static let perksPerTier = 20
    /// Characters of such a text.
    public static let perk = 1...200
    /// Days after a birthday on which its points may still be given.
    public static let birthdayRewardDays: Int32 = 7
    /// Lots that one event of expiry or activation names; more take several.
    public static let allocationsPerEvent = 500

    /// Lots of store credit of one customer that have a rest; what comes back to others may bring more.
    public static let creditLotsPerCustomer = 500

    /// Segments that are not removed.
    public static let segments = 1_000
    /// Characters of a segment's key.
    public static let segmentKey = 1...64
    /// Characters of a query in the segment language.
    public static let segmentQuery = 1...5_000
    /// How deep parentheses and NOT may be nested.
    public static let segmentQueryDepth = 32
    /// Comparisons in a query.
    public static let segmentQueryTests = 200
    /// Values in a list.
    public static let segmentQueryValues = 500
    /// Customers of whom one command may record that they entered or left a segment.
    public static let segmentMovesPerCommand = 1_000
    /// Rules that give groups and tags.
    public static let rules = 100
    /// Customers that one command may move by a rule.
    public static let ruleMovesPerCommand = 500
    /// Customers that a rule moves in one round of the schedule; the rest come in the next.
    public static let ruleMovesPerRound = 10_000
    /// Views of the list of customers, of all who make some.
    public static let views = 1_000
    /// Values of filters in a view.
    public static let filtersPerView = 60
    /// Columns in a view.
    public static let columnsPerView = 50
    /// Characters of a view's order.
    public static let viewSort = 1...200
    /// Jobs that wait or are at work at a time.
    public static let openJobs = 100
    /// Characters of what a job does.
    public static let jobWork = 1...1_000
    /// Customers that a list of identifiers may name to a job.
    public static let idsPerJob = 1...20_000
    /// Rows of a spreadsheet, which is made in memory.
    public static let spreadsheetRows: UInt64 = 100_000
    /// Tags that a job may add or remove.
    public static let tagsPerJob = 1...50
    /// Rows that could not be done of which a job keeps the reason.
    public static let errorsPerJob = 100_000

    /// Endpoints that events are sent to.
    public static let webhooks = 20
    /// Characters of an endpoint's address.
    public static let webhookURL = 1...2_000
    /// Characters of what an endpoint is for.
    public static let webhookDescription = 0...500
    /// Types of events that an endpoint may name.
    public static let typesPerWebhook = 200
    /// Bytes of an endpoint's secret (Standard Webhooks 1.0).
    public static let webhookSecretByteCount = 32
    /// Seconds for which the secret before signs as well.
    public static let webhookSecretOverlap: Int64 = 86_400

    /// Days after which a customer without orders or logins no longer counts as active.
    public static let activityWindowDays = 1...3_650
    /// Characters of the name of a time zone.
    public static let timeZone = 1...100
    /// Characters of a code.
    public static let code = 1...100
    /// Minutes for which a code proves something.
    public static func codeMinutes(_ purpose: CodePurpose) -> Int64 {
        switch purpose {
        case .email: 1_440
        case .phone: 10
        case .password: 60
        }
    }
    /// Wrong codes after which a right one proves nothing either.
    public static let codeTries = 5
    /// Bytes of the digest of an API key's secret or of a code (SHA-256).
    public static let secretDigestByteCount = 32
    /// API keys that are not revoked.
    public static let apiKeysPerOrganization = 1_000
    /// Hours for which the secret before may stand when a key gets a new one.
    public static let rotationGraceHours = 0...720
    /// Roles that an organization defines.
    public static let rolesPerOrganization = 100
}
