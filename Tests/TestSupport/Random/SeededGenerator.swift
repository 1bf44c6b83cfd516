/// A random number generator that repeats itself: the same seed gives the same numbers on every machine.
///
/// SplitMix64 (Steele, Lea, Flood: *Fast Splittable Pseudorandom Number Generators*): 64 bits of state, every seed good,
/// passes BigCrush. Not for secrets.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// The finalizer alone: a good hash of 64 bits, for choices that must not depend on the order in which they are made.
    package static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in `0..<bound`; `bound` must be positive.
    ///
    /// The bias of the multiplication is below 2⁻³² for the bounds of tests. Unlike `Int.random(in:using:)`, its result
    /// does not change with the standard library, so a seed keeps its meaning.
    package mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "a random number below \(bound) does not exist")
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number in `range`.
    package mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// `true` in `wins` cases of `count`.
    package mutating func chance(_ wins: Int, in count: Int) -> Bool {
        below(count) < wins
    }

    /// One of `values`, which must not be empty.
    package mutating func pick<Values: RandomAccessCollection>(_ values: Values) -> Values.Element {
        values[values.index(values.startIndex, offsetBy: below(values.count))]
    }

    /// `count` random bytes.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        var generator = self
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            var index = 0
            while index < count {
                var word = generator.next()
                for _ in 0..<min(8, count - index) {
                    buffer[index] = UInt8(truncatingIfNeeded: word)
                    word >>= 8
                    index += 1
                }
            }
            initializedCount = count
        }
        self = generator
        return bytes
    }

    /// An independent generator, so that one part's draws do not shift another's.
    package mutating func fork() -> SeededGenerator {
        SeededGenerator(seed: Self.mix(next()))
    }
}
