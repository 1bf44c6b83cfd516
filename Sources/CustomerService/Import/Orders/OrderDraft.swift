import CustomerDomain
import EventSourcing

/// An order or return put together from its rows.
struct OrderDraft {
    var number: String
    var isReturn: Bool
    var customer: String
    /// The earliest time among the rows.
    var occurredAt: Timestamp
    var currency: CurrencyCode
    /// The country of the last row that names one.
    var country: CountryCode?
    var paymentMethod: String?
    var profile: ProfileDraft?
    /// The lines taken; of a return with positive quantities.
    var lines: [OrderLine] = []
    /// For each of ``lines`` the line of the file.
    var fileLines: [Int] = []
    /// Whether some of its rows could not be taken.
    var isPartial = false

    /// The sum of the lines; the largest number beyond 64 bits, which no order may come to.
    var total: Int64 {
        var sum: Int64 = 0
        for line in lines {
            let (next, overflows) = sum.addingReportingOverflow(line.total)
            guard !overflows else { return .max }
            sum = next
        }
        return sum
    }
}

/// The personal columns of an order's first row.
struct ProfileDraft {
    var email: EmailAddress?
    var firstName: String?
    var lastName: String?
    var phone: PhoneNumber?
}
