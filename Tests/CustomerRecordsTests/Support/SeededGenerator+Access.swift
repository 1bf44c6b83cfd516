import CustomerDomain
import CustomerRecords
import EventSourcing
import TestSupport

extension SeededGenerator {
    /// An event of keys or roles.
    mutating func accessEvent(of type: EventType) -> Event {
        switch type {
        case .apiKeyCreated: .apiKeyCreated(apiKey())
        case .apiKeyRotated:
            .apiKeyRotated(
                APIKeyRotated(
                    id: identifier(),
                    secretDigest: bytes(chance(3, in: 4) ? 32 : below(40)),
                    previousUntil: maybe { $0.instant() },
                    expiresAt: maybe { $0.instant() }
                )
            )
        case .apiKeyUsed: .apiKeyUsed(APIKeyUsed(id: identifier(), at: Timestamp(microseconds: number64() / 2)))
        case .roleTemplateDefined: .roleTemplateDefined(role())
        case .roleTemplateChanged: .roleTemplateChanged(role())
        case .roleTemplateRemoved: .roleTemplateRemoved(identifier())
        default: .apiKeyRevoked(identifier())
        }
    }

    private mutating func apiKey() -> APIKey {
        APIKey(
            id: identifier(),
            name: text(),
            secretDigest: bytes(chance(3, in: 4) ? 32 : below(40)),
            role: pick(Role.allCases),
            permissions: permissions(),
            template: maybe { $0.identifier() },
            expiresAt: maybe { $0.instant() }
        )
    }

    private mutating func role() -> RoleTemplate {
        RoleTemplate(id: identifier(), name: text(), permissions: permissions())
    }

    private mutating func permissions() -> Set<Permission> {
        Set(Permission.allCases.filter { _ in chance(1, in: 3) })
    }
}
