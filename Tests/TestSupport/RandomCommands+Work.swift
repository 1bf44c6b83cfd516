import CustomerDomain
import EventSourcing

extension RandomCommands {
    mutating func jobCommand() -> Command {
        if jobs.isEmpty || random.chance(25) {
            let id: JobID = identifier()
            jobs.append(id)
            let kind = random.pick(JobType.allCases)
            return .createJob(JobCreated(id: id, kind: kind, permission: .updateCustomers, work: "work", total: 100))
        }
        let id = random.chance(5) ? identifier() : random.pick(Array(jobs.suffix(2)))
        let (done, failed) = (UInt64(random.below(90)), UInt64(random.below(12)))
        switch random.below(9) {
        case 0: return .commitImport(id)
        case 1: return random.chance(40) ? .cancelJob(id) : .fetchJobResult(id)
        case 2: return .expireJob(id)
        case 3: return .fetchJobResult(id)
        case 4, 5:
            let outcome = random.chance(60) ? .completed : random.pick(JobOutcome.allCases)
            return .finishJob(
                JobFinished(
                    id: id,
                    outcome: outcome,
                    done: done,
                    failed: failed,
                    failure: outcome == .failed ? random.pick(JobFailure.allCases) : nil,
                    expiresAt: time.advanced(byDays: 7)
                )
            )
        default:
            let progress = random.chance(50) ? JobProgressed(id: id) : JobProgressed(id: id, done: done, failed: failed)
            return .progressJob(progress)
        }
    }

    mutating func segmentCommand(_ facts: some OrganizationFacts) -> Command {
        if segments.isEmpty || random.chance(15) {
            let id: SegmentID = segments.isEmpty || random.chance(95) ? identifier() : random.pick(segments)
            segments.append(id)
            let key = random.pick([nil, nil, "new", "vip", "High Value", ""])
            return .defineSegment(SegmentDefined(id: id, key: key, terms: segmentTerms()))
        }
        let id = random.pick(segments)
        switch random.below(10) {
        case 0: return .removeSegment(id)
        case 1...2:
            var change = ChangeSegment(id: id)
            if random.chance(40) { change.name = segmentTerms().name }
            if random.chance(40) { change.description = random.pick([.remove, .set("Those who come back"), .set("")]) }
            if random.chance(40) { change.query = segmentTerms().query }
            if random.chance(40) { change.tracksMembership = random.chance(80) }
            return .changeSegment(change)
        default:
            let entered = (0..<random.below(5)).map { _ in customer(facts) }
            let left = (0..<random.below(3)).map { _ in customer(facts) }
            return .recordSegmentMoves(RecordSegmentMoves(id: id, entered: entered, left: left))
        }
    }

    private mutating func segmentTerms() -> SegmentTerms {
        SegmentTerms(
            name: random.pick(["New", "NEW", "VIP", "At Risk", name()]),
            description: random.pick([nil, "Those who come back"]),
            query: random.pick([
                "number_of_orders > 1", "amount_spent >= 10 OR customer_tags CONTAINS 'vip'", "nothing",
            ]),
            tracksMembership: random.chance(80)
        )
    }
}
