import CustomerDomain
import EventSourcing

/// A time that is not there; before every other.
let noTime = Int64.min
/// A row that is not there.
let noRow = UInt32.max

/// One row for each customer ever created, by ordinal; a column for each thing known.
///
/// Texts are in the ``Arena``, tags and sources in a ``SymbolTable``.
struct CustomerTable: Sendable {
    typealias Column = ContiguousArray

    var ids: Column<CustomerID> = []
    var status: Column<CustomerStatus> = []
    var accountType: Column<AccountType> = []
    var version: Column<UInt32> = []
    var mergedInto: Column<UInt32> = []
    var createdAt = SortedColumn<Int64>()
    var updatedAt = SortedColumn<Int64>()
    var lastLoginAt = SortedColumn<Int64>()
    /// Of orders that were not cancelled.
    var firstOrderAt: Column<Int64> = []
    var lastOrderAt = SortedColumn<Int64>()
    /// Orders that were not cancelled, in all currencies.
    var orderCount = SortedColumn<Int64>()
    /// In the organization's currency.
    var grossSpent = SortedColumn<Int64>()
    var refunded: Column<Int64> = []
    /// The latest order of the log; others follow by `OrderTable.previous`.
    var lastOrder: Column<UInt32> = []
    /// The latest event; others follow by `TimelineTable.previous`.
    var lastEvent: Column<UInt64> = []
    var loyaltyAccount: Column<UInt32> = []
    /// The account's balance, here for sorting; ``noTime`` without an account.
    var points = SortedColumn<Int64>()
    /// The index of the account's tier plus one; zero for none.
    var tier: Column<UInt8> = []
    /// The code of the source plus one; zero for none.
    var source: Column<UInt32> = []
    /// The code of the role in the profile.
    var role: Column<UInt16> = []
    /// The code of what stands behind the @ of the e-mail address.
    var emailDomain: Column<UInt32> = []
    /// The day of birth as ``Anniversaries/code(of:)``; zero for none.
    var birthday: Column<UInt16> = []
    /// The code of the language in the metadata.
    var language: Column<UInt16> = []
    /// The code of the ``AddressBook/Place`` of all addresses.
    var place: Column<UInt32> = []
    /// `CountryCode.packed`; zero for none.
    var country = SortedColumn<UInt16>()

    /// A ``ProfileRecord``.
    var profile: Column<Arena.Handle> = []
    /// A ``SearchText``.
    var searchText: Column<Arena.Handle> = []
    /// Pairs of texts, sorted by the first.
    var metadata: Column<Arena.Handle> = []
    /// An ``AddressBook``.
    var addresses: Column<Arena.Handle> = []
    /// Codes of tags, as varints.
    var tags: Column<Arena.Handle> = []
    /// Group ordinals, as varints, rising.
    var groups: Column<Arena.Handle> = []

    /// The first eight bytes of what names and e-mail addresses are sorted by.
    var nameCode = SortedColumn<UInt64>()
    var emailCode = SortedColumn<UInt64>()

    /// Active or disabled.
    var standing = Bitmap()
    /// Whose status is `disabled`.
    private(set) var disabled = Bitmap()
    /// Whose account type is `registered`.
    private(set) var registered = Bitmap()
    var standingCount = 0
    var standingRegisteredCount = 0

    var count: Int { ids.count }

    /// Adds the row of a new customer and says which it is.
    mutating func append(id: CustomerID, accountType type: AccountType, createdAt time: Int64) -> Int {
        let row = ids.count
        ids.append(id)
        status.append(.active)
        accountType.append(type)
        version.append(0)
        mergedInto.append(noRow)
        createdAt.append(time)
        updatedAt.append(time)
        lastLoginAt.append(noTime)
        firstOrderAt.append(noTime)
        lastOrderAt.append(noTime)
        orderCount.append(0)
        grossSpent.append(0)
        refunded.append(0)
        lastOrder.append(noRow)
        lastEvent.append(0)
        loyaltyAccount.append(noRow)
        points.append(noTime)
        tier.append(0)
        source.append(0)
        role.append(0)
        emailDomain.append(0)
        birthday.append(0)
        language.append(0)
        place.append(0)
        country.append(0)
        profile.append(Arena.none)
        searchText.append(Arena.none)
        metadata.append(Arena.none)
        addresses.append(Arena.none)
        tags.append(Arena.none)
        groups.append(Arena.none)
        nameCode.append(.max)
        emailCode.append(.max)
        standing[row] = true
        standingCount += 1
        if type == .registered {
            standingRegisteredCount += 1
            registered[row] = true
        }
        return row
    }

    func isStanding(_ row: Int) -> Bool { standing[row] }

    /// Changes the status, and what is counted by it.
    mutating func setStatus(_ new: CustomerStatus, of row: Int) {
        let stood = standing[row]
        let stands = new == .active || new == .disabled
        if new == .disabled || status[row] == .disabled { disabled[row] = new == .disabled }
        status[row] = new
        guard stood != stands else { return }
        standing[row] = stands
        standingCount += stands ? 1 : -1
        if accountType[row] == .registered { standingRegisteredCount += stands ? 1 : -1 }
    }

    /// Changes the account type, and what is counted by it.
    mutating func setAccountType(_ new: AccountType, of row: Int) {
        guard new != accountType[row] else { return }
        if standing[row] { standingRegisteredCount += new == .registered ? 1 : -1 }
        accountType[row] = new
        registered[row] = new == .registered
    }

    /// Makes the bitmaps that follow from statuses and account types, and what is counted by them.
    mutating func deriveStanding() {
        standing = Bitmap(rowCount: count)
        disabled = standing
        registered = standing
        for row in 0..<count {
            if accountType[row] == .registered { registered[row] = true }
            if status[row] == .disabled { disabled[row] = true }
            guard status[row] == .active || status[row] == .disabled else { continue }
            standing[row] = true
            standingCount += 1
            if accountType[row] == .registered { standingRegisteredCount += 1 }
        }
    }

    /// Puts off the orders of all columns until ``buildIndexes()``.
    mutating func dropIndexes() {
        createdAt.dropIndex()
        updatedAt.dropIndex()
        lastLoginAt.dropIndex()
        lastOrderAt.dropIndex()
        orderCount.dropIndex()
        grossSpent.dropIndex()
        points.dropIndex()
        country.dropIndex()
        nameCode.dropIndex()
        emailCode.dropIndex()
    }

    /// Puts the rows in the orders of all columns that have one.
    mutating func buildIndexes() {
        createdAt.buildIndex()
        updatedAt.buildIndex()
        lastLoginAt.buildIndex()
        lastOrderAt.buildIndex()
        orderCount.buildIndex()
        grossSpent.buildIndex()
        points.buildIndex()
        country.buildIndex()
        nameCode.buildIndex()
        emailCode.buildIndex()
    }

    /// The last order or login; ``noTime`` without either.
    @inline(__always)
    func lastActivity(_ row: Int) -> Int64 { max(lastOrderAt[row], lastLoginAt[row]) }
}
