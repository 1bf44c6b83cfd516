import CustomerHTTP
import Logging
import ServiceLifecycle

/// Looks every five seconds whether the file with the keys that sign tokens has changed.
struct TokenKeyWatch: Service {
    let tokens: TokenRules
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var told: String?
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(5))
                guard !Task.isCancelled else { return }
                do {
                    if try tokens.reload() { logger.info("tokens: the keys of the file are taken now") }
                    told = nil
                } catch {
                    let text = "\(error)"
                    if text != told {
                        logger.error("tokens: the keys stay as they were, for the file cannot be used: \(text)")
                    }
                    told = text
                }
            }
        }
    }
}
