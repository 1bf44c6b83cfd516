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
        var ordinals = arena.numbers(at: customers.groups[row])
        groups.rows[group.index].updatedAt = max(groups.rows[group.index].updatedAt, time)
        guard !ordinals.contains(group.value) else { return }
        ordinals.insert(group.value, at: ordinals.firstIndex { $0 > group.value } ?? ordinals.count)
        setGroups(ordinals, of: row)
        if customers.isStanding(row) { groups.rows[group.index].members.insert(UInt32(row)) }
    }

    mutating func leave(_ group: GroupOrdinal, _ row: Int, at time: Int64) {
        guard group.index < groups.rows.count else { return }
        groups.rows[group.index].updatedAt = max(groups.rows[group.index].updatedAt, time)
        setGroups(arena.numbers(at: customers.groups[row]).filter { $0 != group.value }, of: row)
        groups.rows[group.index].members.remove(UInt32(row))
    }

    mutating func addNote(_ note: NoteAdded, _ event: RecordedEvent, _ row: Int) {
        let reference = NoteTable.Row(
            id: note.id,
            type: note.type,
            author: actors.insert(event.actor),
            at: event.occurredAt.microseconds,
            sequence: event.sequence.value
        )
        notes.append(reference, customer: row)
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
