import Glibc

extension FileDescriptor {
    /// Makes a folder of that name in this folder.
    public func makeFolder(_ name: [UInt8]) throws(SystemError) {
        guard mkdirat(number, Self.terminated(name), 0o755) == 0 else { throw SystemError.current }
    }

    /// Puts a file of these bytes in the place of that name in this folder, with those permissions or a new file's.
    ///
    /// It is written beside its place and renamed: a stop at any point leaves the old file or the new one.
    public func replace(_ name: [UInt8], with bytes: [UInt8], permissions: UInt32?) throws(SystemError) {
        var moment = timespec()
        clock_gettime(CLOCK_REALTIME, &moment)
        let beside = Array(".workload-publisher.\(getpid()).\(moment.tv_sec)\(moment.tv_nsec).tmp".utf8)
        let file = try open(beside, [.write, .create, .exclusive])
        // By way of this descriptor, whatever the folder is called meanwhile.
        let path = "/proc/self/fd/\(number)/\(String(decoding: beside, as: UTF8.self))"
        UnfinishedFiles.add(path)
        defer { UnfinishedFiles.remove(path) }
        do throws(SystemError) {
            try file.writeAll(bytes)
            if let permissions, fchmod(file.number, mode_t(permissions)) != 0 { throw SystemError.current }
            guard renameat(number, Self.terminated(beside), number, Self.terminated(name)) == 0 else {
                throw SystemError.current
            }
        } catch {
            unlinkat(number, Self.terminated(beside), 0)
            throw error
        }
    }

    private func writeAll(_ bytes: [UInt8]) throws(SystemError) {
        var failure: SystemError?
        bytes.withUnsafeBytes { bytes in
            do throws(SystemError) { try write(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
