import CustomerService
import Logging
import ServiceLifecycle

/// Once a minute records who entered and who left segments that track their members.
struct SegmentService: Service {
    let organization: Organization
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown { [organization, logger] in
            while !Task.isCancelled {
                do throws(CommandError) {
                    let moves = try await organization.recordSegmentMoves()
                    if moves.entered + moves.left > 0 {
                        logger.info("segments: \(moves.entered) customers entered, \(moves.left) left")
                    }
                } catch {
                    logger.warning(
                        "who entered and left segments was not recorded: \(error); the next try is in a minute"
                    )
                }
                try? await Task.sleep(for: .seconds(60))
            }
        }
    }
}
