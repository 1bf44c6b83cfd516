import CustomerDomain
import CustomerProjections
import EventSourcing
import Foundation
import TestSupport
import Testing

@testable import CustomerService
@testable import LogStorage

@Suite struct ExportJobTests {
    @Test func `an export of 20,000 customers honours the filter exactly`() async throws {
        let shop = try JobShop()
        let ids = try await shop.addCustomers(20_000)
        var query = CustomerQuery()
        query.tags = ["third"]
        query.accountType = .guest
        let id = try await shop.export(query, fields: ["id", "email", "tags"])
        await shop.organization.runJobs()
        let job = try shop.job(id)
        let expected = ids.indices.filter { $0 % 3 == 0 && $0 % 2 == 1 }
        #expect(job.status == .completed)
        #expect(job.total == UInt64(expected.count) && job.done == job.total && job.failed == 0)
        let lines = try await shop.text(id).split(separator: "\n")
        #expect(
            lines.map { String($0) }
                == expected.map { #"{"id":"\#(ids[$0])","email":"c\#($0)@example.com","tags":["third"]}"# }
        )
    }

    @Test func `every format has the same rows`() async throws {
        let shop = try JobShop()
        try await shop.addCustomers(250)
        let jobs = try await [
            shop.export(.init(), .json, fields: ["id", "firstName"]),
            shop.export(.init(), .jsonl, fields: ["id", "firstName"]),
            shop.export(.init(), .csv, fields: ["id", "firstName"]),
            shop.export(.init(), .xlsx, fields: ["id", "firstName"]),
        ]
        await shop.organization.runJobs()
        let array = try #require(
            try JSONSerialization.jsonObject(with: Data(try await shop.result(jobs[0]))) as? [[String: String]]
        )
        #expect(array.count == 250)
        let lines = try await shop.text(jobs[1]).split(separator: "\n")
            .map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String] }
        #expect(lines == array.map { $0 })
        let rows = array.map { "\($0["id"] ?? ""),\($0["firstName"] ?? "")" }
        #expect(try await shop.text(jobs[2]).components(separatedBy: "\r\n") == ["id,firstName"] + rows + [""])
        let cells = try cells(of: try await shop.result(jobs[3]))
        #expect(cells == [["id", "firstName"]] + array.map { [$0["id"] ?? "", $0["firstName"] ?? ""] })
    }

    @Test func `an export of nobody is a file, too`() async throws {
        let shop = try JobShop()
        var query = CustomerQuery()
        query.tags = ["nobody"]
        var jobs: [JobID] = []
        for format in ExportRequest.Format.allCases {
            jobs.append(try await shop.export(query, format, fields: ["id"]))
        }
        await shop.organization.runJobs()
        #expect(try await shop.text(jobs[0]) == "id\r\n")
        #expect(try await shop.text(jobs[1]) == "[\n]\n")
        #expect(try await shop.text(jobs[2]) == "")
        #expect(try cells(of: try await shop.result(jobs[3])) == [["id"]])
    }

    @Test func `a cell that would be a formula is none, and numbers stay numbers`() async throws {
        let shop = try JobShop()
        for name in ["=1+1", "+49 call", "-x", "@sum", "a,b", "say \"hi\"", "-5"] {
            try await shop.organization.createCustomer(Profile(firstName: name))
        }
        let id = try await shop.export(.init(), .csv, fields: ["firstName", "orderCount"], mark: true)
        let book = try await shop.export(.init(), .xlsx, fields: ["firstName", "orderCount"])
        await shop.organization.runJobs()
        let expected = [
            "\u{FEFF}firstName,orderCount", "'=1+1,0", "'+49 call,0", "'-x,0", "'@sum,0", "\"a,b\",0",
            "\"say \"\"hi\"\"\",0", "-5,0", "",
        ]
        let bytes = try await shop.result(id)
        #expect(Array(bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
        #expect(String(decoding: bytes, as: UTF8.self) == expected.joined(separator: "\r\n"))
        // In a workbook a text is a text.
        #expect(try cells(of: try await shop.result(book))[1] == ["=1+1", "0"])
        #expect(!(try await String(decoding: shop.result(book), as: UTF8.self)).contains("<f>"))
    }

    @Test func `every field of a customer comes out`() async throws {
        let shop = try JobShop()
        let id = try await shop.addCustomers(1)[0]
        let scope = shop.scope
        var fields = AddressFields()
        fields.line1 = "1 Main Street"
        fields.country = CountryCode("GB")
        let address = Address(
            id: shop.organization.identifiers.next(),
            fields: fields,
            isDefaultShipping: true
        )
        let currency = try #require(CurrencyCode("EUR"))
        let group = GroupCreated(id: shop.organization.identifiers.next(), name: "VIP")
        let line = OrderLine(sku: "S", name: "N", quantity: 2, unitPrice: 500)
        let order = Order(number: "A-1", currency: currency, lines: [line])
        var metadata = UpdateCustomer(id: id)
        metadata.metadata = .replace(["size": "M", "colour": "\"red\""])
        let issued = CreditIssued(
            lot: shop.organization.identifiers.next(),
            amount: Money(minorUnits: 700, currency: currency),
            source: .gift
        )
        let commands: [Command] = [
            .addAddress(AddAddress(customer: id, address: address)),
            .createGroup(group), .addGroupMembers(group.id, [id]),
            .updateCustomer(metadata),
            .configureLoyalty(LoyaltyProgram()), .enrollInLoyalty(id, cardNumber: "FC1"),
            .placeOrder(id, order),
            .changeConsents(id, [ConsentChanged(kind: .sms, state: .granted)]),
            .issueCredit(id, issued, at: shop.organization.time),
        ]
        for command in commands { _ = try await shop.organization.execute(command, scope: scope) }
        let customers = try await shop.export(.init(), .json)
        let orders = try await shop.export(.init(), .json, .orders)
        await shop.organization.runJobs()
        let data = Data(try await shop.result(customers))
        let row = try #require(try (JSONSerialization.jsonObject(with: data) as? [[String: Any]])?.first)
        #expect(Set(row.keys) == Set(ExportField.fields(of: .customers).map(\.name)))
        #expect(row["shipping.line1"] as? String == "1 Main Street")
        #expect(row["shipping.country"] as? String == "GB")
        #expect(row["billing.line1"] is NSNull)
        #expect(row["groups"] as? [String] == ["VIP"])
        #expect(row["metadata"] as? [String: String] == ["size": "M", "colour": "\"red\""])
        #expect(row["orderCount"] as? Int == 1)
        #expect(row["totalSpent"] as? Int == 1_000)
        #expect(row["currency"] as? String == "EUR")
        #expect(row["loyaltyCard"] as? String == "FC1")
        #expect(row["consent.sms"] as? String == "granted")
        #expect(row["storeCredit"] as? [String] == ["700 EUR"])
        let orderData = Data(try await shop.result(orders))
        let orderRow = try #require(try (JSONSerialization.jsonObject(with: orderData) as? [[String: Any]])?.first)
        #expect(Set(orderRow.keys) == Set(ExportField.fields(of: .orders).map(\.name)))
        #expect(orderRow["number"] as? String == "A-1")
        #expect(orderRow["total"] as? Int == 1_000)
        #expect(orderRow["customerId"] as? String == id.description)
    }

    @Test func `nothing personal of an export lies on the disk, and after its time nothing at all`() async throws {
        let shop = try JobShop()
        try await shop.addCustomers(30)
        let id = try await shop.export(.init(), .csv)
        await shop.organization.runJobs()
        #expect(try await shop.text(id).contains("Secretsson"))
        #expect(shop.jobFiles.keys.contains { $0.hasSuffix("-result.result") })
        let secret = Array("Secretsson".utf8)
        for (path, bytes) in shop.disk.contents {
            let isFound = bytes.indices.dropLast(secret.count).contains { bytes[$0...].starts(with: secret) }
            #expect(!isFound, "\(path)")
        }
        shop.clock.advance(by: .seconds(7 * 86_400 - 1))
        await shop.organization.runJobs()
        #expect(try shop.job(id).status == .completed)
        shop.clock.advance(by: .seconds(1))
        await shop.organization.runJobs()
        #expect(try shop.job(id).status == .expired)
        #expect(shop.jobFiles.isEmpty)
        await #expect(throws: CommandError.rejected(.jobExpired(id))) { try await shop.result(id) }
        // The register says for ever who took what.
        let events = try shop.organization.events(from: SequenceNumber(1), through: shop.organization.head.durable)
        #expect(events.contains { $0.event == .jobResultFetched(id) && $0.actor == "test" })
    }

    @Test func `an erasure destroys the files of all exports before it is acknowledged`() async throws {
        let shop = try JobShop()
        let ids = try await shop.addCustomers(30)
        let done = try await shop.export(.init(), .csv)
        await shop.organization.runJobs()
        let waiting = try await shop.export(.init(), .csv, fields: ["id"])
        _ = try await shop.organization.execute(.eraseCustomer(ids[3], reason: nil), scope: shop.scope)
        #expect(try shop.job(done).status == .expired)
        #expect(!shop.jobFiles.keys.contains { $0.contains(done.description) })
        // One that only waits has nothing yet, and leaves out who is gone.
        await shop.organization.runJobs()
        let job = try shop.job(waiting)
        #expect(job.status == .completed && job.done == 29 && job.failed == 1)
        #expect(!(try await shop.text(waiting).contains(ids[3].description)))
        let errors = try await shop.organization.jobErrors(waiting, scope: shop.scope)
        #expect(errors.map(\.code) == ["customer_gone"] && errors.map(\.customer) == [ids[3].description])
    }

    @Test func `an export that was interrupted begins anew, with another key, without who was erased`() async throws {
        var shop = try JobShop()
        let ids = try await shop.addCustomers(30)
        let id = try await shop.export(.init(), .csv, fields: ["id"])
        // As a process leaves it that dies at work.
        let files = try shop.organization.jobDesk().files
        var file = try await files.beginResult(of: id)
        file = try await files.appended(Array("\(ids[0])".utf8), to: file)
        _ = try await shop.organization.execute(.progressJob(JobProgressed(id: id, done: 10)), scope: shop.scope)
        file.close()
        shop = try shop.reopened()
        let key = try #require(shop.jobFiles.first { $0.key.hasSuffix("-result.key") }?.value)
        _ = try await shop.organization.execute(.eraseCustomer(ids[0], reason: nil), scope: shop.scope)
        #expect(!shop.jobFiles.keys.contains { $0.contains("-result") })
        await shop.organization.runJobs()
        #expect(try shop.job(id).status == .completed)
        let rows = try await shop.text(id).split(separator: "\r\n").dropFirst()
        #expect(rows.map { String($0) } == ids.dropFirst().map(\.description))
        #expect(shop.jobFiles.first { $0.key.hasSuffix("-result.key") }?.value != key)
    }

    @Test func `a job fails once the key that asked was revoked`() async throws {
        let shop = try JobShop()
        try await shop.addCustomers(3)
        let secret = shop.organization.identifiers.nextSecret()
        let key = APIKey(
            id: shop.organization.identifiers.next(),
            name: "staff",
            secretDigest: secret.digest,
            role: .staff,
            permissions: [.exportCustomers, .readOrders]
        )
        _ = try await shop.organization.execute(.createAPIKey(key), scope: shop.scope)
        let staff = try #require(shop.organization.authenticate(secret: secret))
        let request = ExportRequest(records: .customers, format: .csv, fields: ExportField.fields(of: .customers))
        let id = try await shop.organization.createExport(request, of: .matching(.init()), scope: staff)
        _ = try await shop.organization.execute(.revokeAPIKey(key.id), scope: shop.scope)
        await shop.organization.runJobs()
        #expect(try shop.job(id).status == .failed)
        #expect(try shop.job(id).failure == .keyRevoked)
        #expect(!shop.jobFiles.keys.contains { $0.contains("-result") })
    }

    @Test func `a job that the holder of a token asked for goes on with the permission it was asked with`() async throws
    {
        let shop = try JobShop()
        try await shop.addCustomers(3)
        let claims = TokenClaims(
            subject: "jane",
            organization: nil,
            role: nil,
            permissions: ["customers:export", "orders:read"]
        )
        let scope = try shop.organization.authenticate(token: claims, within: TokenGrants())
        let request = ExportRequest(records: .customers, format: .csv, fields: ExportField.fields(of: .customers))
        let id = try await shop.organization.createExport(request, of: .matching(.init()), scope: scope)
        await shop.organization.runJobs()
        #expect(try shop.job(id).status == .completed)
        #expect(try shop.job(id).createdBy == "token:jane")
        let later = try #require(shop.organization.scope(ofActor: "token:jane", asked: .exportCustomers))
        #expect(later.permissions == [.exportCustomers])
        #expect(later.role == .staff)
    }

    @Test func `what is asked for is checked before`() async throws {
        let shop = try JobShop()
        let ids = try await shop.addCustomers(2)
        let request = ExportRequest(records: .orders, format: .csv, fields: ExportField.fields(of: .orders))
        let secret = shop.organization.identifiers.nextSecret()
        let key = APIKey(
            id: shop.organization.identifiers.next(),
            name: "staff",
            secretDigest: secret.digest,
            role: .staff,
            permissions: [.exportCustomers]
        )
        _ = try await shop.organization.execute(.createAPIKey(key), scope: shop.scope)
        let staff = try #require(shop.organization.authenticate(secret: secret))
        await #expect(throws: CommandError.forbidden(.readOrders)) {
            try await shop.organization.createExport(request, of: .customers(ids), scope: staff)
        }
        let unknown: CustomerID = shop.organization.identifiers.next()
        await #expect(
            throws: CommandError.rejected(.invalid(field: "ids/1", reason: "names no customer that stands"))
        ) {
            try await shop.organization.createExport(request, of: .customers([ids[0], unknown]), scope: shop.scope)
        }
        let reason = "is another number than match now: 2"
        await #expect(throws: CommandError.rejected(.invalid(field: "expectedCount", reason: reason))) {
            try await shop.organization.createExport(
                request,
                of: .customers(ids),
                expecting: 3,
                scope: shop.scope
            )
        }
        #expect(shop.jobFiles.isEmpty)
    }

    /// The texts of a workbook's cells, as Python's standard library finds them.
    private func cells(of workbook: [UInt8]) throws -> [[String]] {
        let script = """
            import io, json, sys, zipfile, xml.etree.ElementTree as tree
            book = zipfile.ZipFile(io.BytesIO(open(sys.argv[1], 'rb').read()))
            assert book.testzip() is None and '[Content_Types].xml' in book.namelist()
            n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
            rows = tree.fromstring(book.read('xl/worksheets/sheet1.xml')).iter(n + 'row')
            print(json.dumps([[''.join(t.text or '' for t in c.iter() if t.tag in (n + 't', n + 'v')) for c in r] for r in rows]))
            """
        let folder = FileManager.default.temporaryDirectory.appending(path: "patron-xlsx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (book, output) = (folder.appending(path: "book.xlsx"), folder.appending(path: "out"))
        try Data(workbook).write(to: book)
        try Data().write(to: output)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, book.path]
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return try #require(try JSONSerialization.jsonObject(with: try Data(contentsOf: output)) as? [[String]])
    }
}
