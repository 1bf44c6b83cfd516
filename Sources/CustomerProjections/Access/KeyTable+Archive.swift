import CustomerDomain
import EventSourcing

extension KeyTable {
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(UInt64(rows.count))
        for row in rows {
            try writer.add(row.key.id.high)
            try writer.add(row.key.id.low)
            try writer.add(row.key.name)
            try writer.add(column: ContiguousArray(row.key.secretDigest))
            try writer.add(row.key.role.rawValue)
            try writer.add(column: ContiguousArray(row.key.permissions.map(\.rawValue).sorted()))
            try writer.add(row.key.template?.high ?? 0)
            try writer.add(row.key.template?.low ?? 0)
            try writer.add(row.createdAt.microseconds)
            for time in [row.key.expiresAt, row.rotatedAt, row.lastUsedOn, row.previous?.until] {
                try writer.add(time?.microseconds ?? .min)
            }
            try writer.add(column: ContiguousArray(row.previous?.digest ?? []))
        }
        try writer.add(UInt64(roles.count))
        for role in roles {
            try writer.add(role.id.high)
            try writer.add(role.id.low)
            try writer.add(role.name)
            try writer.add(column: ContiguousArray(role.permissions.map(\.rawValue).sorted()))
        }
    }

    mutating func load(from reader: inout ArchiveReader) throws {
        for _ in 0..<(try reader.count(of: 73)) { insert(try Self.row(from: &reader)) }
        for _ in 0..<(try reader.count(of: 16)) {
            let id = RoleID(high: try reader.number(), low: try reader.number())
            define(RoleTemplate(id: id, name: try reader.text(), permissions: try Self.permissions(from: &reader)))
        }
    }

    private static func row(from reader: inout ArchiveReader) throws -> StandingKey {
        let id = APIKeyID(high: try reader.number(), low: try reader.number())
        let name = try reader.text()
        let digest: ContiguousArray<UInt8> = try reader.column()
        guard let role = Role(rawValue: try reader.number()) else { throw reader.malformed("a key has no role") }
        let permissions = try permissions(from: &reader)
        let template = RoleID(high: try reader.number(), low: try reader.number())
        var row = StandingKey(
            key: APIKey(
                id: id,
                name: name,
                secretDigest: Array(digest),
                role: role,
                permissions: permissions,
                template: template == RoleID(high: 0, low: 0) ? nil : template
            ),
            createdAt: Timestamp(microseconds: try reader.number())
        )
        row.key.expiresAt = try time(from: &reader)
        row.rotatedAt = try time(from: &reader)
        row.lastUsedOn = try time(from: &reader)
        let until = try time(from: &reader)
        let previous: ContiguousArray<UInt8> = try reader.column()
        row.previous = until.map { StandingKey.Previous(digest: Array(previous), until: $0) }
        return row
    }

    private static func time(from reader: inout ArchiveReader) throws -> Timestamp? {
        let microseconds: Int64 = try reader.number()
        return microseconds == .min ? nil : Timestamp(microseconds: microseconds)
    }

    private static func permissions(from reader: inout ArchiveReader) throws -> Set<Permission> {
        var permissions: Set<Permission> = []
        for _ in 0..<(try reader.count(of: 1)) {
            guard let permission = Permission(rawValue: try reader.number()) else {
                throw reader.malformed("a permission is none")
            }
            permissions.insert(permission)
        }
        return permissions
    }
}
