import Crypto
import CustomerDomain
import CustomerProjections
import CustomerService
import HTTPTypes
import Hummingbird
import NIOCore

/// Imports of customers: a file is sent, looked at, and taken once somebody commits to it.
enum ImportRoutes {
    static var routes: [Route] { [template, create, get, commit] }

    private static let id = Parameter.path("jobId", .identifier(JobKind.self), "The import's job.")
    private static let fields = CustomerMapping.Field.allCases.map(\.rawValue)
    private static let rules = ImportOptions.Rule.allCases.map(\.rawValue)
    private static let delimiters = [",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"]

    static let template = Route(
        method: .get,
        path: "/api/v1/imports/template",
        operation: "getImportTemplate",
        summary: "The header row of a file of customers, to fill in",
        chapter: JobRoutes.chapter,
        access: .needs(.importCustomers),
        parameters: [.query("example", .boolean, "Whether a row follows that shows how.")],
        answers: [Answer(status: 200, description: "The file.", schema: .anyText, mediaType: "text/csv")],
        handler: { call in
            var text = CustomerMapping.template
            if call.query.text("example") == "true" { text += example }
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/csv; charset=utf-8; header=present",
                    .contentDisposition: "attachment; filename=\"customers.csv\"",
                    .cacheControl: "no-store",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text))
            )
        }
    )

    private static let example = "Jane,Doe,jane@example.com,+1 555 0100,Wholesale,\"vip;newsletter\",C-1001\r\n"

    static let create = Route(
        method: .post,
        path: "/api/v1/imports",
        operation: "createImport",
        summary: "Takes a file of customers in and tells what it would do; nothing is changed before it is committed",
        chapter: JobRoutes.chapter,
        access: .needs(.importCustomers),
        parameters: [
            .queryList(
                "map",
                .text(
                    TextRule(
                        length: 1...300,
                        pattern: "^.+:(?:\(fields.joined(separator: "|"))|ignore)$",
                        check: { text in
                            let parts = split(text)
                            let isKnown = parts.value == "ignore" || fields.contains(parts.value)
                            guard isKnown, !parts.name.isEmpty else {
                                return "must be a column, a colon, and a field or ignore"
                            }
                            return nil
                        }
                    )
                ),
                "A column and what it is, as Mail:email, or Notes:ignore. Columns that are not named are found by their names."
            ),
            .query(
                "match",
                .choice(ImportOptions.Key.allCases.map(\.rawValue)),
                "How customers are known; email when absent."
            ),
            .query(
                "existing",
                .choice(rules),
                "What happens to values that a customer has already; overwrite when absent. Empty cells change nothing."
            ),
            .queryList(
                "rule",
                .text(
                    TextRule(
                        length: 1...40,
                        pattern: "^(?:\(fields.joined(separator: "|"))):(?:\(rules.joined(separator: "|")))$",
                        check: { text in
                            let parts = split(text)
                            let isKnown = fields.contains(parts.name) && rules.contains(parts.value)
                            return isKnown ? nil : "must be a field, a colon, and a rule"
                        }
                    )
                ),
                "The same for one field, as phone:fillEmpty. Tags and groups are only ever added."
            ),
            .queryList("tag", .line(Limits.tag), "A tag that all get."),
            .query("group", .line(Limits.name), "The name of a group that all join, made when there is none."),
            .query("accountType", .choice(["registered", "guest"]), "Of those who are new; registered when absent."),
            .query("delimiter", .choice(delimiters.values.sorted()), "What stands between fields; comma when absent."),
            .query(
                "encoding",
                .choice(["utf-8", "iso-8859-1"]),
                "What rows are that are not UTF-8; reported when absent."
            ),
        ],
        body: RequestBodyRule(schema: .anyText, mediaTypes: ["text/csv"]),
        answers: [.created("The import, which waits for …/commit.", ImportAnswer.importing)],
        problems: [.limitReached],
        streamsBody: true,
        handler: { call in
            let options = try options(call.query)
            let (upload, digest) = try await receive(call, options)
            do {
                let id = try await call.organization.createImport(
                    upload,
                    options,
                    scope: try call.scope(),
                    context: call.context(digest: digest)
                )
                return try await answer(id, call, .created)
            } catch let error as ImportHeaderError {
                throw Problem.invalid([FieldError(place: .pointer(""), detail: "cannot be taken: \(error.text)")])
            }
        }
    )

    /// Keeps the body of a call, and gives a digest of what was asked for.
    private static func receive(_ call: Call, _ options: ImportOptions) async throws -> (ImportUpload, [UInt8]) {
        let limit = call.organization.jobLimits.importByteCount
        var upload = try await call.organization.beginImport(options, scope: try call.scope())
        var hash = SHA256()
        hash.update(
            data: Array(
                "\(call.method.rawValue) \(call.path)\(call.query.encoded(adding: ("", "")))\n".utf8
            )
        )
        do {
            if let body = call.upload {
                for try await chunk in body {
                    guard upload.byteCount + chunk.readableBytes <= limit else { throw Problem.tooLarge(limit) }
                    hash.update(data: Array(chunk.readableBytesView))
                    try await upload.append(chunk.readableBytesView)
                }
            }
            return (upload, Array(hash.finalize()))
        } catch {
            await call.organization.abandon(upload)
            throw error
        }
    }

    private static func options(_ query: QueryString) throws(Problem) -> ImportOptions {
        var options = ImportOptions()
        for text in query.texts("map") {
            let parts = split(text)
            guard options.columns[parts.name] == nil else {
                throw .parameter("map", "names the column \(parts.name.prefix(80)) twice")
            }
            options.columns.updateValue(CustomerMapping.Field(rawValue: parts.value), forKey: parts.name)
        }
        for text in query.texts("rule") {
            let parts = split(text)
            guard let field = CustomerMapping.Field(rawValue: parts.name) else { continue }
            options.rules[field] = ImportOptions.Rule(rawValue: parts.value)
        }
        options.key = query.text("match").flatMap { ImportOptions.Key(rawValue: $0) } ?? .email
        options.rule = query.text("existing").flatMap { ImportOptions.Rule(rawValue: $0) } ?? .overwrite
        options.tags = query.texts("tag")
        options.group = query.text("group")
        options.accountType = query.text("accountType") == "guest" ? .guest : .registered
        let delimiter = query.text("delimiter")
        options.delimiter = delimiters.first { $0.value == delimiter }?.key.utf8.first ?? UInt8(ascii: ",")
        options.readsLatin1 = query.text("encoding") == "iso-8859-1"
        return options
    }

    /// What stands before the last colon, and behind it.
    private static func split(_ text: String) -> (name: String, value: String) {
        guard let colon = text.lastIndex(of: ":") else { return (text, "") }
        return (String(text[..<colon]), String(text[text.index(after: colon)...]))
    }

    static let get = Route(
        method: .get,
        path: "/api/v1/imports/{jobId}",
        operation: "getImport",
        summary: "An import, with what it would do as long as its file is there",
        chapter: JobRoutes.chapter,
        access: .needs(.importCustomers),
        parameters: [id],
        answers: [Answer(status: 200, description: "The import.", schema: ImportAnswer.importing)],
        problems: [.jobNotFound],
        handler: { call in try await answer(try call.identifier("jobId", JobKind.self), call, .ok) }
    )

    static let commit = Route(
        method: .post,
        path: "/api/v1/imports/{jobId}/commit",
        operation: "commitImport",
        summary: "Takes the rows of the file, as they are decided when their turn comes",
        chapter: JobRoutes.chapter,
        access: .needs(.importCustomers),
        parameters: [id],
        answers: [JobAnswer.accepted],
        problems: [.jobNotFound, .jobStatus, .jobExpired],
        handler: { call in
            let id = try call.identifier("jobId", JobKind.self)
            try await call.organization.commitImport(id, scope: try call.scope(), context: call.context)
            return try await .job(id, call)
        }
    )

    private static func answer(_ id: JobID, _ call: Call, _ status: HTTPResponse.Status) async throws -> Response {
        let job = try await call.organization.read { state, _ in state.job(id) }
        guard let job, job.kind == .import else { throw CommandError.rejected(.jobNotFound(id)) }
        let preview = try await call.organization.importPreview(id, scope: try call.scope())
        let shown = try preview.map { try JSONParser.parse(Array($0.utf8)) }
        let headers: HTTPFields = status == .created ? [.location: "/api/v1/imports/\(id)"] : [:]
        return .json(status, headers: headers, capacity: 1 << 13) { writer in
            writer.beginObject()
            writer.key("job")
            writer.value(job)
            writer.key("preview")
            writer.value(shown ?? .null)
            writer.endObject()
        }
    }
}

extension Call {
    /// What comes with a command whose body was taken piece by piece: its digest tells a retry from another request.
    fileprivate func context(digest: [UInt8]) -> CommandContext {
        var context = context
        context.idempotency?.fingerprint = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return context
    }
}
