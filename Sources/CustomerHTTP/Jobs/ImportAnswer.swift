import CustomerDomain
import CustomerService

/// What the server sends of imports.
enum ImportAnswer {
    private static let fields = Schema.choice(CustomerMapping.Field.allCases.map(\.rawValue))

    static let preview = Schema.named(
        "ImportPreview",
        .required("rows", .count, "How many rows the file has, without the header."),
        .required("create", .count, "How many of them make a customer."),
        .required("update", .count, "How many change one."),
        .required("skip", .count, "How many say what is so already."),
        .required("error", .count, "How many cannot be taken."),
        .required("columns", .list(of: column), "The columns of the file, in their order."),
        .required("first", .list(of: row), "The first 20 rows."),
        .required("errors", .list(of: error), "The first 100 things that are wrong; after the import …/errors has all.")
    )

    static let importing = Schema.named(
        "Import",
        .required("job", JobAnswer.job),
        .required("preview", .nullable(preview), "What it would do, as things stood; null once the file is gone.")
    )

    private static let column = Schema.named(
        "ImportColumn",
        .required("name", .anyText),
        .required("field", .nullable(fields), "What it is; null for a column that is not taken.")
    )

    private static let row = Schema.named(
        "ImportRow",
        .required("line", .count, "The line of the file, from 1."),
        .required("action", .choice(["create", "update", "skip", "error"])),
        .required("customerId", .nullable(.identifier(CustomerKind.self)), "Whom it is about, where that one is there."),
        .required("values", .map(MapRule(maximumCount: 100, key: .anyText, value: .anyText)), "What its cells say, by field.")
    )

    private static let error = Schema.named(
        "ImportError",
        .required("line", .count),
        .required("column", .anyText, "The column's name; empty where the whole row is meant."),
        .required("code", .anyText),
        .required("text", .anyText)
    )
}
