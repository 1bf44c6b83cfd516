/// A small generator of chance (SplitMix64): the same numbers for the same seed, on every machine and for ever.
struct SampleRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// The generator of one thing among many, such as a customer.
    init(seed: UInt64, stream: UInt64, index: UInt64) {
        var mixer = SampleRandom(seed: seed ^ stream &* 0xD6E8_FEB8_6659_FD93)
        state = mixer.next() ^ index &* 0xA076_1D64_78BD_642F
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number below `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number of the range.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// A number from 0 up to, but not, 1.
    mutating func fraction() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// True this often out of a hundred.
    mutating func percent(_ chance: Double) -> Bool {
        fraction() * 100 < chance
    }

    /// One of the elements, each as likely as another.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// The index of one of these weights, the heavier the likelier; `sums` are their running sums.
    mutating func pickIndex(_ sums: [Int]) -> Int {
        guard let total = sums.last else { return 0 }
        let drawn = below(total)
        var low = 0
        var high = sums.count - 1
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > drawn { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
