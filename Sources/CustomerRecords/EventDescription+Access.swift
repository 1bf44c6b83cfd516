import CustomerDomain
import EventSourcing

extension EventDescription {
    func describeAccess(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .apiKeyCreated(let key):
            fields.field("id", key.id)
            fields.field("name", key.name)
            fields.field("role", key.role.name)
            describe(key.permissions, to: &fields)
            fields.field("roleId", key.template)
            fields.field("expiresAt", key.expiresAt?.rfc3339)
        case .apiKeyRevoked(let id): fields.field("id", id)
        case .apiKeyRotated(let rotated):
            fields.field("id", rotated.id)
            fields.field("previousUntil", rotated.previousUntil?.rfc3339)
            fields.field("expiresAt", rotated.expiresAt?.rfc3339)
        case .apiKeyUsed(let used):
            fields.field("id", used.id)
            fields.field("day", String(used.day.rfc3339.prefix { $0 != "T" }))
        case .roleTemplateDefined(let role), .roleTemplateChanged(let role):
            fields.field("id", role.id)
            fields.field("name", role.name)
            describe(role.permissions, to: &fields)
        case .roleTemplateRemoved(let id): fields.field("id", id)
        default: break
        }
    }

    private func describe(_ permissions: Set<Permission>, to fields: inout JSONFields) {
        fields.field("permissions", permissions.sorted { $0.rawValue < $1.rawValue }.map(\.name))
    }
}
