import Glibc
import Loopback

extension ChildProcess {
    /// What a finished process left.
    public struct Result: Sendable {
        /// The exit status, or 128 and the signal that killed it, as a shell says it.
        public let status: Int32
        /// What was gathered from standard output.
        public let output: String
        /// What was gathered from standard error.
        public let errors: String
    }

    /// The reading end of a stream, and what came out of it.
    struct Pipe {
        let descriptor: Int32
        var bytes: [UInt8] = []
        var isOpen = true

        init(_ descriptor: Int32) {
            self.descriptor = descriptor
        }

        static func make() throws(SystemCallError) -> (reading: Int32, writing: Int32) {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw SystemCallError("pipe") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return (ends[0], ends[1])
        }

        mutating func receive() {
            let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { chunk in
                let count = read(descriptor, chunk.baseAddress, chunk.count)
                if count > 0 { bytes += chunk[..<count] }
                return count
            }
            if count == 0 || (count < 0 && errno != EINTR) { isOpen = false }
        }
    }

    /// Reads until standard output holds that text; false where it ends or a minute passes before.
    public func readOutput(until text: String) -> Bool {
        drain { $0.outputText.contains(text) }
        return outputText.contains(text)
    }

    /// Reads until standard output holds a whole line that begins with that text, and returns it; nil where it ends or
    /// a minute passes before.
    public func readLine(beginning text: String) -> String? {
        func line() -> Substring? {
            outputText.split(separator: "\n", omittingEmptySubsequences: false).dropLast().first { $0.hasPrefix(text) }
        }
        drain { _ in line() != nil }
        return line().map(String.init)
    }

    /// What was gathered from standard output so far.
    public var outputText: String { text(of: 1) }

    /// Reads to the end and waits; a program that takes longer than the time is killed.
    public func finish(within time: Duration = .seconds(60)) -> Result {
        drain(within: time) { _ in false }
        if pipes.values.contains(where: \.isOpen) { kill(identifier, SIGKILL) }
        return Result(status: wait().status, output: outputText, errors: text(of: 2))
    }

    private func text(of stream: Int32) -> String {
        String(decoding: pipes[stream]?.bytes ?? [], as: UTF8.self)
    }

    /// Reads what is gathered until the condition holds, all of it has ended, or the time has passed.
    private func drain(within time: Duration = .seconds(60), until condition: (ChildProcess) -> Bool) {
        let limit = ContinuousClock.now + time
        while !condition(self) {
            let open = pipes.filter(\.value.isOpen)
            let left = (limit - .now) / .milliseconds(1)
            guard !open.isEmpty, left > 0 else { return }
            var polled = open.map { pollfd(fd: $0.value.descriptor, events: Int16(POLLIN), revents: 0) }
            guard poll(&polled, nfds_t(polled.count), Int32(left.rounded(.up))) >= 0 else { continue }
            for (stream, entry) in zip(open.keys, polled) where entry.revents != 0 { pipes[stream]?.receive() }
        }
    }
}
