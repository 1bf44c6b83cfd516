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

    /// A new secret for an API key.
    public func nextSecret() -> Secret {
        generator.withLock { generator in
            var drawing = generator
            defer { generator = drawing }
            return Secret.random(using: &drawing)
        }
    }
}
