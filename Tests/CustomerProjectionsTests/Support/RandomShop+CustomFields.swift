import CustomerDomain
import TestSupport

extension RandomShop {
    mutating func customFieldChange() -> Command {
        let known = model.customFields.first
        if let known, random.chance(1, in: 3) { return .removeCustomField(known.id) }
        var field = CustomField(
            id: identifier(),
            key: random.pick(["segment", "k-0", "k-1"]),
            label: "Label \(random.below(9))",
            type: random.pick(CustomFieldType.allCases),
            isRequired: random.chance(1, in: 8)
        )
        if field.type == .choice { field.choices = ["a", "c"] }
        if let known, random.chance(1, in: 2) {
            (field.id, field.key) = (known.id, known.key)
            return .replaceCustomField(field)
        }
        return .createCustomField(field)
    }
}
