import CustomerDomain

/// What keys and roles have in common.
enum AccessSchemas {
    static let permission = Schema.choice(of: Permission.self)
}
