import CustomerDomain
import EventSourcing

/// The domain's values as the wire has them.
extension JSONWriter {
    /// Writes `cust_…` and its like.
    mutating func value<Kind>(_ identifier: Identifier<Kind>) {
        plain(capacity: Kind.prefix.utf8.count + 27) { $0.put(identifier) }
    }

    /// Writes an instant as RFC 3339 in UTC, with a fraction only where there is one.
    mutating func value(_ timestamp: Timestamp) {
        plain(capacity: 27) { $0.put(timestamp) }
    }

    /// Writes a day as `YYYY-MM-DD`.
    mutating func value(_ date: CalendarDate) {
        plain(capacity: 10) { $0.put(date) }
    }

    mutating func value(_ currency: CurrencyCode) {
        plain(capacity: 3) {
            $0.put(UInt8(truncatingIfNeeded: currency.packed >> 16))
            $0.put(UInt8(truncatingIfNeeded: currency.packed >> 8))
            $0.put(UInt8(truncatingIfNeeded: currency.packed))
        }
    }

    mutating func value(_ country: CountryCode) {
        plain(capacity: 2) {
            $0.put(UInt8(truncatingIfNeeded: country.packed >> 8))
            $0.put(UInt8(truncatingIfNeeded: country.packed))
        }
    }

    /// Writes a field, `null` when there is no text.
    mutating func field(_ name: StaticString, _ text: String?) {
        key(name)
        if let text { value(text) } else { null() }
    }

    mutating func field(_ name: StaticString, _ number: Int64?) {
        key(name)
        if let number { value(number) } else { null() }
    }

    mutating func field(_ name: StaticString, _ number: Int) {
        key(name)
        value(number)
    }

    mutating func field(_ name: StaticString, _ flag: Bool) {
        key(name)
        value(flag)
    }

    mutating func field<Kind>(_ name: StaticString, _ identifier: Identifier<Kind>?) {
        key(name)
        if let identifier { value(identifier) } else { null() }
    }

    mutating func field(_ name: StaticString, _ timestamp: Timestamp?) {
        key(name)
        if let timestamp { value(timestamp) } else { null() }
    }

    mutating func field(_ name: StaticString, _ date: CalendarDate?) {
        key(name)
        if let date { value(date) } else { null() }
    }

    mutating func field(_ name: StaticString, _ currency: CurrencyCode?) {
        key(name)
        if let currency { value(currency) } else { null() }
    }

    mutating func field(_ name: StaticString, _ country: CountryCode?) {
        key(name)
        if let country { value(country) } else { null() }
    }

    mutating func field(_ name: StaticString, _ texts: [String]) {
        key(name)
        beginArray()
        for text in texts { value(text) }
        endArray()
    }

    /// Writes a list, each element as told.
    mutating func array<Element>(
        _ name: StaticString,
        _ elements: some Sequence<Element>,
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        key(name)
        beginArray()
        for element in elements { write(&self, element) }
        endArray()
    }

    /// Writes an object that has nothing but a list.
    mutating func data<Element>(
        _ elements: some Sequence<Element>,
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        beginObject()
        array("data", elements, write)
        endObject()
    }

    /// Writes a map with its keys in order, so that equal answers are equal bytes.
    mutating func field(_ name: StaticString, _ map: [String: String]) {
        key(name)
        beginObject()
        for (key, text) in map.sorted(by: { $0.key < $1.key }) {
            self.key(of: key)
            value(text)
        }
        endObject()
    }
}

extension JSONWriter {
    private mutating func put<Kind>(_ identifier: Identifier<Kind>) {
        for byte in Kind.prefix.utf8 { put(byte) }
        put(UInt8(ascii: "_"))
        let digits: StaticString = "0123456789abcdefghjkmnpqrstvwxyz"
        let alphabet = UnsafeBufferPointer(start: digits.utf8Start, count: digits.utf8CodeUnitCount)
        // 130 bits for 128: the first digit has only three.
        put(alphabet[Int(identifier.high >> 61)])
        for shift in stride(from: 56, through: 1, by: -5) { put(alphabet[Int(identifier.high >> UInt64(shift) & 31)]) }
        put(alphabet[Int(identifier.high << 4 & 16 | identifier.low >> 60)])
        for shift in stride(from: 55, through: 0, by: -5) { put(alphabet[Int(identifier.low >> UInt64(shift) & 31)]) }
    }

    private mutating func put(_ date: CalendarDate) {
        let (year, month, day) = date.components
        putDigits(UInt(clamping: year), count: 4)
        put(UInt8(ascii: "-"))
        putDigits(UInt(month), count: 2)
        put(UInt8(ascii: "-"))
        putDigits(UInt(day), count: 2)
    }

    private mutating func put(_ timestamp: Timestamp) {
        let (days, rest) = timestamp.microseconds.flooredDivision(by: 86_400_000_000)
        put(CalendarDate(dayNumber: Int32(truncatingIfNeeded: days)))
        let seconds = UInt(rest / 1_000_000)
        put(UInt8(ascii: "T"))
        putDigits(seconds / 3_600, count: 2)
        put(UInt8(ascii: ":"))
        putDigits(seconds / 60 % 60, count: 2)
        put(UInt8(ascii: ":"))
        putDigits(seconds % 60, count: 2)
        let fraction = UInt(rest % 1_000_000)
        if fraction != 0 {
            put(UInt8(ascii: "."))
            putDigits(fraction, count: 6)
        }
        put(UInt8(ascii: "Z"))
    }
}

extension Int64 {
    /// Quotient and remainder with a remainder that is never negative.
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
