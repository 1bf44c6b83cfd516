import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService

@Suite struct ImportJobTests {
    private static let file = """
        Vorname,Nachname,E-Mail,Phone,Groups,Tags,Customer ID,Notes
        Ann,Lee,ann@example.com,+1 555 0100,VIP,a;b,C-1,x
        Bob,Ray,bob@example.com,,,,C-2,x
        Bad,Mail,not-an-address,,,,C-3,x
        Cid,Ono,ANN@example.com,,,,C-4,x
        Dee,Fox,,,,,C-5,x
        Eve,May,eve@example.com,12,,,C-2,x
        short,row

        """

    private func options() -> ImportOptions {
        var options = ImportOptions()
        options.columns = ["Vorname": .firstName, "Nachname": .lastName, "E-Mail": .email]
        return options
    }

    private func upload(_ text: String, _ options: ImportOptions, _ shop: JobShop) async throws -> JobID {
        var upload = try await shop.organization.beginImport(options, scope: shop.scope)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: 700) {
            try await upload.append(bytes[start..<min(start + 700, bytes.count)])
        }
        return try await shop.organization.createImport(upload, options, scope: shop.scope)
    }

    private func run(_ text: String, _ options: ImportOptions, _ shop: JobShop) async throws -> Job {
        let id = try await upload(text, options, shop)
        try await shop.organization.commitImport(id, scope: shop.scope)
        await shop.organization.runJobs()
        return try shop.job(id)
    }

    private func profile(_ email: String, _ shop: JobShop) throws -> CustomerProfile {
        try shop.organization.peek { state, time in
            let customer = try #require(state.customer(withEmail: email, accountType: .registered))
            return state.profile(of: customer, at: time)
        }
    }

    @Test func `a file is looked at first, and changes nothing before it is committed`() async throws {
        let shop = try JobShop()
        let before = shop.organization.head.appended
        var options = options()
        options.tags = ["wave"]
        options.group = "Imported"
        let id = try await upload(Self.file, options, shop)
        #expect(shop.organization.head.appended == before.advanced(by: 1))
        let preview = try #require(try await shop.organization.importPreview(id, scope: shop.scope))
        #expect(preview.contains(#""rows":7,"create":2,"update":0,"skip":0,"error":5"#), "\(preview)")
        #expect(preview.contains(#"{"name":"Vorname","field":"firstName"}"#))
        #expect(preview.contains(#"{"name":"Notes","field":null}"#))
        #expect(preview.contains("Line 2 has the same; this is line 5."))
        await shop.organization.runJobs()
        #expect(try shop.job(id).status == .created)
        try await shop.organization.commitImport(id, scope: shop.scope)
        await shop.organization.runJobs()
        let job = try shop.job(id)
        #expect(job.status == .completed && job.total == 7 && job.done == 2 && job.failed == 5)
        let errors = try await shop.organization.jobErrors(id, scope: shop.scope)
        #expect(
            errors.map { "\($0.line) \($0.column) \($0.code)" } == [
                "4 E-Mail invalid_email", "5 E-Mail repeated_in_file", "6 E-Mail missing", "7 Phone invalid_phone",
                "7 Customer ID repeated_in_file", "8  malformed_row",
            ]
        )
        let ann = try profile("ann@example.com", shop)
        #expect(ann.summary.firstName == "Ann" && ann.summary.externalID == "C-1")
        #expect(ann.summary.tags == ["a", "b", "wave"])
        #expect(ann.summary.groups.map(\.name) == ["VIP", "Imported"])
        // The file is gone with its key; what was wrong stays for a while.
        #expect(try await shop.organization.importPreview(id, scope: shop.scope) == nil)
        #expect(!shop.jobFiles.keys.contains { $0.contains("-source") })
        // The same again changes nothing.
        let again = try await run(Self.file, options, shop)
        #expect(again.done == 2 && again.failed == 5)
        let events = try shop.organization.events(from: SequenceNumber(1), through: shop.organization.head.durable)
        #expect(events.count { if case .customerCreated = $0.event { true } else { false } } == 2)
        #expect(events.count { if case .customerUpdated = $0.event { true } else { false } } == 0)
    }

    @Test func `each column keeps, fills or overwrites what is there`() async throws {
        let first = "email,first name,last name,phone,external id\nann@example.com,Ann,,+1 555 0100,C-1\n"
        let second = "email,first name,last name,phone,external id\nann@example.com,New,Last,+1 555 0199,C-9\n"
        for (rule, expected) in [
            (ImportOptions.Rule.overwrite, ["New", "Last", "+1 555 0199", "C-9"]),
            (.fillEmpty, ["Ann", "Last", "+1 555 0100", "C-1"]), (.keep, ["Ann", nil, "+1 555 0100", "C-1"]),
        ] {
            let shop = try JobShop()
            var options = ImportOptions()
            options.rule = rule
            #expect(try await run(first, options, shop).done == 1)
            #expect(try await run(second, options, shop).done == 1)
            let ann = try profile("ann@example.com", shop).summary
            #expect([ann.firstName, ann.lastName, ann.phone, ann.externalID] == expected, "\(rule)")
        }
        let shop = try JobShop()
        var options = ImportOptions()
        options.rules = [.firstName: .keep, .phone: .fillEmpty]
        _ = try await run(first, options, shop)
        _ = try await run(second, options, shop)
        let ann = try profile("ann@example.com", shop).summary
        #expect([ann.firstName, ann.lastName, ann.phone, ann.externalID] == ["Ann", "Last", "+1 555 0100", "C-9"])
    }

    @Test func `customers can be known by the shop's own id`() async throws {
        let shop = try JobShop()
        var options = ImportOptions()
        options.key = .externalID
        _ = try await run("id,email\nC-1,ann@example.com\n", options, shop)
        let job = try await run("id,email,first name\nC-1,new@example.com,Ann\nC-2,,Bob\nC-3,new@example.com,C\n", options, shop)
        #expect(job.done == 1 && job.failed == 2)
        #expect(try profile("new@example.com", shop).summary.externalID == "C-1")
        let errors = try await shop.organization.jobErrors(job.id, scope: shop.scope)
        #expect(errors.map { "\($0.line) \($0.code)" } == ["3 missing", "4 repeated_in_file"])
    }

    @Test func `a header that cannot be taken says why, and nothing is kept`() async throws {
        let shop = try JobShop()
        for (text, columns, expected) in [
            ("", [:], "the file has no header row"), ("name\n", [:], "no column is email, by which customers are known"),
            ("email,mail\n", ["mail": .email], "the columns email and mail are both email"),
            ("email\n", ["x": nil], "there is no column x"),
        ] as [(String, [String: CustomerMapping.Field?], String)] {
            var options = ImportOptions()
            options.columns = columns
            await #expect(throws: ImportHeaderError(text: expected)) { try await upload(text, options, shop) }
        }
        #expect(shop.jobFiles.isEmpty)
    }

    @Test func `an import that was interrupted goes on where it was`() async throws {
        var shop = try JobShop()
        let text = "email,tags\n" + (0..<1_000).map { "c\($0)@example.com,x\n" }.joined()
        let id = try await upload(text, ImportOptions(), shop)
        try await shop.organization.commitImport(id, scope: shop.scope)
        let organization = shop.organization
        let work = Task { await organization.runJobs() }
        while try shop.job(id).done < 400 { await Task.yield() }
        work.cancel()
        await work.value
        shop = try shop.reopened()
        await shop.organization.runJobs()
        let job = try shop.job(id)
        #expect(job.status == .completed && job.done == 1_000 && job.failed == 0)
        #expect(shop.organization.peek { state, _ in state.customerCount } == 1_000)
    }

    @Test func `a file that nobody commits is forgotten, in time or with an erasure`() async throws {
        let shop = try JobShop()
        let ids = try await shop.addCustomers(1)
        let old = try await upload("email\nann@example.com\n", ImportOptions(), shop)
        shop.clock.advance(by: .seconds(7 * 86_400))
        let new = try await upload("email\nbob@example.com\n", ImportOptions(), shop)
        await shop.organization.runJobs()
        #expect(try shop.job(old).status == .expired && shop.job(new).status == .created)
        _ = try await shop.organization.execute(.eraseCustomer(ids[0], reason: nil), scope: shop.scope)
        #expect(try shop.job(new).status == .expired)
        #expect(shop.jobFiles.isEmpty)
        await #expect(throws: CommandError.rejected(.jobExpired(new))) {
            try await shop.organization.commitImport(new, scope: shop.scope)
        }
    }
}
