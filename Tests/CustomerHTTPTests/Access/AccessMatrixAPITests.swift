@testable import CustomerHTTP
import CustomerDomain
import CustomerService
import EventSourcing
import HTTPTypes
import TestSupport
import Testing

/// Every route of the table × every kind of credential, so that no route is without a lock.
struct AccessMatrixAPITests {
    /// By what it is told who asks.
    enum Credential: CaseIterable, Sendable {
        case key, token
    }

    /// Who asks.
    enum Holder: CaseIterable, Sendable {
        case nobody, unknown, revoked, expired, rotatedAway, powerless, wrongPermission, justEnough, byRole, auditor,
            admin
        case adminOfAnother
    }

    private static let guarded = RouteTable.all.filter { $0.access != .open }
    /// The routes that anybody may ask; whoever adds one adds it here.
    private static let openOperations: Set<String> = [
        "getJavaScriptClient", "getHealth", "getReadiness", "getOrganizationReadiness", "getPrometheusMetrics",
        "getOpenAPIDocument",
    ]

    @Test func `only these routes are open, and each other one says what it needs`() {
        let open = RouteTable.all.filter { $0.access == .open }.map(\.operation)
        #expect(Set(open) == Self.openOperations)
        let free = RouteTable.all.filter { $0.access == .credential }.map(\.operation)
        #expect(free == ["getCaller"])
        #expect(Self.guarded.allSatisfy { $0.access != .open } && Self.guarded.count > 80)
        // A change of any kind needs a permission that auditors do not have.
        for route in Self.guarded where ![.get, .head].contains(route.method) {
            if Self.decidedLater.union(Self.questions).contains(route.operation) { continue }
            guard case .needs(let permission) = route.access else {
                Issue.record("\(route.operation) changes something without a permission")
                continue
            }
            #expect(!permission.isForAuditors, "\(route.operation)")
        }
    }

    /// What needs more as its body says, which deciding knows.
    private static let decidedLater: Set<String> = ["createBulkChange", "cancelJob"]
    /// What has a body and changes nothing.
    private static let questions: Set<String> = [
        "previewSegment", "quotePrice", "reorder", "previewRule", "previewRuleChange",
    ]

    @Test(arguments: Credential.allCases, Holder.allCases)
    func `each route takes just the credentials that it should`(credential: Credential, holder: Holder) async throws {
        let shop = try await Shop()
        let other = try await Shop(name: "other")
        let mint = TokenMint()
        let grants = TokenGrants(roles: [.admin, .auditor])
        try await mint.withRules(grants: grants) { (rules, _) async throws in
            try await shop.serve(beside: other, tokens: rules) { (client) async throws in
                let staff = try await Staff(client, shop)
                for route in Self.guarded {
                    let secret =
                        switch credential {
                        case .key: staff.key(holder, for: route)
                        case .token: try staff.token(holder, for: route, mint)
                        }
                    let reply = try await client.with(secret: secret).send(route.method, Self.path(of: route), nil)
                    try check(reply, holder, route)
                }
            }
        }
    }

    private func check(_ reply: Reply, _ holder: Holder, _ route: Route) throws {
        let what = "\(holder) \(route.method) \(route.path): \(reply.text)"
        switch holder {
        case .nobody, .unknown, .revoked, .expired, .rotatedAway:
            #expect(reply.status == 401, "\(what)")
            #expect(reply.problem == "unauthorized", "\(what)")
            #expect(reply.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        case .powerless, .wrongPermission:
            guard route.access != .credential else {
                #expect(reply.status == 200, "\(what)")
                return
            }
            #expect(reply.status == 403, "\(what)")
            #expect(reply.problem == "forbidden", "\(what)")
            guard case .needs(let permission) = route.access else { return }
            #expect(reply.json["missingPermission"]?.text == permission.name, "\(what)")
            #expect(reply.json["detail"]?.text?.contains(permission.name) == true, "\(what)")
        case .justEnough, .byRole:
            // No permission is enough for whole records.
            guard route.access != .records else {
                #expect(reply.status == 403, "\(what)")
                return
            }
            if reply.status == 403 {
                // What else it needs is declared, too.
                #expect(reply.json["missingPermission"]?.text == route.alsoNeeds?.name, "\(what)")
                #expect(route.alsoNeeds != nil, "\(what)")
            }
            #expect(reply.status != 401, "\(what)")
            if route.alsoNeeds != nil { #expect(reply.status == 403, "\(what)") }
        case .auditor:
            if case .needs(let permission) = route.access, !permission.isForAuditors {
                #expect(reply.status == 403, "\(what)")
            } else {
                #expect(![401, 403].contains(reply.status), "\(what)")
            }
        case .admin, .adminOfAnother:
            #expect(![401, 403, 500].contains(reply.status), "\(what)")
            if holder == .adminOfAnother {
                #expect(!reply.text.contains("Hidden") && !reply.text.contains("VIP"), "\(what)")
            }
        }
    }

    /// A path of a route, with something plausible for each parameter.
    static func path(of route: Route) -> String {
        route.path.split(separator: "/")
            .map { segment in
                guard segment.hasPrefix("{") else { return String(segment) }
                switch segment {
                case "{groupId}": return "group_01h455vb4pex5vsknk084sn02q"
                case "{addressId}": return "addr_01h455vb4pex5vsknk084sn02q"
                case "{keyId}": return "key_01h455vb4pex5vsknk084sn02q"
                case "{fieldId}": return "field_01h455vb4pex5vsknk084sn02q"
                case "{jobId}": return "job_01h455vb4pex5vsknk084sn02q"
                case "{roleId}": return "role_01h455vb4pex5vsknk084sn02q"
                case "{number}", "{tag}": return "x"
                default: return "cust_01h455vb4pex5vsknk084sn02q"
                }
            }
            .reduce("") { $0 + "/" + $1 }
    }
}

/// Credentials of every kind for one shop, in which there is somebody to hide.
private struct Staff: Sendable {
    private let revoked: String
    private let expired: String
    private let rotatedAway: String
    private let powerless: String
    private let auditor: String
    private let byPermission: [Permission: String]
    private let byRole: [Permission: String]
    private let allBut: [Permission: String]

    init(_ client: Client, _ shop: Shop) async throws {
        _ = try await client.newCustomer(#"{"email":"secret@example.com","firstName":"Hidden"}"#)
        _ = try await client.post("/api/v1/groups", #"{"name":"VIP"}"#)
        func key(_ body: String) async throws -> (id: String, secret: String) {
            let reply = try await client.post("/api/v1/api-keys", body)
            return (try #require(reply.json["id"]?.text), try #require(reply.json["secret"]?.text))
        }
        let gone = try await key(#"{"name":"gone","role":"admin"}"#)
        _ = try await client.delete("/api/v1/api-keys/\(gone.id)")
        revoked = gone.secret
        let old = try await key(#"{"name":"old","role":"admin"}"#)
        _ = try await client.post("/api/v1/api-keys/\(old.id)/rotate", #"{"graceHours":0}"#)
        rotatedAway = old.secret
        let end = shop.clock.now.microseconds + 60_000_000
        let time = Timestamp(microseconds: end).rfc3339
        expired = try await key(#"{"name":"late","role":"admin","expiresAt":"\#(time)"}"#).secret
        shop.clock.advance(by: .seconds(60))
        powerless = try await key(#"{"name":"nothing"}"#).secret
        auditor = try await key(#"{"name":"auditor","role":"auditor"}"#).secret
        var (byPermission, byRole, allBut): ([Permission: String], [Permission: String], [Permission: String]) = (
            [:], [:], [:]
        )
        for permission in Permission.allCases {
            byPermission[permission] = try await key(#"{"name":"x","permissions":["\#(permission.name)"]}"#).secret
            let role = try await client.post(
                "/api/v1/roles",
                #"{"name":"\#(permission)","permissions":["\#(permission.name)"]}"#
            )
            let id = try #require(role.json["id"]?.text)
            byRole[permission] = try await key(#"{"name":"y","roleId":"\#(id)"}"#).secret
            let others = Permission.allCases.filter { $0 != permission }.map { "\"\($0.name)\"" }.joined(separator: ",")
            allBut[permission] = try await key(#"{"name":"z","permissions":[\#(others)]}"#).secret
        }
        (self.byPermission, self.byRole, self.allBut) = (byPermission, byRole, allBut)
    }

    /// The secret of a key.
    func key(_ holder: AccessMatrixAPITests.Holder, for route: Route) -> String? {
        let permission = route.permission
        return switch holder {
        case .nobody: nil
        case .unknown: "patron_nobody"
        case .revoked: revoked
        case .expired: expired
        case .rotatedAway: rotatedAway
        case .powerless: powerless
        case .wrongPermission: permission.map { allBut[$0] } ?? powerless
        case .justEnough: permission.map { byPermission[$0] } ?? powerless
        case .byRole: permission.map { byRole[$0] } ?? powerless
        case .auditor: auditor
        case .admin: Shop.adminSecret
        case .adminOfAnother: Shop.adminSecret(of: "other")
        }
    }

    /// A token of the like, which a key of the set signed unless its holder is not to be taken.
    func token(_ holder: AccessMatrixAPITests.Holder, for route: Route, _ mint: TokenMint) throws -> String? {
        func token(_ changes: [String: String?], organization: String = "default") throws -> String {
            try mint.token(mint.claims(changes.merging(["patron_organization": "\"\(organization)\""]) { $1 }))
        }
        func token(permissions: some Sequence<Permission>) throws -> String {
            let names = permissions.map { "\"\($0.name)\"" }.joined(separator: ",")
            return try token(["patron_permissions": "[\(names)]"])
        }
        let none: [String: String?] = ["patron_permissions": "[]"]
        func token(role: String) throws -> String {
            try token(none.merging(["patron_role": "\"\(role)\""]) { $1 })
        }
        let own = route.permission.map { [$0] } ?? []
        switch holder {
        case .nobody: return nil
        case .unknown: return try TokenMint().token(mint.claims(["patron_organization": #""default""#]))
        case .revoked: return try token(["aud": #""elsewhere""#])
        case .expired: return try token(["exp": "\(TokenMint.start - 1)"])
        case .rotatedAway:
            let claims = mint.claims(["patron_organization": #""default""#])
            return try mint.token(claims, header: #"{"alg":"EdDSA","kid":"gone"}"#)
        case .powerless: return try token(none)
        case .wrongPermission:
            return try own.isEmpty ? token(none) : token(permissions: Permission.allCases.filter { !own.contains($0) })
        case .justEnough: return try token(permissions: own)
        case .byRole: return try own.first.map { try token(role: "\($0)") } ?? token(none)
        case .auditor: return try token(role: "auditor")
        case .admin: return try token(role: "admin")
        case .adminOfAnother:
            return try token(["patron_role": #""admin""#], organization: "other")
        }
    }
}

extension Route {
    /// The one that it needs, if any.
    fileprivate var permission: Permission? {
        guard case .needs(let permission) = access else { return nil }
        return permission
    }
}
