internal import CCurl

/// Owns an easy handle of libcurl: the options of one request and what is known of its exchange.
///
/// Where libcurl has no handle to give, everything here does nothing and the exchange fails: libcurl takes a null handle and
/// refuses.
final class EasyHandle {
    private let handle: UnsafeMutableRawPointer?
    private let errorBuffer: UnsafeMutableBufferPointer<CChar>
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    /// What libcurl said of the first option that it refused; nil while it has refused none.
    private(set) var refusal: CURLcode?

    private static let globalInitialization = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    init() {
        handle = EasyHandle.globalInitialization == CURLE_OK ? curl_easy_init() : nil
        errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorBuffer.initialize(repeating: 0)
        require(wp_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorBuffer.baseAddress))
    }

    deinit {
        curl_easy_cleanup(handle)
        for list in lists { curl_slist_free_all(list) }
        errorBuffer.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) {
        require(wp_curl_set_long(handle, option, value))
    }

    func set(_ option: CURLoption, _ value: Bool) {
        set(option, value ? 1 : 0)
    }

    func setSize(_ option: CURLoption, _ value: Int) {
        require(wp_curl_set_off_t(handle, option, curl_off_t(value)))
    }

    /// Sets a text, of which libcurl takes a copy; nil takes the default away.
    func set(_ option: CURLoption, _ value: String?) {
        require(wp_curl_set_string(handle, option, value))
    }

    /// Sets what a libcurl may have been built without.
    func setIfKnown(_ option: CURLoption, _ value: String?) {
        _ = wp_curl_set_string(handle, option, value)
    }

    /// Sets what a libcurl may have been built without.
    func setIfKnown(_ option: CURLoption, _ value: Int) {
        _ = wp_curl_set_long(handle, option, value)
    }

    /// Sets bytes, of which libcurl takes a copy.
    func set(_ option: CURLoption, _ bytes: [UInt8]) {
        require(bytes.withUnsafeBytes { wp_curl_set_blob(handle, option, $0.baseAddress, $0.count) })
    }

    /// Sets a list of texts.
    func set(_ option: CURLoption, _ texts: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts {
            guard let longer = curl_slist_append(list, text) else { return require(CURLE_OUT_OF_MEMORY) }
            list = longer
        }
        if let list { lists.append(list) }
        require(wp_curl_set_list(handle, option, list))
    }

    /// Sets the body, of which libcurl takes a copy.
    func setBody(_ bytes: [UInt8]) {
        setSize(CURLOPT_POSTFIELDSIZE_LARGE, bytes.count)
        // A null pointer would ask libcurl to call back, so an empty body points anywhere.
        (bytes.isEmpty ? [0] : bytes).withUnsafeBytes {
            require(wp_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress))
        }
    }

    /// Has the transfer, which has to stay for as long as the exchange, take what comes.
    func collect(in transfer: Transfer) {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        for option in [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_PREREQDATA, CURLOPT_OPENSOCKETDATA] {
            require(wp_curl_set_pointer(handle, option, context))
        }
        require(wp_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { Transfer.from($3)?.takeBody($0, $1 * $2) ?? 0 })
        require(
            wp_curl_set_callback(handle, CURLOPT_HEADERFUNCTION) { Transfer.from($3)?.takeHeader($0, $1 * $2) ?? 0 })
        require(
            wp_curl_set_ready_callback(handle) { context, _, _, _, _ in
                Transfer.from(context)?.allowSending() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
            })
        require(
            wp_curl_set_socket_callback(handle) { context, _, address in
                guard let address else { return CURL_SOCKET_BAD }
                Transfer.from(context)?.notePort(Int(wp_curl_port(address)))
                return wp_curl_open_socket(address)
            })
    }

    private func require(_ code: CURLcode) {
        if refusal == nil, code != CURLE_OK { refusal = code }
    }

    /// Hands the handle to a multi handle; what went wrong, or nil.
    func enter(_ multi: UnsafeMutableRawPointer?) -> CURLcode? {
        refusal ?? (curl_multi_add_handle(multi, handle) == CURLM_OK ? nil : CURLE_FAILED_INIT)
    }

    /// Takes the handle back, whether or not its exchange has ended.
    func leave(_ multi: UnsafeMutableRawPointer?) {
        curl_multi_remove_handle(multi, handle)
    }

    /// Whether it is that handle of libcurl's.
    func isSame(as other: UnsafeMutableRawPointer?) -> Bool { handle == other }

    /// What libcurl says of the last failure; foreign text, with a proxy's password in it at the worst.
    var errorText: String {
        let bytes = errorBuffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The response's headers in the order in which they came, without those of interim responses and trailers.
    var headers: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        var last: UnsafeMutablePointer<curl_header>?
        while let next = curl_easy_nextheader(handle, UInt32(CURLH_HEADER), -1, last) {
            // Before 8.0 libcurl left the line's end in a value that is empty.
            let value = String(cString: next.pointee.value).utf8.prefix { $0 != 0x0D && $0 != 0x0A }
            fields.append((String(cString: next.pointee.name), String(decoding: value, as: UTF8.self)))
            last = next
        }
        return fields
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
