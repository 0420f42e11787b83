internal import CCurl
import Glibc

/// Owns an easy handle of libcurl: the options of one request and what is known of its exchange.
final class EasyHandle {
    private let handle: UnsafeMutableRawPointer
    private let errorBuffer: UnsafeMutableBufferPointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var refusal: CURLcode?

    private static let globalInitialization = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    init?() {
        guard EasyHandle.globalInitialization == CURLE_OK, let handle = curl_easy_init() else { return nil }
        self.handle = handle
        errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorBuffer.initialize(repeating: 0)
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headerList)
        errorBuffer.deallocate()
    }

    /// Forgets all options of the last request.
    func reset() {
        curl_easy_reset(handle)
        curl_slist_free_all(headerList)
        headerList = nil
        refusal = nil
        errorBuffer.update(repeating: 0)
        require(wp_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorBuffer.baseAddress))
    }

    func set(_ option: CURLoption, _ value: Int) {
        require(wp_curl_set_long(handle, option, value))
    }

    func set(_ option: CURLoption, _ value: Bool) {
        require(wp_curl_set_long(handle, option, value ? 1 : 0))
    }

    func setSize(_ option: CURLoption, _ value: Int) {
        require(wp_curl_set_off_t(handle, option, curl_off_t(value)))
    }

    /// Sets a text, of which libcurl takes a copy; nil takes the default away.
    func set(_ option: CURLoption, _ value: String?) {
        require(setText(option, value))
    }

    /// Sets what a libcurl may have been built without.
    func setIfKnown(_ option: CURLoption, _ value: String?) {
        _ = setText(option, value)
    }

    /// Sets what a libcurl may have been built without.
    func setIfKnown(_ option: CURLoption, _ value: Int) {
        _ = wp_curl_set_long(handle, option, value)
    }

    private func setText(_ option: CURLoption, _ value: String?) -> CURLcode {
        guard let value else { return wp_curl_set_string(handle, option, nil) }
        return value.withCString { wp_curl_set_string(handle, option, $0) }
    }

    func setHeaders(_ lines: [String]) {
        for line in lines {
            guard let longer = curl_slist_append(headerList, line) else { return require(CURLE_OUT_OF_MEMORY) }
            headerList = longer
        }
        require(wp_curl_set_list(handle, CURLOPT_HTTPHEADER, headerList))
    }

    private func require(_ code: CURLcode) {
        if refusal == nil, code != CURLE_OK { refusal = code }
    }

    /// Whether the last answer came over HTTP/2.
    var hadHTTP2: Bool { number(CURLINFO_HTTP_VERSION) == Int(CURL_HTTP_VERSION_2_0) }

    /// Makes ready to send a body, if any, and to collect the answer in the transfer while `exchange` runs.
    func prepare(body: [UInt8]?, for transfer: Transfer, exchange: () -> CURLcode) -> CURLcode {
        withExtendedLifetime(transfer) {
            guard let body else {
                return prepare(for: transfer) ?? BrokenPipeGuard.run(exchange)
            }
            setSize(CURLOPT_POSTFIELDSIZE_LARGE, body.count)
            return body.withUnsafeBytes { bytes in
                // libcurl does not copy the body. A null pointer would ask it to call back, so an empty body points
                // anywhere.
                let start = bytes.baseAddress ?? UnsafeRawPointer(handle)
                require(wp_curl_set_pointer(handle, CURLOPT_POSTFIELDS, start))
                return prepare(for: transfer) ?? BrokenPipeGuard.run(exchange)
            }
        }
    }

    /// Makes ready to collect an answer in the transfer, which has to stay as long as the exchange; what libcurl says of
    /// an option that it refused.
    func prepare(for transfer: Transfer) -> CURLcode? {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        require(wp_curl_set_pointer(handle, CURLOPT_WRITEDATA, context))
        require(wp_curl_set_pointer(handle, CURLOPT_HEADERDATA, context))
        require(wp_curl_set_pointer(handle, CURLOPT_PREREQDATA, context))
        require(wp_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { Transfer.from($3)?.takeBody($0, $1 * $2) ?? 0 })
        require(
            wp_curl_set_callback(handle, CURLOPT_HEADERFUNCTION) { Transfer.from($3)?.takeHeader($0, $1 * $2) ?? 0 })
        require(wp_curl_set_pointer(handle, CURLOPT_DEBUGDATA, context))
        require(
            wp_curl_set_debug_callback(handle) { _, kind, data, count, context in
                if kind == CURLINFO_TEXT { Transfer.from(context)?.takeNote(data, count) }
                return 0
            })
        require(
            wp_curl_set_ready_callback(handle) { context, _, _, _, _ in
                Transfer.from(context)?.allowSending() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
            })
        return refusal
    }

    /// Hands the handle to a multi handle; what went wrong, or nil.
    func enter(_ multi: UnsafeMutableRawPointer) -> CURLcode? {
        curl_multi_add_handle(multi, handle) == CURLM_OK ? nil : CURLE_FAILED_INIT
    }

    /// Takes the handle back, whether or not its exchange has ended.
    func leave(_ multi: UnsafeMutableRawPointer) {
        curl_multi_remove_handle(multi, handle)
    }

    /// Whether it is that handle of libcurl's.
    func isSame(as other: UnsafeMutableRawPointer?) -> Bool { handle == other }

    /// What libcurl says of the last failure; foreign text, with a proxy's password in it at the worst.
    var errorText: String {
        let bytes = errorBuffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return wp_curl_get_long(handle, info, &value) == CURLE_OK ? value : 0
    }

    /// A size in bytes or a time in microseconds.
    func quantity(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return wp_curl_get_off_t(handle, info, &value) == CURLE_OK ? Int(value) : 0
    }
}
