import CustomerDomain
import EventSourcing

extension OrganizationState {
    func archiveJobs(into writer: inout ArchiveWriter) throws {
        try writer.begin(.jobs)
        try writer.add(UInt64(jobs.jobs.count))
        for job in jobs.jobs {
            try writer.add(job.id.high)
            try writer.add(job.id.low)
            try writer.add(job.kind.rawValue)
            try writer.add(job.permission.rawValue)
            try writer.add(job.status.rawValue)
            try writer.add(job.failure?.rawValue ?? 0)
            try writer.add(UInt8(job.holdsErased ? 1 : 0))
            try writer.add(job.work)
            try writer.add(job.createdBy)
            try writer.add(job.createdAt.microseconds)
            for time in [job.startedAt, job.finishedAt, job.expiresAt] { try writer.add(time?.microseconds ?? noTime) }
            for count in [job.total, job.done, job.failed] { try writer.add(count) }
        }
    }

    mutating func loadJobs(from reader: inout ArchiveReader) throws {
        try reader.begin(.jobs)
        var loaded: [Job] = []
        // What a job has without its texts.
        for _ in 0..<(try reader.count(of: 85)) {
            let id = JobID(high: try reader.number(), low: try reader.number())
            let (kind, permission): (JobType, Permission) = (try reader.value(), try reader.value())
            let status: JobStatus = try reader.value()
            let failure: UInt8 = try reader.number()
            let holdsErased = try reader.number(UInt8.self) == 1
            var job = Job(
                id: id,
                kind: kind,
                permission: permission,
                work: try reader.text(),
                createdBy: try reader.text(),
                createdAt: Timestamp(microseconds: try reader.number()),
                total: 0
            )
            (job.status, job.holdsErased, job.failure) = (status, holdsErased, JobFailure(rawValue: failure))
            let times = try (0..<3).map { _ in try reader.number(Int64.self) }
                .map { $0 == noTime ? nil : Timestamp(microseconds: $0) }
            (job.startedAt, job.finishedAt, job.expiresAt) = (times[0], times[1], times[2])
            (job.total, job.done, job.failed) = (try reader.number(), try reader.number(), try reader.number())
            loaded.append(job)
        }
        jobs = JobRegister(loaded)
        try reader.check(jobs.jobs.count == loaded.count, "a job is there twice")
    }

    func addJobs(to digest: inout StateDigest) {
        digest.add(Int64(jobs.jobs.count))
        for job in jobs.jobs {
            digest.add(job.id.high)
            digest.add(job.id.low)
            for code in [job.kind.rawValue, job.permission.rawValue, job.status.rawValue] { digest.add(Int64(code)) }
            digest.add(Int64(job.failure?.rawValue ?? 0))
            digest.add(job.holdsErased ? 1 as Int64 : 0)
            digest.add(job.work)
            digest.add(job.createdBy)
            digest.add(job.createdAt.microseconds)
            for time in [job.startedAt, job.finishedAt, job.expiresAt] { digest.add(time?.microseconds ?? noTime) }
            for count in [job.total, job.done, job.failed] { digest.add(count) }
        }
    }
}
