/// A segment after packing: its new file, and where its blocks are.
struct PackedSegment: Sendable {
    let segment: LogSegment
    let entries: [SegmentFooter.Entry]
}
