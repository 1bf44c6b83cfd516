import CustomerDomain
import CustomerRecords
import EventSourcing

// Jobs and segments.
extension SampleEvents {
    private static let jobID = JobID(high: 0x0190_6DF0_8C0A_7A3B, low: 0x8C1F_22E0_9D4B_5A6A)

    static let jobs: [(String, Event)] = [
        (
            "JobCreated",
            .jobCreated(
                JobCreated(
                    id: jobID,
                    kind: .bulk,
                    permission: .updateCustomers,
                    work: "add tags: vip, späť",
                    total: 20_000
                )
            )
        ),
        ("JobProgressed", .jobProgressed(JobProgressed(id: jobID, done: 1_990, failed: 10))),
        ("JobProgressed-begins", .jobProgressed(JobProgressed(id: jobID))),
        ("JobCancelAsked", .jobCancelAsked(jobID)),
        (
            "JobFinished",
            .jobFinished(
                JobFinished(
                    id: jobID,
                    outcome: .completed,
                    done: 19_990,
                    failed: 10,
                    expiresAt: .seconds(1_783_512_000)
                )
            )
        ),
        (
            "JobFinished-failed",
            .jobFinished(
                JobFinished(id: jobID, outcome: .failed, failure: .keyRevoked, expiresAt: .seconds(1_783_512_000))
            )
        ),
        ("JobExpired", .jobExpired(jobID)),
        ("JobResultFetched", .jobResultFetched(jobID)),
    ]
    private static let segmentTerms = SegmentTerms(
        name: "High-Value",
        description: "Spent more than 1,000 and ordered in the last 90 days.",
        query: "amount_spent > 1000 AND last_order_date >= -90d",
        tracksMembership: true
    )

    static let segments: [(String, Event)] = [
        (
            "SegmentDefined",
            .segmentDefined(
                SegmentDefined(
                    id: SegmentID(high: 0x0190_6DF0_8C0A_7A3B, low: 0x8C1F_22E0_9D4B_5A6A),
                    key: "high-value",
                    terms: segmentTerms
                )
            )
        ),
        (
            "SegmentDefined-bare",
            .segmentDefined(
                SegmentDefined(
                    id: SegmentID(high: 0x0190_6DF0_8C0A_7A3B, low: 0x8C1F_22E0_9D4B_5A6B),
                    terms: SegmentTerms(name: "All", query: "number_of_orders >= 0")
                )
            )
        ),
        ("SegmentChanged", .segmentChanged(SegmentOrdinal(3), segmentTerms)),
        ("SegmentRemoved", .segmentRemoved(SegmentOrdinal(3))),
        ("SegmentEntered", .segmentEntered(SegmentOrdinal(300))),
        ("SegmentLeft", .segmentLeft(SegmentOrdinal(0))),
    ]
}
