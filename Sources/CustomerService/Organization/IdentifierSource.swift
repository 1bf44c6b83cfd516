public import CustomerDomain
public import EventSourcing
import Synchronization

/// Mints identifiers: UUIDv7, so later ones sort after earlier ones.
///
/// The clock and the randomness come from outside, so that a seed repeats a whole shop.
public final class IdentifierSource: Sendable {
    private let now: @Sendable () -> Timestamp
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    /// A source that reads this clock and draws from this generator.
    public init(
        now: @escaping @Sendable () -> Timestamp,
        generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.now = now
        self.generator = Mutex(generator)
    }

    /// A new identifier.
    public func next<Kind>(_ kind: Kind.Type = Kind.self) -> Identifier<Kind> {
        let random = generator.withLock { ($0.next(), $0.next()) }
        return Identifier(at: now(), random: random)
    }

    /// A new passphrase of 128 random bits, easy to read out: 26 digits of Crockford's base 32 in groups.
    public func nextPassphrase() -> String {
        let random = generator.withLock { ($0.next(), $0.next()) }
        let digits = Array(Identifier<CustomerKind>(high: random.0, low: random.1).description.dropFirst(5))
        return stride(from: 0, to: digits.count, by: 5)
            .map { String(digits[$0..<min($0 + 5, digits.count)]) }
            .joined(separator: "-")
    }

    /// A new secret for an API key.
    public func nextSecret() -> Secret {
        generator.withLock { generator in
            var drawing = generator
            defer { generator = drawing }
            return Secret.random(using: &drawing)
        }
    }
}
