import Foundation
import Synchronization

/// Customers written over a few connections, one in five of them erased again, until the server is gone.
final class WriteLoad: Sendable {
    /// What the server acknowledged.
    struct Acknowledged {
        var customers: Set<String> = []
        /// Customers for whom the erasure was asked; whether it was acknowledged or not, they are not in ``customers``.
        var erased: Set<String> = []

        static func += (left: inout Self, right: Self) {
            left.customers.formUnion(right.customers)
            left.erased.formUnion(right.erased)
        }
    }

    private static let connectionCount = 4
    private let acknowledged = Mutex(Acknowledged())
    private let writers = DispatchGroup()

    init(_ server: Server, name: String) {
        for writer in 0..<Self.connectionCount {
            writers.enter()
            Thread.detachNewThread { [self] in
                defer { writers.leave() }
                guard let connection = try? server.connect() else { return }
                for index in 0... {
                    let isOver = (try? write("\(name)-w\(writer)-\(index)", erases: index % 5 == 4, connection)) == nil
                    if isOver { return }
                }
            }
        }
    }

    private func write(_ id: String, erases: Bool, _ connection: HTTPConnection) throws {
        let body = #"{"externalId":"\#(id)","firstName":"Ann","lastName":"Killed","email":"\#(id)@example.com"}"#
        let created = try connection.post("/api/v1/customers", body)
        guard created.status == 201, let customer = created.object["id"] as? String else { return }
        guard erases else { return acknowledged.withLock { _ = $0.customers.insert(customer) } }
        let erased = try connection.request("DELETE", "/api/v1/customers/\(customer)")
        guard erased.status == 204 else { return }
        acknowledged.withLock { _ = $0.erased.insert(customer) }
    }

    /// What was acknowledged, once the server is gone.
    func waitForEnd() -> Acknowledged {
        writers.wait()
        return acknowledged.withLock { $0 }
    }
}

extension WriteLoad.Acknowledged {
    /// The customers that a server does not have as it said, at most `limit` of each kind looked at.
    func missing(on server: Server, limit: Int = .max) throws -> [String] {
        let connection = try server.connect()
        let lost = try customers.shuffled().prefix(limit)
            .filter { try connection.get("/api/v1/customers/\($0)").status != 200 }
        let back = try erased.shuffled().prefix(limit)
            .filter { try connection.get("/api/v1/customers/\($0)").status != 410 }
        return lost + back
    }
}
