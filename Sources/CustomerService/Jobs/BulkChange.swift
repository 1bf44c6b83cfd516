public import CustomerDomain

/// A change of many customers, each in the same way; doing it twice is doing it once.
public enum BulkChange: Hashable, Sendable {
    /// These tags too.
    case addTags([String])
    /// These tags no longer.
    case removeTags([String])
    /// They join the group.
    case joinGroup(GroupID)
    /// They leave the group.
    case leaveGroup(GroupID)
    /// No login, no orders from now on.
    case disable(reason: String?)
    /// All of that again.
    case enable(reason: String?)

    /// What its asker must be allowed.
    public var permission: Permission {
        switch self {
        case .addTags, .removeTags, .disable, .enable: .updateCustomers
        case .joinGroup, .leaveGroup: .manageGroups
        }
    }

    /// What it does, without anything personal: reasons are written by people about people.
    var work: String {
        switch self {
        case .addTags(let tags): "add tags: \(tags.joined(separator: ", "))"
        case .removeTags(let tags): "remove tags: \(tags.joined(separator: ", "))"
        case .joinGroup(let group): "join group \(group)"
        case .leaveGroup(let group): "leave group \(group)"
        case .disable: "disable"
        case .enable: "enable"
        }
    }

    /// The change of one customer.
    func command(for id: CustomerID) -> Command {
        switch self {
        case .addTags(let tags): .addTags(id, tags)
        case .removeTags(let tags): .removeTags(id, tags)
        case .joinGroup(let group): .addGroupMembers(group, [id])
        case .leaveGroup(let group): .removeGroupMembers(group, [id])
        case .disable(let reason): .disableCustomer(id, reason: reason)
        case .enable(let reason): .enableCustomer(id, reason: reason)
        }
    }

    // MARK: Plans

    func write(to plan: inout PlanWriter) {
        let (form, texts): (UInt64, [String]) =
            switch self {
            case .addTags(let tags): (1, tags)
            case .removeTags(let tags): (2, tags)
            case .joinGroup(let group): (3, [group.description])
            case .leaveGroup(let group): (4, [group.description])
            case .disable(let reason): (5, [reason].compactMap { $0 })
            case .enable(let reason): (6, [reason].compactMap { $0 })
            }
        plan.add(form)
        plan.add(texts)
    }

    init(_ plan: inout PlanReader) throws(PlanReader.Malformed) {
        let (form, texts) = (try plan.number(), try plan.texts())
        switch (form, texts.first.flatMap { GroupID($0) }) {
        case (1, _): self = .addTags(texts)
        case (2, _): self = .removeTags(texts)
        case (3, let group?): self = .joinGroup(group)
        case (4, let group?): self = .leaveGroup(group)
        case (5, _): self = .disable(reason: texts.first)
        case (6, _): self = .enable(reason: texts.first)
        default: throw PlanReader.Malformed()
        }
    }
}
