extension Decision {
    func merge(
        _ mergedID: CustomerID,
        into survivorID: CustomerID,
        _ choices: MergeChoices
    ) throws(Rejection) -> [Decided] {
        let plan = try mergePlan(mergedID, into: survivorID, choices)
        if let problem = plan.problems.first { throw problem }
        return [Decided(customer: plan.survivor, event: .customersMerged(merged: plan.merged, terms: plan.terms))]
    }
}
