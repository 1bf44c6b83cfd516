import EventSourcing

extension LogKeeper {
    /// Checks all of a segment of which opening read the footer alone, and notes and reports what is wrong.
    mutating func verify(_ segment: LogSegment, next: SegmentHeader) {
        let done = core.withState { $0.keeping.verification.progress.byteCount }
        reading = .verification
        defer { reading = .nothing }
        var findings: [LogFinding] = []
        do {
            guard let walked = try walk(segment, nextFirstSequence: next.firstSequence) else {
                return core.withState { $0.keeping.verification.progress.byteCount = done }
            }
            findings = walked.findings
        } catch {
            findings = [unreadable(segment, next, error)]
        }
        let byteCount = (try? segment.file.size()) ?? segment.durableEnd
        core.withState { $0.finishVerifying(segment, findings, doneByteCount: done + byteCount) }
        for finding in findings { core.options.reportFinding(finding) }
    }

    private func unreadable(_ segment: LogSegment, _ next: SegmentHeader, _ error: any Error) -> LogFinding {
        LogFinding(
            segment: Paths.lastComponent(segment.path),
            offset: 0,
            byteCount: segment.durableEnd,
            firstSequence: SequenceNumber(segment.header.firstSequence),
            lastSequence: SequenceNumber(next.firstSequence - 1),
            kind: .rotten,
            meaning: "The file cannot be read: \(error). Check the disk; run 'patronctl verify'."
        )
    }
}
