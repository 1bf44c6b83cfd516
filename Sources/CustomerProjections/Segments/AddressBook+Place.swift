extension AddressBook {
    /// Where an address is, as far as it is told.
    struct Place {
        var city: UnsafeBufferPointer<UInt8>?
        var state: UnsafeBufferPointer<UInt8>?
        /// `CountryCode.packed`; zero for none.
        var country: UInt16

        /// What ``write(into:)`` wrote.
        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            var position = 0
            city = readText(bytes, &position)
            state = readText(bytes, &position)
            country = UInt16(truncatingIfNeeded: readVarint(bytes, &position))
        }

        /// That of the address at `position` in a book, which moves behind it.
        @inline(__always)
        fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) {
            position += 16
            let flags = readVarint(bytes, &position)
            // Label, names, company and street.
            for _ in 0..<6 { _ = readText(bytes, &position) }
            city = readText(bytes, &position)
            state = readText(bytes, &position)
            for _ in 0..<2 { _ = readText(bytes, &position) }
            country = UInt16(truncatingIfNeeded: readVarint(bytes, &position))
            skipVerification(flags, bytes, &position)
        }

        fileprivate func write(into bytes: inout ContiguousArray<UInt8>) {
            for text in [city, state] {
                bytes.appendVarint(text.map { $0.count + 1 } ?? 0)
                if let text { bytes.append(contentsOf: text) }
            }
            bytes.appendVarint(Int(country))
        }

        fileprivate func isSame(as other: Place) -> Bool {
            country == other.country && isText(city, other.city) && isText(state, other.state)
        }
    }

    /// Whether an address is at such a place, without making strings of any.
    @inline(__always)
    static func hasPlace(in bytes: UnsafeBufferPointer<UInt8>, _ isWanted: (Place) -> Bool) -> Bool {
        var position = 0
        while position < bytes.count {
            if isWanted(Place(bytes, &position)) { return true }
        }
        return false
    }

    /// Writes the place where all addresses of a book are, nothing for no addresses; `false` when they are at several.
    static func writePlace(
        in book: UnsafeBufferPointer<UInt8>,
        into bytes: inout ContiguousArray<UInt8>
    ) -> Bool {
        guard !book.isEmpty else { return true }
        var position = 0
        let place = Place(book, &position)
        while position < book.count {
            guard place.isSame(as: Place(book, &position)) else { return false }
        }
        place.write(into: &bytes)
        return true
    }
}
