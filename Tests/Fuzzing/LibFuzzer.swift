import Glibc

/// What libFuzzer calls with each input (LLVM, "libFuzzer – a library for coverage-guided fuzz testing").
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let failure = DescriptorFuzzing.failure(of: bytes) ?? EditorFuzzing.failure(of: bytes) {
        let message = Array("\(failure)\n".utf8)
        _ = write(STDERR_FILENO, message, message.count)
        abort()
    }
    return 0
}
