import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

extension PersonData {
    /// The files of a bundle: everything for machines, a table for each list, and what they are, in plain words.
    var files: [EncryptedArchive.File] {
        [
            EncryptedArchive.File(name: "README.txt", content: Array(readme.utf8)),
            EncryptedArchive.File(name: "data.json", content: json),
            table("customers.csv", customerTable),
            table("addresses.csv", addressTable),
            table("orders.csv", orderTable),
            table("order-items.csv", itemTable),
            table("refunds.csv", refundTable),
            table("notes.csv", noteTable),
            table("points.csv", pointsTable),
            table("credit.csv", creditTable),
            table("consents.csv", consentTable),
            table("data-requests.csv", requestTable),
            table("events.csv", eventTable),
        ]
    }

    private func table(_ name: String, _ table: CSVTable) -> EncryptedArchive.File {
        EncryptedArchive.File(name: name, content: table.bytes)
    }

    private var readme: String {
        """
        This is everything that this shop holds about you, as of \(time.rfc3339).

        data.json holds all of it, in a form that other programs read. The files that end in .csv hold the same in tables, \
        which any spreadsheet opens: who you are to the shop, your addresses, orders with their items, money that was paid \
        back, notes that were written about you, loyalty points, store credit, what you agreed to, your requests about your data, and every \
        single thing that was ever recorded about you (events.csv).

        Amounts are in the smallest unit of their currency (cents, pence). Times are in UTC. Words that begin like a formula \
        have an apostrophe in front, so that no spreadsheet runs them. What a table does not fill is not known.

        """
    }

    private var customerTable: CSVTable {
        var table = CSVTable(
            "id",
            "status",
            "accountType",
            "email",
            "firstName",
            "lastName",
            "phone",
            "birthDate",
            "customerRole",
            "externalId",
            "source",
            "tags",
            "groups",
            "metadata",
            "createdAt",
            "lastLoginAt"
        )
        for profile in profiles {
            let summary = profile.summary
            let metadata = profile.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            table.add([
                summary.id.description, summary.status.description, summary.accountType.description, summary.email,
                summary.firstName, summary.lastName, summary.phone, profile.birthDate?.description, summary.role,
                summary.externalID,
                summary.source, summary.tags.joined(separator: "; "),
                summary.groups.map(\.name).joined(separator: "; "), metadata.joined(separator: "; "),
                summary.createdAt.rfc3339, summary.lastLoginAt?.rfc3339,
            ])
        }
        return table
    }

    private var addressTable: CSVTable {
        var table = CSVTable(
            "id",
            "label",
            "firstName",
            "lastName",
            "company",
            "line1",
            "line2",
            "city",
            "state",
            "postalCode",
            "country",
            "phone",
            "isDefaultShipping",
            "isDefaultBilling",
            "kind",
            "verification"
        )
        for address in profiles.flatMap(\.addresses) {
            let fields = address.fields
            table.add([
                address.id.description, fields.label, fields.firstName, fields.lastName, fields.company, fields.line1,
                fields.line2, fields.city, fields.state, fields.postalCode, fields.country?.description, fields.phone,
                "\(address.isDefaultShipping)", "\(address.isDefaultBilling)", AddressUse.name(of: fields.use),
                (address.verification?.outcome ?? .unverified).name,
            ])
        }
        return table
    }

    private var orderTable: CSVTable {
        var table = CSVTable(
            "number",
            "placedAt",
            "status",
            "fulfillmentStatus",
            "currency",
            "total",
            "refunded",
            "paymentMethod",
            "recipient",
            "line1",
            "line2",
            "postalCode",
            "city",
            "country"
        )
        for detail in orders {
            let (view, address) = (detail.view, detail.order.shippingAddress)
            table.add([
                view.number, view.placedAt.rfc3339, view.status.description, view.fulfillmentStatus.description,
                view.total.currency.description, "\(view.total.minorUnits)", "\(view.refunded)",
                detail.order.paymentMethod,
                [address?.firstName, address?.lastName].compactMap { $0 }.joined(separator: " "), address?.line1,
                address?.line2, address?.postalCode, address?.city, address?.country?.description,
            ])
        }
        return table
    }

    private var itemTable: CSVTable {
        var table = CSVTable("orderNumber", "sku", "name", "quantity", "unitPrice", "total")
        for detail in orders {
            for line in detail.order.lines {
                table.add([
                    detail.view.number, line.sku, line.name, "\(line.quantity)", "\(line.unitPrice)", "\(line.total)",
                ])
            }
        }
        return table
    }

    private var refundTable: CSVTable {
        var table = CSVTable("reference", "orderNumber", "amount", "currency", "reason", "occurredAt")
        for (event, refund) in refunds {
            table.add([
                refund.reference, refund.orderNumber, "\(refund.amount.minorUnits)",
                refund.amount.currency.description, refund.reason, event.occurredAt.rfc3339,
            ])
        }
        return table
    }

    private var noteTable: CSVTable {
        var table = CSVTable("id", "type", "text", "author", "visibility", "pinned", "createdAt", "updatedAt")
        for (note, author, time, changedAt) in notes {
            table.add([
                note.id.description, note.type.name, note.text, author, note.visibility.name, "\(note.isPinned)",
                time.rfc3339, changedAt?.rfc3339,
            ])
        }
        return table
    }

    private var pointsTable: CSVTable {
        var table = CSVTable("type", "points", "balanceAfter", "occurredAt")
        for transaction in points {
            table.add([
                transaction.kind.name, "\(transaction.points)", "\(transaction.balanceAfter)", transaction.at.rfc3339,
            ])
        }
        return table
    }

    private var creditTable: CSVTable {
        var table = CSVTable("type", "currency", "amount", "balanceAfter", "orderNumber", "reason", "occurredAt")
        for line in credit {
            guard let event = event(line.sequence) else { continue }
            let details = CreditDetails(event.event)
            table.add([
                line.kind.name, line.change.currency.description, "\(line.change.minorUnits)", "\(line.balanceAfter)",
                details.orderNumber, details.reason, event.occurredAt.rfc3339,
            ])
        }
        return table
    }

    private var consentTable: CSVTable {
        var table = CSVTable("kind", "state", "optInLevel", "source", "wording", "evidence", "reason", "occurredAt")
        for (event, change) in consents {
            table.add([
                change.kind.name, change.state.name, change.optInLevel.name, change.source, change.wording,
                change.evidence, change.reason, event.occurredAt.rfc3339,
            ])
        }
        return table
    }

    private var requestTable: CSVTable {
        var table = CSVTable("id", "kind", "status", "channel", "openedAt", "dueAt")
        for request in requests {
            table.add([
                request.id.description, request.right.name, request.status.name, request.channel.name,
                request.openedAt.rfc3339, request.dueAt.rfc3339,
            ])
        }
        return table
    }

    private var eventTable: CSVTable {
        var table = CSVTable("sequence", "type", "occurredAt", "recordedAt", "actor", "data")
        for (event, description) in zip(events, descriptions) {
            table.add([
                "\(event.sequence)", Organization.name(of: event.event), event.occurredAt.rfc3339,
                event.recordedAt.rfc3339, event.actor, String(decoding: description, as: UTF8.self),
            ])
        }
        return table
    }
}
