public import CustomerDomain

extension OrganizationState {
    /// The API keys that open something, in the order in which they were made.
    public var apiKeys: [APIKey] { keys.keys }
}
