import CustomerDomain

extension RandomCommands {
    /// A new note, or a change of one of the newest.
    mutating func noteCommand(_ facts: some OrganizationFacts) -> Command {
        let text = random.pick(["Called back.", "Prefers mornings.\nSpeaks Welsh.", ""])
        if notes.isEmpty || random.chance(50) {
            let id: NoteID = random.chance(3) && !notes.isEmpty ? random.pick(notes).1 : identifier()
            let customer = customer(facts)
            notes.append((customer, id))
            let note = NoteAdded(
                id: id,
                type: random.pick(NoteType.allCases),
                text: text,
                visibility: random.pick([.team, .team, .private]),
                isPinned: random.chance(20)
            )
            return .addNote(customer, note)
        }
        let (customer, note) = random.pick(notes.suffix(5))
        if random.chance(25) { return .removeNote(customer, random.chance(5) ? identifier() : note) }
        return .changeNote(
            customer,
            NoteChanged(
                id: note,
                type: random.pick([nil] + NoteType.allCases),
                text: random.pick([nil, text]),
                visibility: random.pick([nil] + NoteVisibility.allCases),
                isPinned: random.pick([nil, true, false])
            )
        )
    }
}
