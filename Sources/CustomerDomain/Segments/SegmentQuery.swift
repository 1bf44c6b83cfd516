/// A question about customers in the language of docs/SEGMENTS.md: its text, and what it means.
///
/// It knows no clock, no time zone and no currency: `-30d` and `amount_spent > 1000` get their meaning when they are asked.
public struct SegmentQuery: Hashable, Sendable {
    /// As it was written.
    public let text: String
    /// What must hold.
    public let root: SegmentExpression

    /// Reads a query.
    ///
    /// - Parameter text: The query.
    /// - Throws: ``SegmentSyntaxErrors``: everything wrong with it that one reading can tell.
    public init(_ text: String) throws(SegmentSyntaxErrors) {
        var parser = SegmentParser(text)
        root = try parser.parse()
        self.text = text
    }
}

/// What must hold of a customer, and where in the text it stands.
public indirect enum SegmentExpression: Hashable, Sendable {
    /// All of it.
    case and([SegmentExpression], SegmentRange)
    /// Any of it.
    case or([SegmentExpression], SegmentRange)
    /// The opposite; what is unknown stays unknown.
    case not(SegmentExpression, SegmentRange)
    /// One comparison.
    case test(SegmentTest)

    /// Where it stands.
    public var range: SegmentRange {
        switch self {
        case .and(_, let range), .or(_, let range), .not(_, let range): range
        case .test(let test): test.range
        }
    }
}

/// Where in a query something stands: characters are Unicode scalars.
public struct SegmentRange: Hashable, Sendable {
    /// Characters before it.
    public var offset: Int
    /// Its characters; zero at the end of the text.
    public var length: Int

    /// This range.
    public init(offset: Int, length: Int) {
        self.offset = offset
        self.length = length
    }

    /// What stands there.
    public func slice(of text: String) -> String {
        let scalars = text.unicodeScalars.dropFirst(offset).prefix(length)
        return String(String.UnicodeScalarView(scalars))
    }
}

/// One comparison.
public struct SegmentTest: Hashable, Sendable {
    /// What is compared.
    public var subject: SegmentSubject
    /// With what.
    public var condition: SegmentCondition
    /// Whether the opposite is asked for: `!=`, `NOT IN`, `IS NOT NULL`.
    ///
    /// A missing value fulfils neither.
    public var isNegated: Bool
    /// Where it stands.
    public var range: SegmentRange
}

/// What a comparison is about.
public enum SegmentSubject: Hashable, Sendable {
    /// An attribute.
    case field(SegmentField)
    /// The value of this key of the metadata.
    case metadata(String)
    /// The month of a date, 1 to 12.
    case month(SegmentField)
    /// Month and day of a date, whatever the year.
    case anniversary(SegmentField)
    /// The customer's orders.
    case orders
}

/// What a comparison asks for, in the words of its subject's kind.
public enum SegmentCondition: Hashable, Sendable {
    /// There is no value, or the list is empty.
    case isMissing
    /// A number or an amount in major units.
    case number(SegmentComparison<SegmentNumber>)
    /// A day, as a whole.
    case day(SegmentComparison<SegmentDay>)
    /// One of these texts; of a choice, these values.
    case text([String])
    /// A text that has this in it, or a list with this among its elements.
    case contains(String)
    /// Whether it is so.
    case flag(Bool)
    /// So many orders of this kind.
    case orders(OrderCriteria)
}

/// How a value is compared with others.
public enum SegmentComparison<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Exactly one of these.
    case oneOf([Value])
    /// Less.
    case less(Value)
    /// At most.
    case atMost(Value)
    /// More.
    case more(Value)
    /// At least.
    case atLeast(Value)
    /// From the first to the second, both of them in.
    case between(Value, Value)
}

/// Which orders count, and how many of them there must be.
public struct OrderCriteria: Hashable, Sendable {
    /// How many; at least one, when nothing is said.
    public var count: SegmentComparison<SegmentNumber>?
    /// What each comes to.
    public var amount: SegmentComparison<SegmentNumber>?
    /// What all that count come to together.
    public var sum: SegmentComparison<SegmentNumber>?
    /// When each was placed.
    public var date: SegmentComparison<SegmentDay>?
    /// Where each stands; all but cancelled ones, when nothing is said.
    public var statuses: [OrderStatus]?

    /// At least one order.
    public init() {}
}
