extension Decision {
    func merge(
        _ mergedID: CustomerID,
        into survivorID: CustomerID,
        _ choices: MergeChoices
    ) throws(Rejection) -> [Decided] {
        let plan = try mergePlan(mergedID, into: survivorID, choices)
        if let problem = plan.problems.first { throw problem }
        let merged = Event.customersMerged(merged: plan.merged, terms: plan.terms)
        return ([merged] + tier(of: plan.survivor, merging: plan.merged))
            .map { Decided(customer: plan.survivor, event: $0) }
    }
}
