import CustomerDomain
import EventSourcing

extension OrganizationState {
    mutating func setTags(_ codes: [UInt32], of row: Int) {
        pack(codes)
        arena.replaceOrRemove(&customers.tags[row], with: scratch)
    }

    mutating func setGroups(_ ordinals: [UInt32], of row: Int) {
        pack(ordinals)
        arena.replaceOrRemove(&customers.groups[row], with: scratch)
    }

    private mutating func pack(_ numbers: [UInt32]) {
        scratch.removeAll(keepingCapacity: true)
        for number in numbers { scratch.appendVarint(Int(number)) }
    }

    mutating func tag(_ row: Int, _ tags: [String]) {
        var codes = arena.numbers(at: customers.tags[row])
        for tag in tags {
            let code = tagNames.insert(tag)
            while tagged.count <= Int(code) { tagged.append(OrdinalSet()) }
            if !codes.contains(code) { codes.append(code) }
            tagged[Int(code)].insert(UInt32(row))
        }
        setTags(codes, of: row)
    }

    mutating func untag(_ row: Int, _ tags: [String]) {
        var codes = arena.numbers(at: customers.tags[row])
        for tag in tags {
            guard let code = tagNames.code(of: tag) else { continue }
            codes.removeAll { $0 == code }
            tagged[Int(code)].remove(UInt32(row))
        }
        setTags(codes, of: row)
    }

    mutating func join(_ group: GroupOrdinal, _ row: Int, at time: Int64) {
        guard group.index < groups.rows.count else { return }
        groups.rows[group.index].updatedAt = max(groups.rows[group.index].updatedAt, time)
        guard packGroups(of: row, with: group) else { return }
        arena.replace(&customers.groups[row], with: scratch)
        if customers.isStanding(row) { groups.rows[group.index].members.insert(UInt32(row)) }
    }

    /// Packs the groups of a customer and one more; `false` when it is among them already.
    private mutating func packGroups(of row: Int, with group: GroupOrdinal) -> Bool {
        scratch.removeAll(keepingCapacity: true)
        return arena.withBytes(customers.groups[row]) { bytes in
            var position = 0
            var isIn = false
            while position < bytes.count {
                let ordinal = readVarint(bytes, &position)
                if ordinal == group.index { return false }
                if ordinal > group.index, !isIn {
                    scratch.appendVarint(group.index)
                    isIn = true
                }
                scratch.appendVarint(ordinal)
            }
            if !isIn { scratch.appendVarint(group.index) }
            return true
        }
    }

    mutating func leave(_ group: GroupOrdinal, _ row: Int, at time: Int64) {
        guard group.index < groups.rows.count else { return }
        groups.rows[group.index].updatedAt = max(groups.rows[group.index].updatedAt, time)
        setGroups(arena.numbers(at: customers.groups[row]).filter { $0 != group.value }, of: row)
        groups.rows[group.index].members.remove(UInt32(row))
    }
}

extension Arena {
    /// The small numbers kept as varints at a handle: codes of tags, ordinals of groups.
    ///
    /// Not a method of the state: called on it while it is being changed, that copies it, at the cost of fifty columns.
    func numbers(at handle: Handle) -> [UInt32] {
        withBytes(handle) { bytes in
            var numbers: [UInt32] = []
            var position = 0
            while position < bytes.count { numbers.append(UInt32(readVarint(bytes, &position))) }
            return numbers
        }
    }

    /// As ``replace(_:with:)``; nothing is kept for no bytes.
    mutating func replaceOrRemove(_ handle: inout Handle, with bytes: ContiguousArray<UInt8>) {
        if bytes.isEmpty { remove(&handle) } else { replace(&handle, with: bytes) }
    }
}
