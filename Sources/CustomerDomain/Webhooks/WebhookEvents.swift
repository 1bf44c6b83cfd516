/// Somebody made an endpoint.
public struct WebhookCreated: Hashable, Sendable {
    /// The new endpoint.
    public var id: WebhookID
    /// What its owner says.
    public var settings: WebhookSettings
    /// The number of its secret.
    public var secret: UInt64

    /// An endpoint of these parts.
    public init(id: WebhookID, settings: WebhookSettings, secret: UInt64) {
        self.id = id
        self.settings = settings
        self.secret = secret
    }
}

/// Somebody changed an endpoint, or stopped it, or let it go on.
public struct WebhookChanged: Hashable, Sendable {
    /// The endpoint.
    public var id: WebhookID
    /// All that its owner says from now on.
    public var settings: WebhookSettings
    /// Whether messages are sent from now on.
    public var isEnabled: Bool

    /// A change of these parts.
    public init(id: WebhookID, settings: WebhookSettings, isEnabled: Bool) {
        self.id = id
        self.settings = settings
        self.isEnabled = isEnabled
    }
}

/// The server stopped sending to an endpoint.
public struct WebhookDisabled: Hashable, Sendable {
    /// The endpoint.
    public var id: WebhookID
    /// Why.
    public var stop: WebhookStop

    /// A stop of these parts.
    public init(id: WebhookID, stop: WebhookStop) {
        self.id = id
        self.stop = stop
    }
}

/// An endpoint has a new secret.
public struct WebhookSecretRotated: Hashable, Sendable {
    /// The endpoint.
    public var id: WebhookID
    /// The number of the new secret.
    public var secret: UInt64

    /// A rotation of these parts.
    public init(id: WebhookID, secret: UInt64) {
        self.id = id
        self.secret = secret
    }
}
