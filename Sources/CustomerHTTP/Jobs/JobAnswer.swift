import CustomerDomain
import CustomerService

/// What the server sends of jobs.
enum JobAnswer {
    /// What goes along with every export (R211).
    static let warning = """
        This file holds personal data. Keep it where only those who need it can read it, use it for what it was asked for and as \
        the law allows, and delete it afterwards.
        """

    static let job = Schema.named(
        "Job",
        .required("id", .identifier(JobKind.self)),
        .required("kind", .choice(of: JobType.self)),
        .required("status", .choice(of: JobStatus.self)),
        .required("work", .anyText, "What exactly it does."),
        .required("permission", .choice(of: Permission.self), "What its asker must be allowed."),
        .required("createdBy", .anyText, "The API key that asked."),
        .required("createdAt", .dateTime),
        .required("startedAt", .nullable(.dateTime), "When it began, the last time it did."),
        .required("finishedAt", .nullable(.dateTime)),
        .required("expiresAt", .nullable(.dateTime), "Until when its files are kept, once it ended."),
        .required("total", .count, "How many customers, or rows of a file, it is about."),
        .required("done", .count, "How many of them were done."),
        .required("failed", .count, "How many could not be done; …/errors says why."),
        .required("errorCode", .nullable(.choice(of: JobFailure.self)), "Why it could not go on."),
        .required("errorText", .nullable(.anyText), "The same for people."),
        .required("result", .nullable(.anyText), "Where the file of a completed export is."),
        .required("warning", .nullable(.anyText), "What to heed with the file of an export.")
    )

    static let accepted = Answer(
        status: 202,
        description: "The job, which is worked on in the background.",
        schema: job,
        headers: [.location]
    )
}

extension JSONWriter {
    mutating func value(_ job: Job) {
        beginObject()
        field("id", job.id)
        field("kind", job.kind.name)
        field("status", job.status.name)
        field("work", job.work)
        field("permission", job.permission.name)
        field("createdBy", job.createdBy)
        field("createdAt", job.createdAt)
        field("startedAt", job.startedAt)
        field("finishedAt", job.finishedAt)
        field("expiresAt", job.expiresAt)
        field("total", Int64(clamping: job.total))
        field("done", Int64(clamping: job.done))
        field("failed", Int64(clamping: job.failed))
        field("errorCode", job.failure?.name)
        field("errorText", job.failure?.text)
        let hasResult = job.kind == .export && job.status == .completed
        field("result", hasResult ? "/api/v1/jobs/\(job.id)/result" : nil)
        field("warning", job.kind == .export ? JobAnswer.warning : nil)
        endObject()
    }
}
