import CustomerDomain
import CustomerService
import Hummingbird

/// Exports of customers and orders.
enum ExportRoutes {
    static var routes: [Route] { [create, fields] }

    static let names: [String] = {
        var names: [String] = []
        for records in ExportRequest.Records.allCases {
            for name in ExportField.groups(of: records) + ExportField.fields(of: records).map(\.name)
            where !names.contains(name) { names.append(name) }
        }
        return names
    }()

    static let create = Route(
        method: .post,
        path: "/api/v1/exports",
        operation: "createExport",
        summary: "Exports all customers that the filters match, or these, or their orders, into a file",
        chapter: JobRoutes.chapter,
        access: .needs(.exportCustomers),
        parameters: JobSelection.parameters,
        body: .json(
            .named(
                "ExportCreate",
                JobSelection.ids,
                JobSelection.expectedCount,
                .optional(
                    "records",
                    .choice(ExportRequest.Records.allCases.map(\.rawValue)),
                    "What a row is; customers when absent."
                ),
                .optional(
                    "format",
                    .choice(ExportRequest.Format.allCases.map(\.rawValue)),
                    "The form of the file; csv when absent. A workbook has at most \(Limits.spreadsheetRows) rows."
                ),
                .optional(
                    "fields",
                    .array(.choice(names), 1...200),
                    "Fields, or groups of them, in this order; all when absent. GET /api/v1/exports/fields has them."
                ),
                .optional("byteOrderMark", .boolean, "Whether a CSV file begins with one, as old spreadsheets need.")
            )
        ),
        answers: [JobAnswer.accepted],
        problems: [.limitReached],
        handler: { call in
            let records = call.body.text("records").flatMap { ExportRequest.Records(rawValue: $0) } ?? .customers
            let request = ExportRequest(
                records: records,
                format: call.body.text("format").flatMap { ExportRequest.Format(rawValue: $0) } ?? .csv,
                fields: try fields(call.body, of: records),
                hasByteOrderMark: call.body.flag("byteOrderMark") ?? false
            )
            let id = try await call.organization.createExport(
                request,
                of: try await JobSelection(call),
                expecting: call.body.whole("expectedCount").map { Int($0) },
                scope: try call.scope(),
                context: call.context
            )
            return try await .job(id, call)
        }
    )

    private static func fields(_ body: JSONValue, of records: ExportRequest.Records) throws(Problem) -> [ExportField] {
        let all = ExportField.fields(of: records)
        guard body["fields"] != nil else { return all }
        var fields: [ExportField] = []
        for (index, name) in body.texts("fields").enumerated() {
            let named = all.filter { $0.group == name || $0.name == name }
            guard !named.isEmpty else {
                let detail = "is no field of \(records.rawValue)"
                throw Problem.invalid([FieldError(place: .pointer("/fields/\(index)"), detail: detail)])
            }
            for field in named where !fields.contains(field) { fields.append(field) }
        }
        return fields
    }

    static let fields = Route(
        method: .get,
        path: "/api/v1/exports/fields",
        operation: "listExportFields",
        summary: "The fields that an export can have, in their groups",
        chapter: JobRoutes.chapter,
        access: .needs(.exportCustomers),
        answers: [
            Answer(
                status: 200,
                description: "The fields of customers and of orders, in the order in which a file has them.",
                schema: .named(
                    "ExportFields",
                    .required("data", .list(of: field)),
                    .required("warning", .anyText, "What to heed with the file of an export.")
                )
            )
        ],
        handler: { _ in
            .json(capacity: 1 << 13) { writer in
                writer.beginObject()
                writer.key("data")
                writer.beginArray()
                for records in ExportRequest.Records.allCases {
                    for field in ExportField.fields(of: records) {
                        writer.beginObject()
                        writer.field("name", field.name)
                        writer.field("group", field.group)
                        writer.field("records", records.rawValue)
                        writer.endObject()
                    }
                }
                writer.endArray()
                writer.field("warning", JobAnswer.warning)
                writer.endObject()
            }
        }
    )

    private static let field = Schema.named(
        "ExportField",
        .required("name", .anyText),
        .required("group", .anyText, "The group that it can be asked for by."),
        .required("records", .choice(ExportRequest.Records.allCases.map(\.rawValue)), "What a row is that has it.")
    )
}
