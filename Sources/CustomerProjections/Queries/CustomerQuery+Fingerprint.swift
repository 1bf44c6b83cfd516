import CustomerDomain
import EventSourcing

extension CustomerQuery {
    /// Tells queries apart that differ in filter or order; the page does not matter.
    func fingerprint(sort: [SortKey]) -> UInt64 {
        var print = Fingerprint()
        print.add(search)
        print.add(UInt8(status?.rawValue ?? 0))
        print.add(UInt8(accountType?.rawValue ?? 0))
        print.add(UInt8(activity?.rawValue ?? 0))
        print.add(UInt8(preset?.rawValue ?? 0))
        print.add(Int64(country?.packed ?? 0))
        print.add(Int64(tags.count))
        for tag in tags { print.add(tag) }
        print.add(Int64(groups.count))
        for group in groups {
            switch group {
            case .id(let id): print.add(id.description)
            case .name(let name): print.add(name)
            }
        }
        print.add(condition?.text)
        print.add(Int64(segments.count))
        for segment in segments { print.add(segment.description) }
        print.add(recordedSegment?.description)
        print.add(Int64(consents.count))
        for consent in consents {
            print.add(consent.kind.rawValue)
            print.add(consent.state?.rawValue ?? 0)
        }
        print.add(Int64(suppressed.count))
        for channel in suppressed { print.add(channel.rawValue) }
        print.add(registered.map { $0.microseconds })
        print.add(orderCount)
        print.add(totalSpent)
        print.add(Int64(tiers.count))
        for tier in tiers { print.add(tier) }
        print.add(Int64(roles.count))
        for role in roles { print.add(role) }
        print.add(points)
        print.add(lastOrderAt.map { $0.microseconds })
        print.add(inactiveDays.map { Int64($0) })
        print.add(updatedSince?.microseconds)
        for key in sort {
            print.add(key.field.rawValue)
            print.add(UInt8(key.isDescending ? 1 : 0))
        }
        return print.value
    }
}

extension Bounds {
    func map(_ transform: (Value) -> Int64) -> Bounds<Int64> {
        var bounds = Bounds<Int64>(minimum: minimum.map(transform), maximum: maximum.map(transform))
        bounds.isMinimumExcluded = isMinimumExcluded
        bounds.isMaximumExcluded = isMaximumExcluded
        return bounds
    }
}

extension Bounds<Int64> {
    /// The same as a range of whole numbers; `nil` without any bound.
    var range: ClosedRange<Int64>? {
        guard minimum != nil || maximum != nil else { return nil }
        // `Int64.min` means "missing" in columns, so it is never in a range.
        var low = max(minimum ?? .min + 1, .min + 1)
        var high = maximum ?? .max
        if isMinimumExcluded, minimum != nil {
            if low == .max { return nil }
            low += 1
        }
        if isMaximumExcluded, maximum != nil { high = high == .min ? .min : high - 1 }
        return low <= high ? low...high : nil
    }

    /// Whether nothing at all is within.
    var isEmpty: Bool { (minimum != nil || maximum != nil) && range == nil }
}

extension Fingerprint {
    fileprivate mutating func add(_ bounds: Bounds<Int64>) {
        add(bounds.minimum)
        add(bounds.maximum)
        add(UInt8((bounds.isMinimumExcluded ? 1 : 0) | (bounds.isMaximumExcluded ? 2 : 0)))
    }
}
