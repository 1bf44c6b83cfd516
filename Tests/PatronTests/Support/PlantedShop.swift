import Foundation
import Testing

/// A shop in which every personal field of every request gets a text that is nowhere else.
final class PlantedShop {
    /// Somebody of whom was told.
    struct Person {
        var id: String
        var orders: [String] = []
        var requests: [String] = []
        var returns: [String] = []
        /// What was told and still holds, or is history.
        var texts: [String] = []
    }

    /// Names of properties of request bodies that are personal; of the last three no text is unique.
    private static let personal: Set<String> = [
        "email", "firstName", "lastName", "phone", "metadata", "label", "company", "line1", "line2", "address1",
        "address2", "city", "state", "province", "postalCode", "text", "reason", "details", "note", "evidence",
        "country", "customerRole", "birthDate",
        "author",
    ]

    /// Names of those that are not.
    private static let others: Set<String> = [
        "perks", "externalId", "source", "tags", "groups", "occurredAt", "currency", "items", "sku", "name", "number",
        "paymentMethod", "reference", "cardNumber", "orderNumber", "tiers", "description", "customerId", "requestId",
        "passphrase", "customerIds",
        "timeZone",
        "ids", "expectedCount", "records", "format", "fields", "byteOrderMark", "action", "all", "groupId",
        "from", "wording", "expiresAt", "spend", "storeCredit", "startsAt", "endsAt", "customerGroupId", "priceList",
        "url",
        "query", "key", "choices", "sort", "roleId", "displayName", "code", "segment", "group", "tag", "where",
        "filters", "columns",
        "tier", "registeredFrom", "registeredTo", "updatedSince", "lastOrderFrom", "lastOrderTo",
    ]

    let connection: HTTPConnection
    private let document: [String: Any]
    private var random: UInt64
    private var told: Set<String> = []

    init(_ server: Server, seed: UInt64) throws {
        connection = try server.connect()
        document = try connection.get("/openapi.json").object
        random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    // MARK: Telling

    /// Makes somebody, by the canonical paths.
    func tell() throws -> Person {
        var person = Person(id: "")
        let created = try send(
            "POST",
            "/api/v1/customers",
            "/api/v1/customers",
            #"{\#(wholeProfile(&person)),"metadata":{"\#(text(&person))":"\#(text(&person))"},"addresses":[{\#(address(&person))}],"consents":[{"kind":"cookies","state":"granted","evidence":"\#(text(&person))","reason":"\#(text(&person))"}]}"#
        )
        person.id = try #require(created["id"] as? String)
        let path = "/api/v1/customers/\(person.id)"
        let template = "/api/v1/customers/{id}"
        try send("PATCH", path, template, #"{\#(wholeProfile(&person)),"metadata":{"k":"\#(text(&person))"}}"#)
        for verb in ["disable", "enable"] {
            try send("POST", "\(path)/\(verb)", "\(template)/\(verb)", #"{"reason":"\#(text(&person))"}"#)
        }
        let added = try send("POST", "\(path)/addresses", "\(template)/addresses", "{\(address(&person))}")
        let addressID = try #require(added["id"] as? String)
        try send(
            "PATCH",
            "\(path)/addresses/\(addressID)",
            "\(template)/addresses/{addressId}",
            "{\(address(&person))}"
        )
        let note = try send("POST", "\(path)/notes", "\(template)/notes", #"{"text":"\#(text(&person))"}"#)
        let noteID = try #require(note["id"] as? String)
        try send(
            "PATCH",
            "\(path)/notes/\(noteID)",
            "\(template)/notes/{noteId}",
            #"{"text":"\#(text(&person))","pinned":true}"#
        )
        try send(
            "POST",
            "\(path)/addresses/\(addressID)/verification",
            "\(template)/addresses/{addressId}/verification",
            #"{"status":"failed","reason":"\#(text(&person))"}"#
        )
        try send(
            "PATCH",
            "\(path)/consents",
            "\(template)/consents",
            #"{"consents":[{"kind":"sms","state":"granted","evidence":"\#(text(&person))","reason":"\#(text(&person))"}]}"#
        )
        try joinGroup(&person)
        let field = #"{"key":"k\#(number())","label":"Size","type":"text"}"#
        let fields = "/api/v1/custom-fields"
        let fieldID = try #require(try send("POST", fields, fields, field)["id"] as? String)
        try send("PUT", "\(fields)/\(fieldID)", "\(fields)/{fieldId}", field)
        try keepView()
        for verb in ["cancel", "refunds"] {
            let number = order(&person)
            try send(
                "POST",
                "\(path)/orders",
                "\(template)/orders",
                #"{"number":"\#(number)","currency":"USD","items":[\#(Self.item)],"shippingAddress":{\#(address(&person))}}"#
            )
            let more = verb == "refunds" ? #","reference":"R\#(number)","amount":100"# : ""
            try send(
                "POST",
                "/api/v1/orders/\(number)/\(verb)",
                "/api/v1/orders/{number}/\(verb)",
                #"{"reason":"\#(text(&person))"\#(more)}"#
            )
        }
        try returnGoods(&person)
        try moveOrder(&person)
        try verifyAnotherAddress(&person)
        try giveCredit(&person)
        try askForData(&person)
        _ = try connection.request("PUT", "/api/v1/loyalty/program", body: Self.program)
        try send("POST", "\(path)/loyalty", "\(template)/loyalty", #"{"cardNumber":"C\#(number())"}"#)
        try send(
            "POST",
            "\(path)/points",
            "\(template)/points",
            #"{"action":"add","points":500,"reason":"\#(text(&person))"}"#
        )
        var redemption = 0
        for verb in ["earn", "redeem"] {
            let change = try send(
                "POST",
                "\(path)/loyalty/\(verb)",
                "\(template)/loyalty/\(verb)",
                #"{"points":5,"reason":"\#(text(&person))"}"#
            )
            redemption = try #require(change["sequence"] as? Int)
        }
        try send(
            "POST",
            "\(path)/loyalty/restore",
            "\(template)/loyalty/restore",
            #"{"redemption":\#(redemption),"points":2,"reason":"\#(text(&person))"}"#
        )
        return person
    }

    /// An order that was placed for a guest, who has the same address.
    private func moveOrder(_ person: inout Person) throws {
        let number = order(&person)
        let guest = "\(text(&person))@x.example"
        let placed = try send(
            "POST",
            "/api/v1/orders",
            "/api/v1/orders",
            #"{"number":"\#(number)","currency":"USD","items":[\#(Self.item)],"customer":{"email":"\#(guest)","firstName":"\#(text(&person))","lastName":"\#(text(&person))","phone":"+\#(digits(&person))"}}"#
        )
        try send(
            "POST",
            "/api/v1/orders/\(number)/move",
            "/api/v1/orders/{number}/move",
            #"{"customerId":"\#(person.id)","reason":"\#(text(&person))"}"#
        )
        try send(
            "POST",
            "/api/v1/orders/\(number)/invoice-requests",
            "/api/v1/orders/{number}/invoice-requests",
            #"{"email":"\#(text(&person))@x.example"}"#
        )
        let id = try #require(placed["customerId"] as? String)
        try send("POST", "/api/v1/customers/\(person.id)/merge", "", #"{"from":"\#(id)"}"#)
    }

    /// An order of which goods come back, one for each end.
    private func returnGoods(_ person: inout Person) throws {
        let number = order(&person)
        let placed = #"{"number":"\#(number)","currency":"USD","items":[\#(Self.item),\#(Self.item),\#(Self.item)]}"#
        try send("POST", "/api/v1/customers/\(person.id)/orders", "/api/v1/customers/{id}/orders", placed)
        for (line, verbs) in [["approve", "refuse"], ["receive", "refund"], ["receive", "close"]].enumerated() {
            let asked = try send(
                "POST",
                "/api/v1/orders/\(number)/returns",
                "/api/v1/orders/{number}/returns",
                #"{"items":[{"line":\#(line),"quantity":1}],"reason":"\#(text(&person))"}"#
            )
            let id = try #require(asked["id"] as? String)
            person.returns.append(id)
            for verb in verbs {
                let more = verb == "refund" ? #","reference":"R\#(number)""# : ""
                try send(
                    "POST",
                    "/api/v1/returns/\(id)/\(verb)",
                    "/api/v1/returns/{returnId}/\(verb)",
                    #"{"reason":"\#(text(&person))"\#(more)}"#
                )
            }
        }
    }

    /// A group that is joined for a reason, and a job that disables for one.
    private func joinGroup(_ person: inout Person) throws {
        let group = try send("POST", "/api/v1/groups", "/api/v1/groups", #"{"name":"G\#(number())"}"#)
        try send(
            "POST",
            "/api/v1/groups/\(try #require(group["id"] as? String))/members",
            "/api/v1/groups/{groupId}/members",
            #"{"customerIds":["\#(person.id)"],"reason":"\#(text(&person))"}"#
        )
        let body = #"{"action":"disable","ids":["\#(person.id)"],"reason":"\#(text(&person))"}"#
        let job = try #require(try send("POST", "/api/v1/bulk", "/api/v1/bulk", body)["id"] as? String)
        let deadline = Date().addingTimeInterval(30)
        while try connection.get("/api/v1/jobs/\(job)").object["status"] as? String != "completed" {
            try #require(Date() < deadline, "the job does not end")
            usleep(5_000)
        }
        #expect(try connection.post("/api/v1/customers/\(person.id)/enable", "{}").status == 200)
    }

    /// Another e-mail address, which takes the place of the present one.
    private func verifyAnotherAddress(_ person: inout Person) throws {
        let path = "/api/v1/customers/\(person.id)/verifications"
        let template = "/api/v1/customers/{id}/verifications"
        let email = #""channel":"email","email":"\#(text(&person))@x.example""#
        let made = try send("POST", path, template, "{\(email)}")
        let code = try #require(made["code"] as? String)
        try send("POST", "\(path)/confirm", "\(template)/confirm", #"{\#(email),"code":"\#(code)"}"#)
    }

    /// A view of the list, in which nobody is named.
    private func keepView() throws {
        let body = #"{"name":"V\#(number())","filters":{"country":"GB"}}"#
        let view = try #require(try send("POST", "/api/v1/views", "/api/v1/views", body)["id"] as? String)
        try send("PATCH", "/api/v1/views/\(view)", "/api/v1/views/{viewId}", #"{"filters":{"country":"US"}}"#)
    }

    /// Store credit, some of which is spent, and comes back.
    private func giveCredit(_ person: inout Person) throws {
        let (path, template) = ("/api/v1/customers/\(person.id)/credit", "/api/v1/customers/{id}/credit")
        try send(
            "POST",
            "\(path)/issue",
            "\(template)/issue",
            #"{"amount":900,"currency":"USD","reason":"\#(text(&person))"}"#
        )
        let spent = try send(
            "POST",
            "\(path)/spend",
            "\(template)/spend",
            #"{"amount":500,"currency":"USD","reason":"\#(text(&person))"}"#
        )
        let spend = try #require(spent["id"] as? String)
        try send(
            "POST",
            "\(path)/revert",
            "\(template)/revert",
            #"{"spend":"\#(spend)","amount":100,"reason":"\#(text(&person))"}"#
        )
    }

    /// Requests of a person about its data, one for each end.
    private func askForData(_ person: inout Person) throws {
        let template = "/api/v1/data-requests/{requestId}"
        for verb in ["approve", "refuse", "cancel"] {
            let opened = try send(
                "POST",
                "/api/v1/data-requests",
                "/api/v1/data-requests",
                #"{"customerId":"\#(person.id)","kind":"access","details":"\#(text(&person))"}"#
            )
            let id = try #require(opened["id"] as? String)
            person.requests.append(id)
            try send(
                "POST",
                "/api/v1/data-requests/\(id)/identity-check",
                "\(template)/identity-check",
                #"{"method":"email","note":"\#(text(&person))"}"#
            )
            let more = verb == "refuse" ? #","category":"unfounded""# : ""
            try send(
                "POST",
                "/api/v1/data-requests/\(id)/\(verb)",
                "\(template)/\(verb)",
                #"{"reason":"\#(text(&person))"\#(more)}"#
            )
        }
    }

    /// Erases somebody by a request of its own instead of at once.
    func eraseByRequest(_ person: Person) throws {
        let opened = try connection.post(
            "/api/v1/data-requests",
            #"{"customerId":"\#(person.id)","kind":"erasure"}"#
        )
        let path = "/api/v1/data-requests/\(try #require(opened.object["id"] as? String))"
        for (verb, body) in [("identity-check", #"{"method":"login"}"#), ("approve", "{}"), ("execute", "{}")] {
            #expect(try connection.post("\(path)/\(verb)", body).status == 200)
        }
    }

    /// Makes somebody, by the paths of the older clients.
    func tellByAliases() throws -> Person {
        var person = Person(id: "")
        let created = try send(
            "POST",
            "/user",
            "/user",
            #"{\#(names(&person)),"metadata":{"k":"\#(text(&person))"},"addresses":[{\#(oldAddress(&person))}]}"#
        )
        person.id = try #require(created["id"] as? String)
        let path = "/user/\(person.id)"
        try send("PUT", path, "/user/{id}", #"{\#(profile(&person)),"metadata":{"k":"\#(text(&person))"}}"#)
        try send("POST", "\(path)/address", "/user/{id}/address", "{\(oldAddress(&person))}")
        let shop = "/api/customers/\(person.id)"
        try send("PUT", shop, "/api/customers/{id}", #"{\#(profile(&person)),"metadata":{"k":"\#(text(&person))"}}"#)
        let number = order(&person)
        try send(
            "POST",
            "\(shop)/orders",
            "/api/customers/{id}/orders",
            #"{"number":"\#(number)","currency":"USD","items":[\#(Self.item)],"shippingAddress":{\#(oldAddress(&person))}}"#
        )
        try send("POST", "/api/v1/customers/\(person.id)/loyalty", "", #"{"cardNumber":"C\#(self.number())"}"#)
        try send(
            "POST",
            "\(shop)/points",
            "/api/customers/{id}/points",
            #"{"action":"add","points":500,"reason":"\#(text(&person))"}"#
        )
        return person
    }

    private static let item = #"{"sku":"S","name":"Mug","quantity":1,"unitPrice":1000}"#
    private static let program = #"{"name":"Club","tiers":[{"name":"Base","threshold":0,"pointsPerUnit":1}]}"#

    @discardableResult
    private func send(_ method: String, _ path: String, _ template: String, _ body: String) throws -> [String: Any] {
        let answer = try connection.request(method, path, body: body)
        #expect(
            (200..<300).contains(answer.status),
            "\(method) \(path): \(String(decoding: answer.body, as: UTF8.self))"
        )
        told.insert("\(method.lowercased()) \(template)")
        return answer.object
    }

    /// Each property of each request body is known here, and each request that has a personal one was sent.
    func requireEveryPersonalFieldWasTold() throws {
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        for (path, operations) in paths {
            for (method, operation) in operations {
                guard let body = (operation as? [String: Any])?["requestBody"] else { continue }
                let names = texts(in: body, "")
                #expect(names.subtracting(Self.personal).subtracting(Self.others) == [], "\(method) \(path)")
                if !names.isDisjoint(with: Self.personal.subtracting(["author"])) {
                    #expect(told.contains("\(method) \(path)"), "\(method) \(path) was not sent")
                }
            }
        }
    }

    /// The names of the properties below a part of the document that hold text.
    private func texts(in part: Any, _ name: String, _ depth: Int = 0) -> Set<String> {
        guard depth < 40, let object = part as? [String: Any] else {
            guard let list = part as? [Any] else { return [] }
            return list.reduce(into: []) { $0.formUnion(texts(in: $1, name, depth + 1)) }
        }
        if let reference = object["$ref"] as? String {
            let components = document["components"] as? [String: [String: Any]]
            let schema = components?["schemas"]?[String(reference.split(separator: "/").last ?? "")]
            return texts(in: schema ?? [:], name, depth + 1)
        }
        var found: Set<String> = []
        let types = object["type"] as? [String] ?? [object["type"] as? String ?? ""]
        if types.contains("string"), object["enum"] == nil, !name.isEmpty { found.insert(name) }
        for (key, value) in object where !["properties", "type", "enum", "example", "examples"].contains(key) {
            found.formUnion(texts(in: value, name, depth + 1))
        }
        for (key, value) in object["properties"] as? [String: Any] ?? [:] {
            found.formUnion(texts(in: value, key, depth + 1))
        }
        return found
    }

    // MARK: Looking

    /// Which of the texts some endpoint answers with.
    func found(_ texts: [String], _ people: [Person]) throws -> [String] {
        let everything = try answers(people)
        return texts.filter { text in everything.contains { $0.contains(text) } }
    }

    /// What all endpoints that answer without a change say, asked about everybody.
    private func answers(_ people: [Person]) throws -> [String] {
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        var answers: [String] = []
        for (path, operations) in paths.sorted(by: { $0.key < $1.key }) where operations["get"] != nil {
            for target in targets(path, people).flatMap({ [$0] + moments($0, operations["get"]) }) {
                answers.append(String(decoding: try connection.get(target).body, as: UTF8.self))
            }
        }
        return answers
    }

    /// The same asked as of moments before, where that can be asked.
    private func moments(_ target: String, _ operation: Any?) -> [String] {
        let parameters = (operation as? [String: Any])?["parameters"] as? [[String: Any]] ?? []
        guard parameters.contains(where: { $0["name"] as? String == "asOf" }) else { return [] }
        let separator = target.contains("?") ? "&" : "?"
        return [20, 45, 70]
            .flatMap { sequence in
                let asOf = "\(target)\(separator)asOf=\(sequence)"
                let path = target.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                return [asOf, "/api/v1/audit/difference?path=\(path)&from=\(sequence)"]
            }
    }

    /// A path with its parameters filled in, once for everything that there is to fill in.
    private func targets(_ path: String, _ people: [Person]) -> [String] {
        if path == "/openapi.json" { return [] }
        if path.hasSuffix("proofs/history") { return people.map { "\(path)?customer=\($0.id)" } }
        if path == "/api/v1/events" { return ["asc", "desc"].map { "\(path)?limit=100&include=changes&order=\($0)" } }
        if path.hasSuffix("proofs/inclusion") { return (1...50).map { "\(path)?sequence=\($0)" } }
        if path.contains("{number}") {
            return people.flatMap(\.orders).map { path.replacingOccurrences(of: "{number}", with: $0) }
        }
        if path.contains("{returnId}") {
            return people.flatMap(\.returns).map { path.replacingOccurrences(of: "{returnId}", with: $0) }
        }
        if path.contains("{requestId}") {
            return people.flatMap(\.requests).map { path.replacingOccurrences(of: "{requestId}", with: $0) }
        }
        guard path.contains("{id}") else {
            // Erased people are not in lists, but whatever is there shall be shown.
            return [path] + (path.hasSuffix("/customers") ? ["\(path)?status=erased", "\(path)?limit=100"] : [])
        }
        return people.map { path.replacingOccurrences(of: "{id}", with: $0.id) }
    }

    // MARK: Texts

    private func text(_ person: inout Person) -> String {
        let text = "zq" + String((0..<16).map { _ in Character(UnicodeScalar(UInt8(97 + next() % 26))) })
        person.texts.append(text)
        return text
    }

    private func digits(_ person: inout Person) -> String {
        let text = "4" + (0..<13).map { _ in String(next() % 10) }.joined()
        person.texts.append(text)
        return text
    }

    private func number() -> String { String(next() % 1_000_000_000) }

    private func order(_ person: inout Person) -> String {
        let number = "N" + number()
        person.orders.append(number)
        return number
    }

    private func next() -> UInt64 {
        // Splitmix64, by Sebastiano Vigna.
        random &+= 0x9E37_79B9_7F4A_7C15
        var value = random
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    private func fields(_ names: [String], _ person: inout Person) -> String {
        names.map { "\"\($0)\":\"\(text(&person))\"" }.joined(separator: ",")
    }

    private func names(_ person: inout Person) -> String {
        fields(["firstName", "lastName"], &person)
            + ",\"email\":\"\(text(&person))@x.example\",\"phone\":\"+\(digits(&person))\""
    }

    private func profile(_ person: inout Person) -> String { names(&person) + ",\"birthDate\":\"1980-02-03\"" }

    /// With what only the canonical paths take.
    private func wholeProfile(_ person: inout Person) -> String {
        profile(&person) + "," + fields(["customerRole"], &person)
    }

    private func address(_ person: inout Person) -> String {
        fields(["label", "firstName", "lastName", "company", "line1", "line2", "city", "state"], &person)
            + ",\"postalCode\":\"\(digits(&person))\",\"phone\":\"+\(digits(&person))\",\"country\":\"VN\""
    }

    private func oldAddress(_ person: inout Person) -> String {
        fields(["firstName", "lastName", "address1", "address2", "city", "province"], &person) + ",\"country\":\"DE\""
    }
}
